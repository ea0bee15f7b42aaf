/// A calendar period of the community's time zone.
public enum PeriodUnit: Int, Hashable, Sendable, CaseIterable, Comparable {
  case day, week, month, quarter, year
  public static func < (left: PeriodUnit, right: PeriodUnit) -> Bool { left.rawValue < right.rawValue }
  /// The keyword, as in `per day`.
  public var keyword: String {
    switch self {
    case .day: "day"
    case .week: "week"
    case .month: "month"
    case .quarter: "quarter"
    case .year: "year"
    }
  }
}

/// A day of the week; ISO order, Monday first.
public enum Weekday: Int, Hashable, Sendable, CaseIterable {
  case monday, tuesday, wednesday, thursday, friday, saturday, sunday
  public var name: String {
    switch self {
    case .monday: "monday"
    case .tuesday: "tuesday"
    case .wednesday: "wednesday"
    case .thursday: "thursday"
    case .friday: "friday"
    case .saturday: "saturday"
    case .sunday: "sunday"
    }
  }
}

/// A fixed set of texts of which a value is one. A value is stored as its position in `values`.
public struct Choice: Hashable, Sendable {
  public let values: [String]
  public init(_ values: [String]) { self.values = values }
  public static let weekdays = Choice(Weekday.allCases.map(\.name))
}

/// The type of an expression: its base, whether it may be missing, and whether a private value decides it.
public struct Type: Hashable, Sendable {
  public indirect enum Base: Hashable, Sendable {
    case bool
    /// 64 bits; overflow is an error of the run.
    case int
    /// A decimal datum or a computed double.
    case number
    case text
    /// An instant. - Unit: microseconds since 1970-01-01 00:00 UTC.
    case time
    /// A civil day. - Unit: days since 1970-01-01.
    case date
    /// - Unit: microseconds.
    case duration
    case period(PeriodUnit)
    case choice(Choice)
    /// A tier of the ladder with that index in the program; ordered.
    case tier(Int)
    /// A list of text.
    case list
    case member
    case item
    /// The type of what did not compile; it fits everywhere, so that one mistake gives one message.
    case error
  }

  public var base: Base
  public var isOptional: Bool
  /// Computed from a `private` column: may decide whether, never how much, whom it shows, or in what order.
  public var isPrivate: Bool

  public init(_ base: Base, optional: Bool = false, isPrivate: Bool = false) {
    self.base = base
    self.isOptional = optional
    self.isPrivate = isPrivate
  }

  public static let bool = Type(.bool)
  public static let int = Type(.int)
  public static let number = Type(.number)
  public static let text = Type(.text)
  public static let time = Type(.time)
  public static let date = Type(.date)
  public static let duration = Type(.duration)
  public static let list = Type(.list)
  public static let error = Type(.error)

  public var optional: Type { Type(base, optional: true, isPrivate: isPrivate) }
  public var settled: Type { Type(base, optional: false, isPrivate: isPrivate) }
  public func tainted(by others: Type...) -> Type {
    Type(base, optional: isOptional, isPrivate: others.contains { $0.isPrivate } || isPrivate)
  }
}
