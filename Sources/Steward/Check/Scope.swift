// What names mean, and where an expression stands.

/// What a name of the one name space stands for.
enum Entity: Hashable {
  enum BuiltIn: String, CaseIterable {
    case now, points, badges, members, member, event, this, anything
  }
  case builtIn(BuiltIn)
  /// A built-in function.
  case builtInFunction
  /// A column of members, by its index.
  case column(Int)
  case kind(Int)
  case eventSet(Int)
  /// A `let` or `segment`.
  case binding(Int)
  case function(Int)
  case ladder(Int)
  case incentive(Int)
  /// By its index in `Schema.purses`.
  case purse(Int)
  case budget(Int)
  case parameter(Int)
  case alert(Int)
  case goal(Int)
  case plan(Int)
  case phase(PhaseIndex)
  case metric(Int)
  /// A declaration that this version does not build; it has been reported.
  case later

  var words: Wording {
    switch self {
    case .builtIn: Wording(en: "a built-in value", zh: "内置值")
    case .builtInFunction: Wording(en: "a built-in function", zh: "内置函数")
    case .column: Wording(en: "a column of members", zh: "成员表的列")
    case .kind: Wording(en: "an event kind", zh: "事件种类")
    case .eventSet: Wording(en: "an event set", zh: "事件集合")
    case .binding: Wording(en: "a `let` or `segment`", zh: "`let` 或 `segment`")
    case .function: Wording(en: "a function", zh: "函数")
    case .ladder: Wording(en: "a ladder of tiers", zh: "等级体系")
    case .incentive: Wording(en: "an incentive", zh: "激励规则")
    case .purse: Wording(en: "a purse", zh: "积分账户")
    case .budget: Wording(en: "a budget", zh: "预算")
    case .parameter: Wording(en: "a parameter", zh: "参数")
    case .alert: Wording(en: "an alert", zh: "预警")
    case .goal: Wording(en: "a goal", zh: "目标")
    case .plan: Wording(en: "a plan", zh: "计划")
    case .phase: Wording(en: "a phase", zh: "阶段")
    case .metric: Wording(en: "a metric", zh: "指标")
    case .later: Wording(en: "a declaration", zh: "声明")
    }
  }

  /// Whether it can be read as a value.
  var isValue: Bool {
    switch self {
    case .builtIn(let value): ![.member, .event, .this, .anything].contains(value)
    case .column, .binding, .ladder, .purse, .parameter, .metric: true
    default: false
    }
  }

  var isEvents: Bool {
    switch self {
    case .kind, .eventSet, .builtIn(.anything): true
    default: false
    }
  }
}

/// The one name space of a rule set.
struct NameSpace {
  struct Entry {
    let entity: Entity
    /// Where it is declared. - Missing: built in.
    let span: Span?
  }
  private(set) var entries: [String: Entry] = [:]

  subscript(_ name: String) -> Entry? { entries[name] }

  /// Adds a name. - Missing: nil if it is new, else the one that has it.
  mutating func declare(_ name: String, _ entity: Entity, _ span: Span?) -> Entry? {
    if let old = entries[name] { return old }
    prepared = [:]
    entries[name] = Entry(entity: entity, span: span)
    return nil
  }

  /// What a name was meant to be, where it is not known.
  enum Wanted: Hashable {
    case value, valueOrEvents, events, function
  }

  private var prepared: [Wanted: NearNames] = [:]

  /// The name most like another of those that could be meant: of this name space, or one of a few besides.
  mutating func near(_ name: String, _ wanted: Wanted, or others: [String] = []) -> String? {
    let test: (Entity) -> Bool
    switch wanted {
    case .value: test = { $0.isValue }
    case .valueOrEvents: test = { $0.isValue || $0.isEvents }
    case .events: test = { $0.isEvents }
    case .function: test = { if case .function = $0 { true } else { false } }
    }
    // Taken out while it changes, so that it is not copied.
    var names = prepared.removeValue(forKey: wanted) ?? NearNames(entries.filter { test($0.value.entity) }.keys)
    let found = names.near(name)
    prepared[wanted] = names
    var few = NearNames(others)
    guard let other = few.near(name) else { return found?.name }
    return found.map { $0.comes(before: other) ? $0.name : other.name } ?? other.name
  }
}

/// The kinds of which an event may be.
struct EventScope: Equatable {
  /// - Missing: nil where any kind may come: in a `let` that reads the firing event, in a function that nobody calls.
  var kinds: [Int]?
  init(_ kinds: [Int]?) { self.kinds = kinds }
}

/// What a parameter of a function stands for at a call.
enum Bound {
  case window(Window)
  case events([PatternPart])
  case value(TypedExpr, literal: DurationLiteral?)
  /// Any events at all: where the body of a function that nobody calls is checked.
  case anyEvents
}

/// Some kinds and the condition that their events must meet.
struct PatternPart {
  var kinds: [Int]
  var condition: TypedExpr?
}

/// `by city`, `each city`
struct Split {
  let name: String
  let value: TypedExpr
  /// The key of the value, by which equal splits are known.
  let key: String
}

/// Where an expression stands: what its names can mean, and what is known to be there.
struct ExpressionScope {
  /// Whose value it is.
  var subject: SubjectKind = .member
  /// The event that a pattern looks at.
  var scanned: EventScope?
  /// The event that fired the rule, in the clauses of an `on` rule.
  var firing: EventScope?
  /// Whether plain names may mean a firing event that is only known later: in a `let`.
  var mayFire = false
  /// Parameters of the function whose body this is.
  var parameters: [String: Bound] = [:]
  /// The functions that are being written out, outermost first.
  var functions: [Int] = []
  /// Whether this is a copy of an expression that stands elsewhere: the body of a function, a `let` asked by the community.
  var isWrittenOut = false
  /// What members are split by, where the expression is about each group.
  var split: Split?
  /// Keys of the expressions that a guard has shown to be there.
  var settled: Set<String> = []

  func knowing(_ keys: Set<String>) -> ExpressionScope {
    guard !keys.isEmpty else { return self }
    var scope = self
    scope.settled.formUnion(keys)
    return scope
  }
}
