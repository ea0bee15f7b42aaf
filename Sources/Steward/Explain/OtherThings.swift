// Names that are something in the rules, but nothing that a member has.

extension TypedProgram {
  /// What a name is that no member has. - Missing: nothing has the name.
  func otherThing(_ name: String) -> Wording? {
    if budgets.contains(where: { $0.name == name }) { return Wording(en: "a budget", zh: "预算") }
    if metrics.contains(where: { $0.name == name }) {
      return Wording(en: "a metric (`why metric \(name)` explains it)", zh: "指标（用 `why metric \(name)` 解释）")
    }
    if alerts.contains(where: { $0.name == name }) {
      return Wording(en: "an alert (`why alert \(name)` explains it)", zh: "预警（用 `why alert \(name)` 解释）")
    }
    if goals.contains(where: { $0.name == name }) { return Wording(en: "a goal", zh: "目标") }
    if plans.contains(where: { $0.name == name }) { return Wording(en: "a plan of phases", zh: "阶段计划") }
    if schema.events?.kinds.contains(where: { $0.name == name }) == true {
      return Wording(en: "a kind of events (`count(\(name))` is a value)", zh: "事件种类（`count(\(name))` 才是数值）")
    }
    if schema.members?.columns.contains(where: { $0.name == name }) == true {
      return Wording(en: "a column of the members' file, which no rule decides", zh: "成员表里的列，不由规则决定")
    }
    return nil
  }
}
