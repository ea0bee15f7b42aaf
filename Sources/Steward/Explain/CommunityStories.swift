/// What expressions said at the last checks: of a metric its values, of a condition what it compares.
public struct CheckTable: Sendable {
  public struct Column: Sendable {
    /// As the rules write it.
    public var source: String
    public var title: String?
    /// More checks than rows have, oldest first. - Missing: nil where there is no value, or none that is a number.
    public var spark: [Double?]
  }

  public struct Row: Sendable {
    public var at: Int64
    public var values: [ShownValue]
    /// Whether the condition held. - Missing: nil where there is none, or it is hidden.
    public var holds: Bool?
    /// The alert's state from this check on. - Missing: nil while it is inactive, or for what is no alert.
    public var state: AlertRecord.State?
  }

  public var columns: [Column]
  /// Oldest first.
  public var rows: [Row]
  public var hasCondition: Bool
  public var hasStates: Bool
}

/// What an alert says of itself: of the community, of one group or member, or of all of them at a glance.
public struct AlertStory: Sendable {
  /// Of one subject.
  public struct Watch: Sendable {
    /// A member's id or a group's name. - Missing: nil for the whole community.
    public var about: String?
    /// The check that it is told of. - Missing: nil before the first.
    public var check: Int64?
    /// Whether the subject is watched: a member in the segment and there, a group with somebody in it.
    public var isWatched: Bool
    /// `each member in`, then `when`, as of that check.
    public var conditions: [ExplainedPart]
    /// - Missing: nil while it is inactive.
    public var state: AlertRecord.State?
    public var since: Int64?
    public var table: CheckTable?
    /// How `for`, `keep`, `cooldown` and `unless` stand.
    public var clauses: [(clause: String, text: Wording)]
    /// All that it went through, oldest first.
    public var stays: [Stay]
  }

  public struct Stay: Sendable {
    public var state: AlertRecord.State
    public var from: Int64
    public var to: Int64?
    public var message: String?
  }

  /// Of many subjects, those with something to say.
  public struct Subject: Sendable {
    public var about: String
    public var state: AlertRecord.State
    public var since: Int64
    public var message: String?
    /// Of a group: what the condition compares.
    public var value: ShownValue?
  }

  public struct Notice: Sendable {
    public var at: Int64
    public var about: [String]
    public var group: [String]
    public var message: String?
    public var suggest: String?
  }

  public var alert: String
  public var title: String?
  public var doc: [String]
  public var severity: TypedAlert.Severity
  /// `each member in …`, `each city`. - Missing: nil where it is about the community.
  public var each: String?
  public var condition: String
  /// - Missing: nil where it is about many and nobody asked for one.
  public var watch: Watch?
  /// Those firing, then those pending, the newest first.
  public var subjects: [Subject]
  public var firing: Int
  public var pending: Int
  /// How many fired at the last checks.
  public var firingCounts: CheckTable?
  /// About the subject that was asked for, or all; oldest first.
  public var notices: [Notice]
  public var notify: [String]
  /// Whether a day has several checks.
  var isHourly: Bool
}

/// What a metric says, and what it is made of.
public struct MetricStory: Sendable {
  public struct Group: Sendable {
    public var name: String
    public var value: ShownValue
    public var spark: [Double?]
  }

  public var metric: String
  public var title: String?
  public var doc: [String]
  public var every: PeriodUnit
  /// How members are split. - Missing: nil where they are not.
  public var by: String?
  /// The group that was asked for.
  public var group: String?
  /// The last check. - Missing: nil before the first.
  public var check: Int64?
  /// - Missing: nil of a split one without a group.
  public var part: ExplainedPart?
  public var table: CheckTable?
  public var groups: [Group]
  public var benchmark: (value: ShownValue, source: String?)?
}

/// How far a goal has got, and why.
public struct GoalStory: Sendable {
  public var goal: String
  public var title: String?
  public var doc: [String]
  /// As the rules write it.
  public var condition: String
  public var record: GoalRecord
  /// The value at the end of its first day. - Missing: nil before that.
  public var start: Double?
  public var by: Int32
  public var isAtLeast: Bool
  public var isShare: Bool
  /// The day that the figures are of.
  public var check: Int64?
  public var parts: [ExplainedPart]
  public var table: CheckTable?
}

/// When a phase begins and ends, and what it waits for.
public struct PhaseStory: Sendable {
  public var plan: String
  public var phase: String
  public var title: String?
  public var doc: [String]
  public var record: PhaseRecord
  public var by: Int32?
  /// Its place among the plan's phases, from 1, and how many there are.
  public var place: Int
  public var count: Int
  /// The phase before it, while that is not over.
  public var waitsFor: String?
  /// - Missing: nil where nothing ends it.
  public var until: ExplainedPart?
  public var check: Int64?
  public var table: CheckTable?
  /// The rules that act in this phase alone, or in it and others.
  public var rules: [String]
}
