// Expressions, by precedence climbing.
//
// Binding, tightest first: `day of` and the like · unary `-` · `* / div mod` · `+ -` · `??` · comparisons · `not` · `and` ·
// `or`. A binary operator at the start of a line goes on with the line before. Nesting is counted in `nesting`, the depth of
// the tree in `depth`: every function that gives an Expr leaves that Expr's depth there.

/// How tightly operators bind, loosest first.
enum Binding: Int, Comparable {
  case or, and, not, comparison, coalesce, sum, product, unary
  static func < (left: Binding, right: Binding) -> Bool { left.rawValue < right.rawValue }
  var tighter: Binding { Binding(rawValue: rawValue + 1) ?? .unary }
}

extension FileParser {
  mutating func expression() -> Expr { binary(.or) }

  /// An amount: binds tighter than comparisons and `and`, which may follow it in a clause.
  mutating func amount() -> Expr { binary(.coalesce) }

  /// A node whose deepest child is `below` deep.
  mutating func node(_ kind: Expr.Kind, from start: Int, below: Int) -> Expr {
    depth = below + 1
    guard depth <= FileParser.deepest else {
      report(.tooDeep, at: span(from: start))
      skipClause()
      keepQuiet()
      depth = 1
      return Expr(.error, span(from: start))
    }
    return Expr(kind, span(from: start))
  }

  mutating func errorNode() -> Expr {
    depth = 1
    return Expr(.error, placeOfExpected)
  }

  private enum Infix {
    case arithmetic(Expr.BinaryOperator)
    case comparison(Expr.ComparisonOperator)
    case assign, contains, startsWith, isMissing, isIn, notIn
    case foreign(Keyword)
  }

  /// The operator here, and how tightly it binds.
  private var infix: (Infix, Binding)? {
    switch current.kind {
    case .symbol(let symbol):
      switch symbol {
      case .plus: (.arithmetic(.add), .sum)
      case .minus: (.arithmetic(.subtract), .sum)
      case .star: (.arithmetic(.multiply), .product)
      case .slash: (.arithmetic(.divide), .product)
      case .coalesce: (.arithmetic(.coalesce), .coalesce)
      case .equal: (.comparison(.equal), .comparison)
      case .notEqual: (.comparison(.notEqual), .comparison)
      case .less: (.comparison(.less), .comparison)
      case .lessOrEqual: (.comparison(.lessOrEqual), .comparison)
      case .greater: (.comparison(.greater), .comparison)
      case .greaterOrEqual: (.comparison(.greaterOrEqual), .comparison)
      case .assign: (.assign, .comparison)
      default: nil
      }
    case .word(let keyword):
      switch keyword {
      case .and: (.arithmetic(.and), .and)
      case .or: (.arithmetic(.or), .or)
      case .div: (.arithmetic(.div), .product)
      case .mod: (.arithmetic(.mod), .product)
      case .contains: (.contains, .comparison)
      case .starts where peek(1).keyword == .with: (.startsWith, .comparison)
      case .is: (.isMissing, .comparison)
      case .in: (.isIn, .comparison)
      case .not where peek(1).keyword == .in: (.notIn, .comparison)
      case nil: foreignInfix
      default: nil
      }
    default: nil
    }
  }

  /// `AND`, `且` and the like, where an operator may stand.
  private var foreignInfix: (Infix, Binding)? {
    guard current.end - current.start <= 8 else { return nil }
    switch text(current) {
    case "AND", "And", "且", "并且", "而且": return (.foreign(.and), .and)
    case "OR", "Or", "或", "或者": return (.foreign(.or), .or)
    case "MOD", "Mod": return (.foreign(.mod), .product)
    case "DIV", "Div": return (.foreign(.div), .product)
    default: return nil
    }
  }

  mutating func binary(_ loosest: Binding) -> Expr {
    let start = index
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= FileParser.deepestNesting else {
      report(.tooDeep)
      skipNested()
      return errorNode()
    }
    var left = prefix(loosest)
    var below = depth
    while !lineEnds, let (infix, binding) = infix, binding >= loosest {
      if case .error = left.kind, index == start { break }
      let before = index
      switch infix {
      case .arithmetic(let operation):
        advance()
        let right = binary(binding.tighter)
        left = node(.binary(operation, left, right), from: start, below: max(below, depth))
      case .foreign(let keyword):
        let meant = keyword.rawValue
        note(
          .foreignWord(wrote: text(current), meant: meant), at: here,
          edits: [TextEdit(span: here, replacement: meant)])
        advance()
        let right = binary(binding.tighter)
        let operation = Expr.BinaryOperator(rawValue: meant) ?? .and
        left = node(.binary(operation, left, right), from: start, below: max(below, depth))
      default:
        left = comparison(left, infix, from: start, below: below)
      }
      below = depth
      if index == before { break }
    }
    return left
  }

  /// Skips what is nested too deeply, up to the bracket that closes it.
  private mutating func skipNested() {
    var open = 0
    while !current.isEnd {
      if newlineEnds, lineEnds, open == 0 { break }
      switch current.symbol {
      case .leftParenthesis, .leftBracket, .leftBrace: open += 1
      case .rightParenthesis, .rightBracket, .rightBrace:
        if open == 0 { return keepQuiet() }
        open -= 1
      default: break
      }
      advance()
    }
    keepQuiet()
  }

  // MARK: Comparisons

  private mutating func comparison(_ left: Expr, _ infix: Infix, from start: Int, below: Int) -> Expr {
    let result: Expr
    switch infix {
    case .comparison, .assign: result = chain(left, from: start, below: below)
    case .contains:
      advance()
      let right = binary(.coalesce)
      result = node(.contains(left, right), from: start, below: max(below, depth))
    case .startsWith:
      advance()
      advance()
      let right = binary(.coalesce)
      result = node(.startsWith(left, right), from: start, below: max(below, depth))
    case .isMissing: result = isMissing(left, from: start, below: below)
    case .isIn:
      advance()
      result = isIn(left, from: start, below: below)
    default:
      let word = here
      let place = left.span
      note(
        .notIn, at: word.joined(span(peek(1))),
        edits: [
          TextEdit(span: Span(file: place.file, start: place.start, end: place.start), replacement: "not "),
          TextEdit(span: Span(file: word.file, start: word.start, end: peek(1).start), replacement: ""),
        ])
      advance()
      advance()
      let inside = isIn(left, from: start, below: below)
      result = node(.unary(.not, inside), from: start, below: depth)
    }
    // Comparisons do not compare with one another.
    if !lineEnds, let (_, binding) = self.infix, binding == .comparison {
      report(.comparedAgain)
    }
    return result
  }

  private mutating func chain(_ first: Expr, from start: Int, below: Int) -> Expr {
    var operands = [first]
    var operators: [Expr.ComparisonOperator] = []
    var deepest = below
    var hasMixed = false
    while !lineEnds, let (infix, _) = infix {
      let operation: Expr.ComparisonOperator
      switch infix {
      case .comparison(let written): operation = written
      case .assign:
        note(.singleEqual, at: here, edits: [TextEdit(span: here, replacement: "==")])
        operation = .equal
      default: return chained(operands, operators, hasMixed, from: start, below: deepest)
      }
      if let last = operators.last, !hasMixed, !FileParser.sameDirection(last, operation) {
        hasMixed = true
        note(.mixedChain, at: here)
      }
      advance()
      if let missing = missingWord(after: operation, operands.last ?? first) {
        depth = deepest
        if operators.isEmpty { return node(missing, from: start, below: deepest) }
      }
      operands.append(binary(.coalesce))
      operators.append(operation)
      deepest = max(deepest, depth)
    }
    return chained(operands, operators, hasMixed, from: start, below: deepest)
  }

  /// A chain of comparisons means one `and` inside the other, and is as deep as that.
  private mutating func chained(
    _ operands: [Expr], _ operators: [Expr.ComparisonOperator], _ hasMixed: Bool, from start: Int, below: Int
  ) -> Expr {
    node(hasMixed ? .error : .comparison(operands, operators), from: start, below: below + operators.count - 1)
  }

  private static func sameDirection(_ left: Expr.ComparisonOperator, _ right: Expr.ComparisonOperator) -> Bool {
    switch (left, right) {
    case (.less, .less), (.less, .lessOrEqual), (.lessOrEqual, .less), (.lessOrEqual, .lessOrEqual): true
    case (.greater, .greater), (.greater, .greaterOrEqual), (.greaterOrEqual, .greater),
      (.greaterOrEqual, .greaterOrEqual):
      true
    default: false
    }
  }

  /// `== missing`, `!= null` and the like, read as `is missing`.
  private mutating func missingWord(after operation: Expr.ComparisonOperator, _ left: Expr) -> Expr.Kind? {
    guard operation == .equal || operation == .notEqual, !lineEnds, isMissingWord(current) else { return nil }
    if let next = peek(1).symbol, next == .leftParenthesis || next == .dot { return nil }
    let place = span(previous).joined(here)
    let meant = operation == .equal ? "is missing" : "is not missing"
    note(
      .compareWithMissing(wrote: file.text(place), meant: meant), at: place,
      edits: [TextEdit(span: place, replacement: meant)])
    advance()
    return .isMissing(left, negated: operation == .notEqual)
  }

  private func isMissingWord(_ token: Token) -> Bool {
    guard token.isWord, token.end - token.start <= 7 else { return false }
    if token.keyword == .missing { return true }
    switch text(token) {
    case "null", "nil", "NULL", "None", "none", "empty": return true
    default: return false
    }
  }

  private mutating func isMissing(_ left: Expr, from start: Int, below: Int) -> Expr {
    let first = here
    advance()
    let negated = !lineEnds && take(.not)
    if !lineEnds, take(.missing) {
      return node(.isMissing(left, negated: negated), from: start, below: below)
    }
    if !lineEnds, isMissingWord(current) {
      let place = first.joined(here)
      let meant = negated ? "is not missing" : "is missing"
      note(
        .compareWithMissing(wrote: file.text(place), meant: meant), at: place,
        edits: [TextEdit(span: place, replacement: meant)])
      advance()
      return node(.isMissing(left, negated: negated), from: start, below: below)
    }
    if !lineEnds, current.isWord || current.isText {
      // `city is "上海"`: a comparison.
      let meant = negated ? "!=" : "=="
      let place = first.joined(span(previous))
      note(
        .compareWithMissing(wrote: file.text(place), meant: meant), at: place,
        edits: [TextEdit(span: place, replacement: meant)])
      depth = below
      let right = binary(.coalesce)
      return node(
        .comparison([left, right], [negated ? .notEqual : .equal]), from: start, below: max(below, depth))
    }
    expected(.word(negated ? "missing" : "missing"))
    return node(.isMissing(left, negated: negated), from: start, below: below)
  }

  /// `[E, …]` behind `in`.
  private mutating func isIn(_ left: Expr, from start: Int, below: Int) -> Expr {
    let opening = here
    guard !lineEnds, take(.leftBracket) else {
      expected(.symbol("["))
      return node(.isIn(left, []), from: start, below: below)
    }
    let saved = newlineEnds
    newlineEnds = false
    var all: [Expr] = []
    var deepest = below
    while !at(.rightBracket), !current.isEnd {
      let before = index
      all.append(expression())
      deepest = max(deepest, depth)
      if !take(.comma) || index == before { break }
    }
    close(.rightBracket, opened: opening)
    newlineEnds = saved
    return node(.isIn(left, all), from: start, below: deepest)
  }
}
