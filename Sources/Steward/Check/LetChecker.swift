// Types each `let` and `segment` once, those that it reads first.

extension ProgramChecker {
  func checkLets() {
    for index in dependencyOrder() { typeLet(index) }
  }

  /// Every `let` behind those that it may read, without recursion however long a chain of them is.
  private func dependencyOrder() -> [Int] {
    var readsOfFunction: [Set<Int>] = functions.map { reads(of: $0.syntax.value).lets }
    let calls = functions.map { reads(of: $0.syntax.value).functions }
    // What a function reads through the functions that it calls; a few rounds settle all but absurd nests.
    for _ in 0..<min(functions.count, 16) {
      for index in functions.indices {
        for callee in calls[index] { readsOfFunction[index].formUnion(readsOfFunction[callee]) }
      }
    }
    let edges = lets.map { entry -> [Int] in
      let direct = reads(of: entry.syntax.value)
      return direct.functions.reduce(into: direct.lets) { $0.formUnion(readsOfFunction[$1]) }.sorted()
    }
    var order: [Int] = []
    var state = Array(repeating: 0, count: lets.count)
    for root in lets.indices where state[root] == 0 {
      var stack = [(node: root, next: 0)]
      state[root] = 1
      while let top = stack.last {
        if top.next < edges[top.node].count {
          stack[stack.count - 1].next += 1
          let target = edges[top.node][top.next]
          if state[target] == 0 {
            state[target] = 1
            stack.append((target, 0))
          } else if state[target] == 1 {
            breakLongCycle(from: target, stack.map(\.node))
          }
        } else {
          stack.removeLast()
          state[top.node] = 2
          order.append(top.node)
        }
      }
    }
    return order
  }

  /// A cycle is told where its lets are typed, one reading the other; one too long for that is told and broken here.
  private func breakLongCycle(from target: Int, _ open: [Int]) {
    guard let start = open.firstIndex(of: target), open.count - start > 200, lets[target].state == .unchecked else {
      return
    }
    reportCycle(open[start...].map { .binding($0) })
    lets[target].use = SubjectUse()
    lets[target].state = .checked
  }

  private func reads(of expression: Expr) -> (lets: Set<Int>, functions: Set<Int>) {
    var found: Set<String> = []
    expression.collectNames(into: &found)
    var lets: Set<Int> = []
    var functions: Set<Int> = []
    for name in found {
      switch names[name]?.entity {
      case .binding(let index): lets.insert(index)
      case .function(let index): functions.insert(index)
      default: break
      }
    }
    return (lets, functions)
  }

  func typeLet(_ index: Int) {
    guard lets.indices.contains(index), lets[index].state == .unchecked else { return }
    lets[index].state = .checking
    asDeclaration(.binding(index)) { typeOpenLet(index) }
    lets[index].state = .checked
  }

  private func typeOpenLet(_ index: Int) {
    let entry = lets[index]
    var scope = ExpressionScope()
    scope.subject = subject(ofLet: index)
    if scope.subject == .content, schema.content == nil {
      report(AggregateProblem.noContentTable, at: entry.syntax.name.span)
      return
    }
    scope.mayFire = scope.subject == .member
    var value = check(entry.syntax.value, scope)
    if entry.isSegment { value = checkSegment(value) }
    lets[index].traits = traits(of: value)
    lets[index].typed.subject = scope.subject
    lets[index].typed.value = value
    lets[index].typed.needsFiringEvent = lets[index].traits.firing
  }

  private func subject(ofLet index: Int) -> SubjectKind {
    if let about = lets[index].syntax.about { return about }
    let use = use(ofLet: index)
    if use.member { return .member }
    if use.community { return .community }
    return use.content ? .content : .member
  }

  private func checkSegment(_ value: TypedExpr) -> TypedExpr {
    guard !value.isError else { return value }
    guard value.type.base == .bool else {
      report(RuleProblem.segmentType(value.type), at: value.span)
      return .error(value.span)
    }
    return settled(value, for: Wording(en: "a segment", zh: "分群"))
  }

  /// Reads a `let` by name.
  func reference(to index: Int, _ name: Name, _ scope: ExpressionScope) -> TypedExpr {
    if lets[index].state == .checking {
      reportCycle(of: .binding(index))
      return .error(name.span)
    }
    typeLet(index)
    let entry = lets[index]
    let value = entry.typed.value
    if value.isError { return .error(name.span) }
    switch (scope.subject, entry.typed.subject) {
    case (.community, .member), (.content, .member):
      if use(ofLet: index).member {
        report(
          AggregateProblem.memberInCommunity(Wording("`\(name.text)`"), scope.subject), at: name.span,
          related: declared(name.text))
        return .error(name.span)
      }
      // A let is about whoever asks: written out, it is about the community, or the item.
      var inner = scope
      inner.parameters = [:]
      inner.scanned = nil
      inner.isWrittenOut = true
      let copy = check(entry.syntax.value, inner)
      return TypedExpr(copy.node, copy.type, name.span)
    case (.member, .community), (.content, .community):
      return aboutCommunity(scope, name.span) { _ in TypedExpr(.reference(index), value.type, name.span) }
    case (.member, .content), (.community, .content):
      report(
        AggregateProblem.contentElsewhere(Wording("`\(name.text)`"), scope.subject), at: name.span,
        related: declared(name.text))
      return .error(name.span)
    case (.member, .member), (.community, .community), (.content, .content): break
    }
    guard firingEventFits(index, name, scope) else { return .error(name.span) }
    return TypedExpr(.reference(index), value.type, name.span)
  }

  /// A let or metric that is being typed is read again.
  func reportCycle(of entity: Entity) {
    reportCycle(Array(openNames[(openNames.firstIndex(of: entity) ?? 0)...]))
  }

  private func nameOfOpen(_ entity: Entity) -> Name? {
    switch entity {
    case .binding(let index): lets[index].syntax.name
    case .metric(let index): metrics[index].syntax.name
    default: nil
    }
  }

  /// A cycle, told from the one that is declared first.
  private func reportCycle(_ cycle: [Entity]) {
    let open = cycle.compactMap { nameOfOpen($0) }
    func place(_ name: Name) -> (Int, UInt32) { (Int(name.span.file.index), name.span.start) }
    guard let start = open.indices.min(by: { place(open[$0]) < place(open[$1]) }) else { return }
    let names = Array(open[start...] + open[..<start])
    let shown = names.count <= 12 ? names.map(\.text) : names.prefix(10).map(\.text) + ["…"]
    report(
      NameProblem.cycle(shown + names.prefix(1).map(\.text)), at: names.first?.span ?? open[start].span,
      related: names.dropFirst().prefix(10).flatMap { declared(at: $0.span, $0.text) })
  }

  /// Whether the firing event that a `let` reads is there, and has what it reads.
  private func firingEventFits(_ index: Int, _ name: Name, _ scope: ExpressionScope) -> Bool {
    let traits = lets[index].traits
    guard traits.firing else { return true }
    guard let firing = scope.firing else {
      if scope.mayFire { return true }
      report(NameProblem.eventOutsideRule(name.text), at: name.span, related: declared(name.text))
      return false
    }
    for attribute in traits.firingAttributes.sorted() {
      let lacking = kindsLacking(attribute, firing)
      if !lacking.isEmpty, let column = schema.events?.attributes[attribute] {
        report(
          RuleProblem.letNotHere(name.text, attribute: column.name, kinds: kindNames(lacking)), at: name.span,
          related: declared(name.text))
        return false
      }
    }
    return true
  }
}
