// Alerts, metrics, goals and phases for programs.

extension ExplanationJSON {
  private func number(_ value: Double?) -> JSONValue { value.map { .number(NumberText.shortest($0)) } ?? .null }
  private func texts(_ texts: [String]) -> JSONValue { .array(texts.map { .text($0) }) }

  /// - Shape: `columns[expression title series] rows[at values holds state]`; `holds` and `state` where they apply.
  private func table(_ table: CheckTable?) -> JSONValue {
    guard let table else { return .null }
    let columns = table.columns.map { column in
      JSONValue.object([
        ("expression", .text(column.source)), ("title", .optional(column.title)),
        ("series", .array(column.spark.map { number($0) })),
      ])
    }
    let rows = table.rows.map { row in
      var fields: [(String, JSONValue)] = [
        ("at", time(row.at)),
        (
          "values",
          .array(row.values.map { .object([("value", $0.json), ("state", .text($0.state.rawValue))]) })
        ),
      ]
      if table.hasCondition { fields.append(("holds", row.holds.map { .bool($0) } ?? .null)) }
      if table.hasStates { fields.append(("state", .text(row.state?.rawValue ?? "inactive"))) }
      return JSONValue.object(fields)
    }
    return .object([("columns", .array(columns)), ("rows", .array(rows))])
  }

  // MARK: Alerts

  func alert(_ story: AlertStory) -> JSONValue {
    .object([
      ("kind", .text("alert")), ("alert", .text(story.alert)), ("title", .optional(story.title)),
      ("severity", .text(story.severity.rawValue)), ("each", .optional(story.each)),
      ("when", .text(story.condition)), ("watch", story.watch.map { watch($0) } ?? .null),
      ("firing", .int(Int64(story.firing))), ("pending", .int(Int64(story.pending))),
      ("firing_counts", table(story.firingCounts)),
      (
        "subjects",
        .array(
          story.subjects.map {
            .object([
              ("about", .text($0.about)), ("state", .text($0.state.rawValue)), ("since", time($0.since)),
              ("value", $0.value?.json ?? .null), ("message", .optional($0.message)),
            ])
          })
      ),
      ("notify", texts(story.notify)),
      (
        "notifications",
        .array(
          story.notices.map {
            .object([
              ("at", time($0.at)), ("about", texts($0.about.filter { !$0.isEmpty })), ("group", texts($0.group)),
              ("message", .optional($0.message)), ("suggest", .optional($0.suggest)),
            ])
          })
      ),
    ])
  }

  private func watch(_ watch: AlertStory.Watch) -> JSONValue {
    .object([
      ("about", .optional(watch.about)), ("check", time(watch.check)), ("watched", .bool(watch.isWatched)),
      ("state", .text(watch.state?.rawValue ?? "inactive")), ("since", time(watch.since)),
      ("conditions", .array(watch.conditions.map { part($0) })),
      (
        "clauses",
        .array(
          watch.clauses.map { .object([("clause", .text($0.clause)), ("text", .text($0.text[language]))]) })
      ),
      ("checks", table(watch.table)),
      (
        "states",
        .array(
          watch.stays.map {
            .object([
              ("state", .text($0.state.rawValue)), ("from", time($0.from)), ("to", time($0.to)),
              ("message", .optional($0.message)),
            ])
          })
      ),
    ])
  }

  func alerts(
    _ alerts: [(alert: String, title: String?, state: AlertRecord.State, since: Int64)]
  ) -> JSONValue {
    .object([
      ("kind", .text("alerts")),
      (
        "alerts",
        .array(
          alerts.map {
            .object([
              ("alert", .text($0.alert)), ("title", .optional($0.title)), ("state", .text($0.state.rawValue)),
              ("since", time($0.since)),
            ])
          })
      ),
    ])
  }

  // MARK: Metrics, goals, phases

  func metric(_ story: MetricStory) -> JSONValue {
    .object([
      ("kind", .text("metric")), ("metric", .text(story.metric)), ("title", .optional(story.title)),
      ("every", .text(story.every.keyword)), ("by", .optional(story.by)), ("group", .optional(story.group)),
      ("check", time(story.check)), ("value", story.part.map { part($0) } ?? .null), ("checks", table(story.table)),
      (
        "groups",
        .array(
          story.groups.map {
            .object([
              ("group", .text($0.name)), ("value", $0.value.json), ("state", .text($0.value.state.rawValue)),
              ("series", .array($0.spark.map { number($0) })),
            ])
          })
      ),
      (
        "benchmark",
        story.benchmark.map { .object([("value", $0.value.json), ("source", .optional($0.source))]) } ?? .null
      ),
    ])
  }

  func goal(_ story: GoalStory) -> JSONValue {
    let record = story.record
    return .object([
      ("kind", .text("goal")), ("goal", .text(story.goal)), ("title", .optional(story.title)),
      ("reach", .text(story.condition)), ("from", day(record.from)), ("by", day(story.by)),
      ("value", number(record.value)), ("target", number(record.target)), ("share", number(record.share)),
      ("start", number(story.start)), ("expected", number(record.expected)), ("status", .text(record.status.rawValue)),
      ("projected", day(record.projected)), ("check", time(story.check)),
      ("parts", .array(story.parts.map { part($0) })), ("checks", table(story.table)),
    ])
  }

  func phase(_ story: PhaseStory) -> JSONValue {
    let record = story.record
    return .object([
      ("kind", .text("phase")), ("plan", .text(story.plan)), ("phase", .text(story.phase)),
      ("title", .optional(story.title)), ("place", .int(Int64(story.place))), ("phases", .int(Int64(story.count))),
      ("from", day(record.from)), ("to", day(record.to)), ("by", day(story.by)),
      ("late_days", record.lateDays.map { .int(Int64($0)) } ?? .null), ("waits_for", .optional(story.waitsFor)),
      ("rules", texts(story.rules)), ("until", story.until.map { part($0) } ?? .null), ("check", time(story.check)),
      ("checks", table(story.table)),
    ])
  }
}
