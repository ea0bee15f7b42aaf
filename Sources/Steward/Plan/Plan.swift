// A plan is the typed tree of a whole rule set made flat: equal sub-expressions are one node, whoever wrote them; children
// stand before their parents, so that a pass in index order needs no recursion. A node says nothing about where it is
// evaluated: a mechanism evaluates its roots at its own points.

/// How a vector of values is stored.
enum VectorKind: Hashable, Sendable {
  /// bool
  case flags
  /// int, time, date, duration, period, choice, tier, member, item and text (a code)
  case ints
  case numbers
  /// lists of text codes
  case lists
}

/// Which rows an aggregate looks at.
enum StreamID: Int, Hashable, Sendable, CaseIterable {
  /// The subject's own events.
  case events
  /// The subject's awards; a row's kind is its rule.
  case awards
}

/// What a node computes. Operands are the node's `inputs`.
enum PlanOp: Hashable, Sendable {
  case flag(Bool)
  case int(Int64)
  case number(bits: UInt64)
  /// An index in `Plan.texts`, as literals have no code before the data is there.
  case text(Int)
  /// A list of indices in `Plan.texts`.
  case list([Int])
  case missing(VectorKind)
  /// An instant by the community's clock.
  case localTime(day: Int32, micros: Int64)
  case now
  case subject
  case column(Int)
  case attribute(Int, TypedExpr.Scope)
  case eventTime(TypedExpr.Scope)
  case eventKind(TypedExpr.Scope)
  case eventMember(TypedExpr.Scope)
  case negate, not, and, or
  case arithmetic(TypedExpr.Arithmetic, ArithmeticForm)
  case compare(Expr.ComparisonOperator)
  case textContains, listContains, startsWith
  case isMissing
  case coalesce
  /// Inputs: condition, value, condition, value, …, else.
  case choose
  case intToNumber
  case dateToTime
  /// An index in `Plan.choiceTables`.
  case choiceToText(Int)
  case periodOfTime(PeriodUnit)
  case periodOfDate(PeriodUnit)
  case weekdayOfTime, weekdayOfDate
  case hour
  case anniversary
  case function(TypedExpr.Function)
  /// An index in `Plan.templates`; inputs are its values.
  case template(Int)
  /// An index in `Plan.aggregates`.
  case aggregate(Int)
  case badges
  case tier(Int)
  case tierSince(Int)
  /// What all batches together found; an index in `Plan.communityValues`.
  case communityValue(Int)
}

/// What kinds of operands an arithmetic node has, where that changes what it does.
enum ArithmeticForm: Hashable, Sendable {
  case ints, numbers
  /// int or number times or by a duration
  case durationByNumber, durationRatio
  /// A date and whole days.
  case dateAndDuration
  /// date − date
  case dates
}

struct PlanNode: Hashable, Sendable {
  var op: PlanOp
  var inputs: [Int]
  var kind: VectorKind
}

/// What a node's value depends on, beyond the subject's fixed columns.
struct Dependence: OptionSet, Hashable, Sendable {
  let rawValue: UInt8
  static let moment = Dependence(rawValue: 1)
  static let firing = Dependence(rawValue: 2)
  static let scanned = Dependence(rawValue: 4)
  static let awards = Dependence(rawValue: 8)
  static let tiers = Dependence(rawValue: 16)
}

/// Rows of a stream that match.
struct PlanPattern: Hashable, Sendable {
  var stream: StreamID
  /// One byte a kind (events) or a rule (awards): 1 if it belongs.
  var kinds: [UInt8]
  /// A node about the scanned row.
  var condition: Int?
}

struct PlanAggregate: Hashable, Sendable {
  var function: EventAggregate.Function
  var pattern: Int
  /// A node about the scanned row; nil on the awards stream means the points.
  var value: Int?
  var window: Window
  var same: [Int]
  /// Its condition or value depends on the moment or the firing event, so that no prefix serves all points.
  var isCorrelated: Bool
}

/// `"text {value as format}"`
struct PlanTemplate: Hashable, Sendable {
  enum Part: Hashable, Sendable {
    /// An index in `Plan.texts`.
    case literal(Int)
    /// Position among the node's inputs.
    case value(Int, Type, TypedExpr.Format)
  }
  var parts: [Part]
}

/// What an incentive asks of the engine.
struct PlanIncentive: Sendable {
  enum Points: Sendable {
    /// A pattern on the events stream.
    case events(pattern: Int)
    case checks(PeriodUnit)
  }
  var points: Points
  /// `among and when`
  var condition: Int?
  var amount: Int?
  /// Whether it is to be decided: asked for, or read by what is.
  var isWanted = true
  var roots: [Int] { [condition, amount].compactMap(\.self) }
}

struct PlanLadder: Sendable {
  /// For each tier its `when`, nil on the lowest.
  var when: [Int?]
  /// For each tier its `keep when`, or its `when`.
  var keep: [Int?]
  var isWanted = true
  var roots: [Int] { (when + keep).compactMap(\.self) }
}

struct PlanFact: Sendable {
  var letIndex: Int
  var node: Int
}

/// A value about the community that every batch gives a part of.
enum PlanCommunityValue: Hashable, Sendable {
  /// About members: the nodes of its value and `among` at the as-of.
  case members(MemberAggregate.Function, value: Int, among: Int?)
  /// About everybody's events: an index in `Plan.aggregates`, and whether it is about a text.
  case events(Int, isText: Bool)

  /// The nodes about members that it reads at the as-of.
  var nodes: [Int] {
    if case .members(_, let value, let among) = self { [value, among].compactMap(\.self) } else { [] }
  }
}

struct Plan: Sendable {
  var nodes: [PlanNode] = []
  var dependence: [Dependence] = []
  /// Whether a node's value may be a fault.
  var mayFault: [Bool] = []
  /// The place in the rules that a node came from first.
  var spans: [Span] = []
  var patterns: [PlanPattern] = []
  var aggregates: [PlanAggregate] = []
  var texts: [String] = []
  /// For each table the index in `texts` of each position of a choice.
  var choiceTables: [[Int]] = []
  var templates: [PlanTemplate] = []
  var incentives: [PlanIncentive] = []
  var ladders: [PlanLadder] = []
  var facts: [PlanFact] = []
  var communityValues: [PlanCommunityValue] = []
  var communityFacts: [PlanFact] = []
  /// Event attributes that some node reads.
  var attributesRead: Set<Int> = []
  var columnsRead: Set<Int> = []

  /// The nodes that some roots need, in index order: children before parents.
  func needed(by roots: [Int]) -> [Int] {
    var isNeeded = [Bool](repeating: false, count: nodes.count)
    for root in roots where nodes.indices.contains(root) { isNeeded[root] = true }
    var result: [Int] = []
    for index in nodes.indices.reversed() where isNeeded[index] {
      result.append(index)
      for input in nodes[index].inputs { isNeeded[input] = true }
    }
    return result.reversed()
  }
}
