// Holds a rule set against its data for what no type sees. Takes a program without errors and all of its data; gives warnings
// in the order of the rules: kinds, values and texts that no row has, columns that are always empty, and rules of which nothing
// ever came, with the clause that never held. Nothing here keeps rules from running.

/// What the data says of a rule set that no type sees.
public enum DataAudit {
  /// - Reports: D0440–D0444, R0540–R0542.
  /// - Cost: that of a run; of two where rules never fired.
  public static func findings(
    _ program: TypedProgram, _ data: Dataset, calendar: Calendar, asOf: Int64? = nil, workers: Workers = .serial,
    stop: StopFlag = StopFlag()
  ) -> [Diagnostic] {
    held(program, data, calendar: calendar, asOf: asOf, workers: workers, stop: stop).findings
  }

  /// The same, and the events at which a rule takes back what was not there, which would end a run.
  static func held(
    _ program: TypedProgram, _ data: Dataset, calendar: Calendar, asOf: Int64?, workers: Workers, stop: StopFlag
  ) -> (findings: [Diagnostic], strays: [StrayTaking]) {
    let counts = KindCounts(program.schema, data)
    var values = ValueAudit(program: program, data: data, counts: counts, calendar: calendar)
    values.audit()
    var found = values.found
    let rules = RuleAudit(
      program: program, data: data, calendar: calendar, asOf: asOf, counts: counts,
      told: values.textsTold, workers: workers, stop: stop)
    var strays: [StrayTaking] = []
    found += rules.findings(strays: &strays)
    return (DiagnosticOrder.sorted(found), strays)
  }
}

/// How many rows each kind has.
struct KindCounts {
  /// By kind.
  private(set) var rows: [Int]
  /// Kinds of the events' own files that no row has and no skipped spelling is near to, or is.
  private(set) var unseen: Set<Int> = []
  /// Rows of the events' own files, skipped ones too.
  private(set) var all = 0

  init(_ schema: Schema, _ data: Dataset) {
    let kinds = schema.events?.kinds ?? []
    var rows = Array(repeating: 0, count: kinds.count)
    for store in [data.events, data.anonymous] {
      for word in store.rows {
        let kind = Int(word & EventStore.kindMask)
        if kind < rows.count { rows[kind] += 1 }
      }
    }
    self.rows = rows
    for kind in kinds.indices where kinds[kind].isOfFile {
      all += rows[kind]
      if rows[kind] == 0 { unseen.insert(kind) }
    }
    all += data.skippedKinds.reduce(0) { $0 + $1.rows }
  }
}

/// Whole numbers as people read them: 16,247.
enum Counted {
  static func text(_ number: Int) -> String { Grouped.text(number) }
}
