/// What is decided together, over all history, once everything it reads is known.
enum Stratum: Hashable, Sendable {
  /// One rule; or several that share a member's budget.
  case rules([Int])
  case ladder(Int)
  /// Rules and ladders that read each other's results: decided day by day.
  case loop(rules: [Int], ladders: [Int])
}

extension Plan {
  func isWanted(_ stratum: Stratum) -> Bool {
    switch stratum {
    case .rules(let rules): rules.contains { incentives[$0].isWanted }
    case .ladder(let ladder): ladders[ladder].isWanted
    case .loop(let rules, let ladders):
      rules.contains { incentives[$0].isWanted } || ladders.contains { self.ladders[$0].isWanted }
    }
  }
}

/// Which rules and ladders read the results of which, and the order that follows.
struct StrataGraph {
  enum Vertex: Hashable {
    case rule(Int)
    case ladder(Int)
  }

  private let program: TypedProgram
  private let plan: Plan
  /// By vertex: what has to be decided before it, because it reads it.
  private var before: [Vertex: Set<Vertex>] = [:]
  /// For each rule those that share a budget of the member with it.
  private var partners: [Int: Set<Int>] = [:]
  /// By purse: the rules that give to it or take from it.
  private var givers: [[Int]] = []
  private var touchers: [[Int]] = []
  /// By rule: the rules that take its awards back.
  private var undoers: [Int: [Int]] = [:]

  init(_ program: TypedProgram, _ plan: Plan) {
    self.program = program
    self.plan = plan
    findPurses()
    for budget in program.budgets where budget.isPerMember {
      for rule in budget.covers { partners[rule, default: []].formUnion(budget.covers) }
    }
    for (index, rule) in plan.incentives.enumerated() { before[.rule(index)] = reads(of: rule.roots) }
    for (index, ladder) in plan.ladders.enumerated() { before[.ladder(index)] = reads(of: ladder.roots) }
  }

  private mutating func findPurses() {
    let count = program.schema.purses.count
    givers = Array(repeating: [], count: count)
    touchers = givers
    for (index, rule) in program.incentives.enumerated() {
      for amount in rule.amounts where givers.indices.contains(amount.purse) { givers[amount.purse].append(index) }
      if let target = rule.takeBack?.rule { undoers[target, default: []].append(index) }
    }
    for purse in givers.indices {
      let spenders = program.incentives.indices.filter { program.incentives[$0].deduction?.purse == purse }
      touchers[purse] = givers[purse] + spenders + givers[purse].flatMap { undoers[$0] ?? [] }
    }
  }

  /// What some nodes read of standing.
  func reads(of roots: [Int]) -> Set<Vertex> {
    var result: Set<Vertex> = []
    for index in plan.needed(by: roots) {
      guard case .standing(let standing) = plan.nodes[index].op else { continue }
      switch standing {
      case .balance(let purse), .spent(let purse, _): result.formUnion(rules(touching: purse))
      case .earned(let purse, _):
        guard givers.indices.contains(purse) else { continue }
        result.formUnion((givers[purse] + givers[purse].flatMap { undoers[$0] ?? [] }).map { .rule($0) })
      case .awards(let rule, _), .lastAward(let rule): result.formUnion(results(of: rule))
      case .badges:
        for (index, rule) in program.incentives.enumerated() where rule.badge != nil {
          result.formUnion(results(of: index))
        }
      case .tier(let ladder), .tierSince(let ladder): result.insert(.ladder(ladder))
      }
    }
    return result
  }

  private func rules(touching purse: Int) -> Set<Vertex> {
    touchers.indices.contains(purse) ? Set(touchers[purse].map { .rule($0) }) : []
  }

  /// The rules that decide how many awards of a rule stand.
  private func results(of rule: Int) -> Set<Vertex> {
    var result: Set<Vertex> = [.rule(rule)]
    result.formUnion((undoers[rule] ?? []).map { .rule($0) })
    // A rule that takes back has happened only where it undid something.
    if program.incentives.indices.contains(rule), let target = program.incentives[rule].takeBack?.rule {
      result.formUnion((undoers[target] ?? []).map { .rule($0) })
      result.insert(.rule(target))
    }
    if program.incentives.indices.contains(rule), let purse = program.incentives[rule].deduction?.purse {
      result.formUnion(rules(touching: purse))
    }
    return result
  }

  /// Everything that some rules and ladders need to be decided, themselves included.
  func closure(of start: Set<Vertex>) -> Set<Vertex> {
    var result: Set<Vertex> = []
    var stack = Array(start)
    while let vertex = stack.popLast() {
      if !result.insert(vertex).inserted { continue }
      stack.append(contentsOf: before[vertex] ?? [])
      guard case .rule(let rule) = vertex else { continue }
      stack.append(contentsOf: (partners[rule] ?? []).map { .rule($0) })
      stack.append(contentsOf: results(of: rule))
      if let target = program.incentives[rule].takeBack?.rule {
        stack.append(.rule(target))
        // What is missing of what it takes back depends on everything in the purse.
        for amount in program.incentives[target].amounts { stack.append(contentsOf: rules(touching: amount.purse)) }
      }
      for budget in program.budgets where budget.covers.contains(rule) {
        stack.append(contentsOf: budget.covers.map { .rule($0) })
      }
    }
    return result
  }

  // MARK: Order

  /// The strongly connected components, each after those that it reads; by Tarjan's algorithm (1972).
  func strata() -> [Stratum] {
    var search = Search(graph: self)
    for rule in program.incentives.indices { search.visit(.rule(rule)) }
    for ladder in program.ladders.indices { search.visit(.ladder(ladder)) }
    return search.components.map(stratum)
  }

  private func stratum(_ component: [Vertex]) -> Stratum {
    let members = Set(component)
    var rules: [Int] = []
    var ladders: [Int] = []
    for vertex in component {
      switch vertex {
      case .rule(let rule): rules.append(rule)
      case .ladder(let ladder): ladders.append(ladder)
      }
    }
    rules.sort()
    ladders.sort()
    let readsItself = component.contains { !(before[$0] ?? []).isDisjoint(with: members) }
    if readsItself || !ladders.isEmpty && component.count > 1 { return .loop(rules: rules, ladders: ladders) }
    if let ladder = ladders.first { return .ladder(ladder) }
    return .rules(rules)
  }

  private func neighbours(_ vertex: Vertex) -> [Vertex] {
    var result = before[vertex] ?? []
    if case .rule(let rule) = vertex { result.formUnion((partners[rule] ?? []).map { .rule($0) }) }
    // In a fixed order, so that a plan is the same in every run.
    return result.sorted { StrataGraph.place($0) < StrataGraph.place($1) }
  }

  private static func place(_ vertex: Vertex) -> (Int, Int) {
    switch vertex {
    case .rule(let rule): (0, rule)
    case .ladder(let ladder): (1, ladder)
    }
  }

  /// The state of the depth-first search, without recursion.
  private struct Search {
    let graph: StrataGraph
    var components: [[Vertex]] = []
    private var order: [Vertex: Int] = [:]
    private var lowest: [Vertex: Int] = [:]
    private var stack: [Vertex] = []
    private var isOnStack: Set<Vertex> = []

    init(graph: StrataGraph) { self.graph = graph }

    mutating func visit(_ root: Vertex) {
      if order[root] != nil { return }
      var path: [(vertex: Vertex, rest: ArraySlice<Vertex>)] = [enter(root)]
      while var top = path.popLast() {
        if let next = top.rest.popFirst() {
          path.append(top)
          if order[next] == nil {
            path.append(enter(next))
          } else if isOnStack.contains(next) {
            lower(top.vertex, to: order[next] ?? 0)
          }
          continue
        }
        if let parent = path.last?.vertex { lower(parent, to: lowest[top.vertex] ?? 0) }
        if lowest[top.vertex] == order[top.vertex] { close(top.vertex) }
      }
    }

    private mutating func enter(_ vertex: Vertex) -> (vertex: Vertex, rest: ArraySlice<Vertex>) {
      let number = order.count
      order[vertex] = number
      lowest[vertex] = number
      stack.append(vertex)
      isOnStack.insert(vertex)
      return (vertex, graph.neighbours(vertex)[...])
    }

    private mutating func lower(_ vertex: Vertex, to number: Int) {
      lowest[vertex] = min(lowest[vertex] ?? number, number)
    }

    private mutating func close(_ root: Vertex) {
      var component: [Vertex] = []
      while let vertex = stack.popLast() {
        isOnStack.remove(vertex)
        component.append(vertex)
        if vertex == root { break }
      }
      components.append(component)
    }
  }
}
