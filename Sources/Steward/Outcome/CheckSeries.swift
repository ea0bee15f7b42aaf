/// What an expression about the community said at each check, for each group: a metric's values, an alert's condition.
public struct CheckSeries: Sendable {
  public var type: Type
  /// - Unit: microseconds since 1970-01-01 00:00 UTC; ascending.
  public var moments: [Int64]
  /// The local day of each check.
  public var days: [Int32]
  /// What members are split by, in the order of values; `.missing`, the group `(none)`, comes last. One `.missing` where
  /// nothing is split.
  public var groups: [Value]
  public var isSplit: Bool
  /// By group, then check.
  public var values: [[Value]]
  /// By group, then check: 1 where the value is withheld because too few members are in it, or out; empty if none is.
  public var withheld: [[UInt8]]

  public init(
    type: Type, moments: [Int64] = [], days: [Int32] = [], groups: [Value] = [.missing], isSplit: Bool = false,
    values: [[Value]] = [[]], withheld: [[UInt8]] = []
  ) {
    self.type = type
    self.moments = moments
    self.days = days
    self.groups = groups
    self.isSplit = isSplit
    self.values = values
    self.withheld = withheld
  }

  /// The value of a group at a check. - Missing: `.missing` also beyond the ends.
  public func value(_ group: Int, _ check: Int) -> Value {
    guard values.indices.contains(group), values[group].indices.contains(check) else { return .missing }
    return values[group][check]
  }

  public func isWithheld(_ group: Int, _ check: Int) -> Bool {
    withheld.indices.contains(group) && withheld[group].indices.contains(check) && withheld[group][check] != 0
  }

  /// The last check at or before an instant.
  public func check(atOrBefore instant: Int64) -> Int? {
    var (low, high) = (0, moments.count)
    while low < high {
      let middle = (low + high) / 2
      if moments[middle] <= instant { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? low - 1 : nil
  }
}
