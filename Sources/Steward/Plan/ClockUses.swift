/// How some nodes use `now`, so that their values need not be asked for at every check.
///
/// `now >= x`, `now - x >= d` change once, where the clock gets there; `month of now` where a month begins; an anniversary
/// on its day and the day after. Any other use of `now` may change at every check.
struct ClockUses {
  struct Crossing: Hashable {
    /// A time that holds between its own changes.
    var value: Int
    /// A duration to add to it.
    var length: Int?
  }
  private(set) var crossings: [Crossing] = []
  private(set) var periods: Set<PeriodUnit> = []
  private(set) var anniversaries: [Int] = []
  /// `now` in any other place.
  private(set) var isDense = false

  private let plan: Plan
  /// Whether a node's value follows the clock itself, not only rows and windows.
  private var isTicking: [Int: Bool] = [:]
  /// Nodes whose value depends on the clock, if only through a comparison.
  private var isTimed: Set<Int> = []

  /// - Parameter read: nodes that others than those in the order read as they are.
  init(plan: Plan, order: [Int], read: Set<Int> = []) {
    self.plan = plan
    for index in order {
      let node = plan.nodes[index]
      let ticking = node.inputs.filter { isTicking[$0] ?? false }
      if node.op == .now || node.inputs.contains(where: { isTimed.contains($0) }) { isTimed.insert(index) }
      if node.op == .now {
        isTicking[index] = true
      } else if ticking.isEmpty {
        if node.op == .anniversary { addAnniversary(of: node.inputs[0]) }
        isTicking[index] = false
      } else {
        let isSettled = settle(node)
        isTicking[index] = !isSettled && isPassedOn(node)
        if !isSettled, isTicking[index] == false { isDense = true }
      }
    }
    // A root that ticks is read as it is.
    let inner = Set(order.flatMap { plan.nodes[$0].inputs })
    for index in order where isTicking[index] == true {
      if read.contains(index) || !inner.contains(index) { isDense = true }
    }
  }

  private mutating func addAnniversary(of date: Int) {
    if plan.dependence[date].isEmpty { anniversaries.append(date) } else { isDense = true }
  }

  /// `now - x`, whose parent may be a comparison.
  private func isPassedOn(_ node: PlanNode) -> Bool {
    guard case .arithmetic(.subtract, .ints) = node.op else { return false }
    return plan.nodes[node.inputs[0]].op == .now && isTicking[node.inputs[1]] == false
  }

  private mutating func settle(_ node: PlanNode) -> Bool {
    switch node.op {
    case .compare: return settleComparison(node.inputs[0], node.inputs[1])
    case .periodOfTime(let unit) where plan.nodes[node.inputs[0]].op == .now:
      periods.insert(unit)
      return true
    default: return false
    }
  }

  private mutating func settleComparison(_ left: Int, _ right: Int) -> Bool {
    let sides = [(left, right), (right, left)]
    for (clock, other) in sides where isTicking[clock] == true && isTicking[other] == false {
      let node = plan.nodes[clock]
      // A crossing of crossings would be looked for again for each: every check is looked at instead.
      if isTimed.contains(other) || node.op != .now && isTimed.contains(node.inputs[1]) {
        isDense = true
        return true
      }
      if node.op == .now {
        crossings.append(Crossing(value: other, length: nil))
      } else {
        crossings.append(Crossing(value: node.inputs[1], length: other))
      }
      return true
    }
    return false
  }
}
