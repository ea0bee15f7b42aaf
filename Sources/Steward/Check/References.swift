extension TypedExpr {
  /// The lets that this expression names anywhere.
  var references: Set<Int> {
    var result: Set<Int> = []
    var stack = [self]
    while let top = stack.popLast() {
      if case .reference(let index) = top.node { result.insert(index) }
      stack.append(contentsOf: top.children)
    }
    return result
  }
}
