// Parts of expressions about the community: shares with the members that they are made of, metrics with what they say.

extension PartReader {
  var isAboutCommunity: Bool { run is CommunityRun }

  /// What stands for a value that is withheld from few. - Missing: nil where it is not.
  func withheld(_ node: Int) -> ShownValue? {
    guard let run = run as? CommunityRun, let group = run.groups.firstIndex(of: frame.batch.ownGroup),
      let check = frame.moments.first.flatMap({ run.checks.moments.firstIndex(of: $0) })
    else { return nil }
    return run.withheld(node, group, check)
  }

  /// A share is so many of so many.
  func fillAggregate(_ part: inout ExplainedPart, _ aggregate: MemberAggregate) {
    guard isAboutCommunity, aggregate.function == .share, !aggregate.isGuarded, part.value.state == .present else {
      return
    }
    let (held, seen) = aggregate.countsOfShare
    frame.evaluate(run.context.plan.needed(by: [held, seen].compactMap { run.node($0) }))
    part.ratio = (value(held), value(seen))
  }

  /// A metric is what it says at the same check; one of longer periods is a value of its own.
  func fillMetric(_ part: inout ExplainedPart, _ index: Int) {
    guard isAboutCommunity, run.program.metrics.indices.contains(index) else { return }
    let metric = run.program.metrics[index]
    part.definition = ExplainedPart.Definition(
      name: metric.name, title: metric.title, doc: metric.doc, isSegment: false)
    let own = run.node(metric.value)
    guard own != nil, own == run.node(part.expr), followed.metrics.insert(index).inserted else { return }
    part.form = .reference
    var inner = self
    inner.home = metric.value.span
    part.parts = worthShowing([metric.value]).map { inner.part($0, isNeeded: part.isNeeded) }
  }
}

extension MemberAggregate {
  /// How many are in, and how many were looked at, of a share.
  var countsOfShare: (held: TypedExpr, seen: TypedExpr) {
    let everybody = TypedExpr(.constant(.bool(true)), .bool, span)
    func count(_ value: TypedExpr, _ among: TypedExpr?) -> TypedExpr {
      TypedExpr(.memberAggregate(MemberAggregate(function: .count, value: value, among: among, span: span)), .int, span)
    }
    return (count(value, among), count(everybody, among))
  }
}

extension TypedProgram {
  /// The counts behind the shares in some expressions, as far as they may be told; lets and metrics are followed.
  func countsOfShares(in expressions: [TypedExpr]) -> [TypedExpr] {
    var result: [TypedExpr] = []
    var followed = Set<Int>()
    var stack = expressions
    while let next = stack.popLast() {
      switch next.node {
      case .memberAggregate(let aggregate):
        if aggregate.function == .share, !aggregate.isGuarded {
          result += [aggregate.countsOfShare.held, aggregate.countsOfShare.seen]
        }
      case .reference(let index):
        if lets.indices.contains(index), lets[index].subject == .community, followed.insert(index).inserted {
          stack.append(lets[index].value)
        }
      case .metric(let index, _):
        if metrics.indices.contains(index), followed.insert(-1 - index).inserted { stack.append(metrics[index].value) }
      default: stack += next.children
      }
    }
    return result
  }
}
