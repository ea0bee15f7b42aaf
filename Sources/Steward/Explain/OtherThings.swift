// Names that are something in the rules, but nothing that a member has.

extension TypedProgram {
  /// What a name is that no member has, beside what is asked of the community. - Missing: nothing has the name.
  func otherThing(_ name: String) -> Wording? {
    if budgets.contains(where: { $0.name == name }) { return Wording(en: "a budget", zh: "预算") }
    if schema.events?.kinds.contains(where: { $0.name == name }) == true {
      return Wording(en: "a kind of events (`count(\(name))` is a value)", zh: "事件种类（`count(\(name))` 才是数值）")
    }
    if schema.members?.columns.contains(where: { $0.name == name }) == true {
      return Wording(en: "a column of the members' file, which no rule decides", zh: "成员表里的列，不由规则决定")
    }
    return nil
  }
}
