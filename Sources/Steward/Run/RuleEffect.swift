/// What a rule does to purses and to other rules' awards; asked for at every act, so it is found once a run.
struct RuleEffect: Sendable {
  /// The purse of each of the rule's amounts.
  var purses: [Int] = []
  /// The purse that it deducts from.
  var deducts: Int?
  /// The rule whose awards it takes back, and the rules that take its own back.
  var takesBack: Int?
  var undoers: [Int] = []
  var hasBadge = false
  /// - Unit: days.
  var expiresAfter: Int32?

  static func all(_ program: TypedProgram) -> [RuleEffect] {
    var effects = program.incentives.map { rule in
      RuleEffect(
        purses: rule.amounts.map(\.purse), deducts: rule.deduction?.purse, takesBack: rule.takeBack?.rule,
        hasBadge: rule.badge != nil, expiresAfter: rule.expiresAfterDays)
    }
    for (index, effect) in effects.enumerated() {
      if let target = effect.takesBack, effects.indices.contains(target) { effects[target].undoers.append(index) }
    }
    return effects
  }
}

extension RunContext {
  /// The place of a purse among the rule's amounts, if it gives any.
  func amountOfRule(_ rule: Int, _ purse: Int) -> Int? { effects[rule].purses.firstIndex(of: purse) }

  func gives(_ rule: Int, _ purse: Int) -> Bool { effects[rule].purses.contains(purse) }

  /// Whether a rule gives to a purse or takes from it.
  func touches(_ rule: Int, _ purse: Int) -> Bool {
    if gives(rule, purse) || effects[rule].deducts == purse { return true }
    return effects[rule].takesBack.map { gives($0, purse) } ?? false
  }

  /// The rules that take a rule's awards back.
  func undoers(of rule: Int) -> [Int] { effects[rule].undoers }

  /// Whether nothing is ever taken from a purse, so that what is awarded stays.
  func onlyGrows(_ purse: Int) -> Bool {
    effects.indices.allSatisfy { rule in
      !touches(rule, purse) || gives(rule, purse) && effects[rule].expiresAfter == nil && effects[rule].undoers.isEmpty
    }
  }
}
