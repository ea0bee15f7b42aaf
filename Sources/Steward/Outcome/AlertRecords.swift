// What alerts, goals and plans found.

/// Whom an alert is about.
public enum AlertSubject: Hashable, Sendable {
  case community
  /// Row in the member table.
  case member(Int32)
  /// A group of members, by its name; names are told apart by their bytes.
  case group(String)

  public static func == (left: AlertSubject, right: AlertSubject) -> Bool {
    switch (left, right) {
    case (.community, .community): true
    case (.member(let one), .member(let other)): one == other
    case (.group(let one), .group(let other)): one.utf8.elementsEqual(other.utf8)
    default: false
    }
  }

  public func hash(into hasher: inout Hasher) {
    switch self {
    case .community: hasher.combine(0)
    case .member(let member): hasher.combine(member)
    case .group(let name): for byte in name.utf8 { hasher.combine(byte) }
    }
  }
}

/// A stay of an alert in one state.
public struct AlertRecord: Hashable, Sendable {
  public enum State: String, Hashable, Sendable { case pending, firing, resolved }
  /// Index in `TypedProgram.alerts`.
  public var alert: Int32
  public var about: AlertSubject
  public var state: State
  /// The check at which it began. - Unit: microseconds since 1970-01-01 00:00 UTC.
  public var from: Int64
  /// - Missing: nil while it lasts.
  public var to: Int64?
  /// As it was when the alert began to fire.
  public var message: String?
  public init(
    alert: Int32, about: AlertSubject, state: State, from: Int64, to: Int64? = nil, message: String? = nil
  ) {
    self.alert = alert
    self.about = about
    self.state = state
    self.from = from
    self.to = to
    self.message = message
  }
}

/// A message that goes out when an alert begins to fire.
public struct AlertNotification: Hashable, Sendable {
  /// Index in `TypedProgram.alerts`.
  public var alert: Int32
  public var at: Int64
  /// One, or with `group by` several members.
  public var about: [AlertSubject]
  /// What the members of a `group by` have in common, a text for each of its keys.
  public var group: [String]
  public var message: String?
  public var suggest: String?
  public init(
    alert: Int32, at: Int64, about: [AlertSubject], group: [String] = [], message: String? = nil,
    suggest: String? = nil
  ) {
    self.alert = alert
    self.at = at
    self.about = about
    self.group = group
    self.message = message
    self.suggest = suggest
  }
}

/// A notification that a member did not get, because a budget of pushes was used up.
public struct PushRefusal: Hashable, Sendable {
  /// Index in `TypedProgram.pushBudgets`.
  public var budget: Int32
  /// Index in `TypedProgram.alerts`.
  public var alert: Int32
  public var member: Int32
  public var at: Int64
  public init(budget: Int32, alert: Int32, member: Int32, at: Int64) {
    self.budget = budget
    self.alert = alert
    self.member = member
    self.at = at
  }
}

/// How far a goal has got.
public struct GoalRecord: Hashable, Sendable {
  public enum Status: String, Hashable, Sendable {
    case upcoming, onTrack = "on track", behind, met, missed
  }
  /// Index in `TypedProgram.goals`.
  public var goal: Int32
  /// - Unit: days since 1970-01-01.
  public var from: Int32
  public var value: Double
  public var target: Double
  /// Of the way from the value at `from`. - Missing: nil before it.
  public var share: Double?
  /// What a straight line would have by now.
  public var expected: Double?
  public var status: Status
  /// When the trend of the last 28 days gets there. - Missing: nil if it never does, or is there.
  public var projected: Int32?
}

/// A phase of a plan.
public struct PhaseRecord: Hashable, Sendable {
  public var phase: PhaseIndex
  /// - Missing: nil before it begins. - Unit: days since 1970-01-01.
  public var from: Int32?
  /// Its last day. - Missing: nil before it is over.
  public var to: Int32?
  /// By how many days it is, or was, past its `by`. - Missing: nil without one.
  public var lateDays: Int32?
}
