// A plan is the typed tree of a whole rule set made flat: equal sub-expressions are one node, whoever wrote them; children
// stand before their parents, so that a pass in index order needs no recursion. A node says nothing about where it is
// evaluated: a mechanism evaluates its roots at its own points.

import OrderedCollections

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
  /// A column of the member or item that the operand points to.
  case referenced(PlanTable, column: Int)
  /// The operand about the same subject so many calendar days earlier.
  case previous(days: Int32)
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
  /// What the subject holds and was given: the entries of the ledger that a point may see.
  case standing(Standing)
  /// What all batches together found; an index in `Plan.communityValues`.
  case communityValue(Int)
  /// A series of the community, by its index in `Plan.series`; of an own group, that of the lane.
  case series(Int, SeriesRead, MetricGroup)
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

/// A table whose rows are referred to.
enum PlanTable: Hashable, Sendable { case members, content }

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
  /// Points, awards, badges or tiers.
  static let standing = Dependence(rawValue: 8)
}

/// What can be read of a subject's standing.
enum Standing: Hashable, Sendable {
  /// By purse.
  case balance(Int)
  case earned(Int, Window)
  case spent(Int, Window)
  /// By incentive.
  case awards(Int, Window)
  case lastAward(Int)
  case badges
  /// By ladder.
  case tier(Int)
  case tierSince(Int)

  /// The stretch of time whose entries it reads.
  var window: Window {
    switch self {
    case .earned(_, let window), .spent(_, let window), .awards(_, let window): window
    default: .all
    }
  }
}

/// Events that match.
struct PlanPattern: Hashable, Sendable {
  /// One byte a kind: 1 if it belongs.
  var kinds: [UInt8]
  /// A node about the scanned row.
  var condition: Int?
}

struct PlanAggregate: Hashable, Sendable {
  var function: EventAggregate.Function
  var pattern: Int
  /// A node about the scanned row.
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
  /// For each purse that it gives, the points of each place; a deduction's points are like those of an award.
  var amounts: [[Int]] = []
  /// Of a board.
  var keys: [Int] = []
  var within: [Int] = []
  /// Whether it is to be decided: asked for, or read by what is.
  var isWanted = true
  var roots: [Int] { (condition.map { [$0] } ?? []) + amounts.flatMap(\.self) + keys + within }
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
  case members(MemberAggregate.Function, value: Int, among: Int?, MemberAggregate.Guards)
  /// About everybody's events: an index in `Plan.aggregates`, and whether it is about a text.
  case events(Int, isText: Bool)

  /// The nodes about members that it reads at the as-of.
  var nodes: [Int] {
    if case .members(_, let value, let among, _) = self { [value, among].compactMap(\.self) } else { [] }
  }
}

/// - Shape: ordered sets, so that what is equal has one place, whoever asks for it.
struct Plan: Sendable {
  var nodes: OrderedSet<PlanNode> = []
  var dependence: [Dependence] = []
  /// Whether a node's value may be a fault.
  var mayFault: [Bool] = []
  /// The place in the rules that a node came from first.
  var spans: [Span] = []
  var patterns: OrderedSet<PlanPattern> = []
  var aggregates: OrderedSet<PlanAggregate> = []
  var texts: [String] = []
  /// For each table the index in `texts` of each position of a choice.
  var choiceTables: OrderedSet<[Int]> = []
  var templates: OrderedSet<PlanTemplate> = []
  var incentives: [PlanIncentive] = []
  var ladders: [PlanLadder] = []
  /// What is decided together, each after those that it reads.
  var strata: [Stratum] = []
  var facts: [PlanFact] = []
  var communityValues: OrderedSet<PlanCommunityValue> = []
  var communityFacts: [PlanFact] = []
  var grids: OrderedSet<PlanGrid> = []
  var series: OrderedSet<PlanSeries> = []
  /// By index in `series`.
  var seriesTypes: [SeriesTypes] = []
  /// By metric: its series. - Missing: nil where nobody asks for it.
  var metricSeries: [Int?] = []
  /// Lets about content items.
  var itemFacts: [PlanFact] = []
  /// Event attributes that some node reads.
  var attributesRead: Set<Int> = []
  var columnsRead: Set<Int> = []
  var contentColumnsRead: Set<Int> = []
  /// Kinds that some pattern names.
  var kindsRead: Set<Int> = []

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
