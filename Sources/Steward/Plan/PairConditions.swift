/// A pattern's condition taken apart for points that each see other matches: what can be asked of rows alone, which
/// equalities tie a row to its point, and what is left to ask of every pair of the two.
///
/// `quality >= 0.8 and question == this.question and at < this.at - 1 days` asks the first of each row once, groups the
/// rows by `question`, and asks the last only of pairs of a group. A conjunct is asked ahead of its turn only if nothing
/// before it that waits can be a fault; so a fault is seen exactly where asking in order would see it.
struct PairConditions: Hashable, Sendable {
  struct Key: Hashable, Sendable {
    /// A node about the scanned row.
    var row: Int
    /// A node about the point: the firing event, the moment.
    var point: Int
  }
  /// Nodes about the scanned row alone, and about the point alone.
  var ofRows: [Int] = []
  var ofPoints: [Int] = []
  var keys: [Key] = []
  /// Nodes about both, in the order written.
  var ofPairs: [Int] = []

  init(_ condition: Int?, _ plan: Plan) {
    var isBlocked = false
    for conjunct in PairConditions.conjuncts(condition, plan) {
      if isBlocked {
        ofPairs.append(conjunct)
      } else if plan.dependence[conjunct].isDisjoint(with: [.moment, .firing]) {
        ofRows.append(conjunct)
      } else if !plan.dependence[conjunct].contains(.scanned) {
        ofPoints.append(conjunct)
      } else if let key = PairConditions.key(conjunct, plan) {
        keys.append(key)
      } else {
        ofPairs.append(conjunct)
        isBlocked = plan.mayFault[conjunct]
      }
    }
  }

  /// The conditions that must all hold, in the order in which they are asked.
  private static func conjuncts(_ condition: Int?, _ plan: Plan) -> [Int] {
    var open = condition.map { [$0] } ?? []
    var result: [Int] = []
    while let node = open.popLast() {
      if plan.nodes[node].op == .and {
        open.append(contentsOf: plan.nodes[node].inputs.reversed())
      } else {
        result.append(node)
      }
    }
    return result
  }

  /// `scanned == this`, either way round.
  private static func key(_ node: Int, _ plan: Plan) -> Key? {
    let (op, inputs) = (plan.nodes[node].op, plan.nodes[node].inputs)
    guard op == .compare(.equal), plan.nodes[inputs[0]].kind == plan.nodes[inputs[1]].kind else { return nil }
    for (row, point) in [(inputs[0], inputs[1]), (inputs[1], inputs[0])]
    where plan.dependence[row].isDisjoint(with: [.moment, .firing]) && !plan.dependence[point].contains(.scanned) {
      return Key(row: row, point: point)
    }
    return nil
  }
}

extension PlanOp {
  /// Whether its value may be a fault where none of its operands is: an overflow, a number out of range.
  var mayFault: Bool {
    switch self {
    case .negate, .arithmetic, .function, .aggregate, .communityValue, .series: true
    case .flag, .int, .number, .text, .list, .missing, .localTime, .now, .subject, .column, .referenced, .previous,
      .attribute, .eventTime,
      .eventKind, .eventMember, .not, .and, .or, .compare, .textContains, .listContains, .startsWith, .isMissing,
      .coalesce, .choose, .intToNumber, .dateToTime, .choiceToText, .periodOfTime, .periodOfDate, .weekdayOfTime,
      .weekdayOfDate, .hour, .anniversary, .template, .standing:
      false
    }
  }
}

/// How a correlated aggregate is evaluated, once what its pattern asks has been taken apart.
struct PairPlan: Sendable {
  var conditions: PairConditions
  /// Nodes about rows, and about points, that decide which rows a point looks at; children first.
  var rowOrder: [Int]
  var pointOrder: [Int]
  /// What is then asked of pairs. - Missing: nil if that is nothing, not even the value.
  var asked: PairOrders?
  /// The whole condition, asked of pairs: where a row or a point has a fault.
  var whole: PairOrders

  init(_ aggregate: PlanAggregate, _ plan: Plan) {
    let pattern = plan.patterns[aggregate.pattern]
    conditions = PairConditions(pattern.condition, plan)
    rowOrder = plan.needed(by: conditions.ofRows + conditions.keys.map(\.row))
    pointOrder = plan.needed(by: conditions.ofPoints + conditions.keys.map(\.point))
    let value = aggregate.value.map { [$0] } ?? []
    whole = PairOrders((pattern.condition.map { [$0] } ?? []) + value, plan)
    let isValueOfRows = value.allSatisfy { plan.dependence[$0].isDisjoint(with: [.moment, .firing]) }
    if !conditions.ofPairs.isEmpty || !isValueOfRows { asked = PairOrders(conditions.ofPairs + value, plan) }
  }
}

/// The nodes that a correlated aggregate evaluates at its rows, its points and their pairs, each children first.
struct PairOrders: Sendable {
  /// Nodes about the row alone, and those about the point alone, that nodes about the pair read.
  var ofRows: [Int] = []
  var rowInputs: [Int] = []
  var ofPoints: [Int] = []
  var pointInputs: [Int] = []
  var ofPairs: [Int] = []
  /// Whether a node about the pair reads the calendar day of the point.
  var readsDays = false

  /// - Parameter roots: what is asked of each pair.
  init(_ roots: [Int], _ plan: Plan) {
    let all = plan.needed(by: roots)
    var isRead = Set(roots)
    for node in all where PairOrders.isAboutPairs(node, plan) {
      ofPairs.append(node)
      readsDays = readsDays || plan.nodes[node].op == .anniversary
      isRead.formUnion(plan.nodes[node].inputs)
    }
    for node in all where isRead.contains(node) && !PairOrders.isAboutPairs(node, plan) {
      if plan.dependence[node].contains(.scanned) { rowInputs.append(node) } else { pointInputs.append(node) }
    }
    ofRows = plan.needed(by: rowInputs)
    ofPoints = plan.needed(by: pointInputs)
  }

  private static func isAboutPairs(_ node: Int, _ plan: Plan) -> Bool {
    plan.dependence[node].contains(.scanned) && !plan.dependence[node].isDisjoint(with: [.moment, .firing])
  }
}
