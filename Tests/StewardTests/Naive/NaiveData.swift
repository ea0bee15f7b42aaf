@testable import Steward

/// The data of a community as plain structs, loaded by nobody: what the naive evaluator reads.
struct NaiveData {
  struct Member {
    var id: String
    /// By index in `Schema.members.columns`.
    var columns: [Value]
  }
  struct Item {
    var id: String
    /// By index in `Schema.content.columns`.
    var columns: [Value]
  }
  /// A row of the events' file or of a `records` file.
  struct Event {
    /// Position in `members`, the doer; nil for an anonymous event and for a record.
    var member: Int?
    /// - Unit: microseconds since 1970-01-01 00:00 UTC.
    var at: Int64
    /// Index in `EventSchema.kinds`.
    var kind: Int
    /// By index in `EventSchema.attributes`; an attribute that is not there is missing.
    var attributes: [Int: Value]
    var key: String?

    func attribute(_ index: Int) -> Value { attributes[index] ?? .missing }
  }
  /// Sorted by the bytes of the id.
  var members: [Member]
  /// In any order.
  var events: [Event]
  /// Sorted by the bytes of the id.
  var items: [Item] = []
}

/// An event as one of its subjects sees it.
struct PlacedEvent {
  /// Its kind is the one under which it is seen, its member the doer.
  var event: NaiveData.Event
  /// Place among all that members see, by (member, time, kind, identity); -1 for items and the community.
  var row: Int
  /// Who sees it, where it is the community's.
  var owner: Int?
  /// The kinds under which the same row is there: its own, then those of others who see it.
  var forms: [Int] = []
}

/// A fault of the run, or a promise of the checker that was broken.
enum NaiveFault: Error, Hashable {
  case overflow
  case negativeAward
  /// A value that the typed tree calls settled is missing, or has another type than promised.
  case broken(String)
}

/// Order by bytes: of ids, keys and names of rules.
func precedes(_ left: String, _ right: String) -> Bool { left.utf8.lexicographicallyPrecedes(right.utf8) }

/// Equality by bytes: two spellings of one letter are two texts.
func sameText(_ left: String, _ right: String) -> Bool { left.utf8.elementsEqual(right.utf8) }

extension Value {
  /// The same value; texts by their bytes, numbers as numbers.
  func isSame(_ other: Value) -> Bool {
    switch (self, other) {
    case (.text(let a), .text(let b)): sameText(a, b)
    case (.list(let a), .list(let b)): a.count == b.count && zip(a, b).allSatisfy(sameText)
    case (.number(let a), .number(let b)): a == b
    default: self == other
    }
  }

  /// Whether this comes before another of its type; missing comes last, texts by their bytes.
  func comes(before other: Value) -> Bool {
    switch (self, other) {
    case (.missing, _): false
    case (_, .missing): true
    case (.bool(let a), .bool(let b)): !a && b
    case (.int(let a), .int(let b)): a < b
    case (.number(let a), .number(let b)): a < b
    case (.text(let a), .text(let b)): precedes(a, b)
    // As the file writes them.
    case (.list(let a), .list(let b)): precedes(a.joined(separator: "|"), b.joined(separator: "|"))
    case (.time(let a), .time(let b)): a < b
    case (.date(let a), .date(let b)): a < b
    case (.duration(let a), .duration(let b)): a < b
    case (.period(_, let a), .period(_, let b)): a < b
    case (.choice(let a), .choice(let b)): a < b
    case (.tier(let a), .tier(let b)): a < b
    case (.member(let a), .member(let b)): a < b
    case (.item(let a), .item(let b)): a < b
    default: false
    }
  }
}
