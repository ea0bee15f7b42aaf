/// An explanation for programs. Fields are only ever added.
extension Explanation {
  /// - Shape: `member community as_of joined left present sections[…]`; each section has a `kind` of `purse`, `ladder`,
  ///   `value`, `rule`, `segments`, `badges`, `alerts`, or of the community `alert`, `metric`, `goal`, `phase`. Times are ISO 8601 with the community's offset; a hidden value is null with
  ///   `state` `hidden`.
  public func json(_ language: Language) -> JSONValue {
    let writer = ExplanationJSON(language: language, calendar: calendar)
    return .object([
      ("member", .optional(member)), ("community", .text(community)), ("as_of", writer.time(asOf)),
      ("joined", writer.day(joined)), ("left", writer.day(left)), ("present", .bool(isPresent)),
      ("sections", .array(sections.map { writer.section($0) })),
    ])
  }
}

struct ExplanationJSON {
  let language: Language
  let calendar: Calendar

  func time(_ instant: Int64?) -> JSONValue { instant.map { .text(calendar.text(ofInstant: $0)) } ?? .null }
  func day(_ day: Int32?) -> JSONValue { day.map { .text(CivilDate(dayNumber: $0).text) } ?? .null }
  private func count(_ number: Int) -> JSONValue { .int(Int64(number)) }
  private func texts(_ texts: [String]) -> JSONValue { .array(texts.map { .text($0) }) }
  private func words(_ words: [Wording]) -> JSONValue { texts(words.map { $0[language] }) }

  func section(_ section: Explanation.Section) -> JSONValue {
    switch section {
    case .purse(let story): purse(story)
    case .ladder(let story): ladder(story)
    case .value(let story): value(story)
    case .rule(let story): rule(story)
    case .alert(let story): alert(story)
    case .alerts(let found): alerts(found)
    case .metric(let story): metric(story)
    case .goal(let story): goal(story)
    case .phase(let story): phase(story)
    case .badges(let badges): .object([("kind", .text("badges")), ("badges", texts(badges))])
    case .segments(let segments):
      .object([
        ("kind", .text("segments")),
        (
          "segments",
          .array(
            segments.map {
              .object([
                ("name", .text($0.definition.name)), ("title", .optional($0.definition.title)),
                ("holds", .bool($0.holds)),
              ])
            })
        ),
      ])
    }
  }

  // MARK: Purses

  private func purse(_ story: PurseStory) -> JSONValue {
    let record = story.record
    return .object([
      ("kind", .text("purse")), ("purse", .text(story.purse)), ("points", .int(record.points)),
      ("earned", .int(record.earned)), ("spent", .int(record.spent)), ("taken_back", .int(story.takenBack)),
      ("expired", .int(record.expired)), ("debt", .int(record.debt)),
      (
        "rules",
        .array(
          story.rules.map {
            .object([
              ("rule", .text($0.rule)), ("title", .optional($0.title)), ("times", count($0.count)),
              ("points", .int($0.points)), ("cut", .int($0.cut)), ("refused", count($0.refused)),
              ("undone", count($0.undone)),
            ])
          })
      ),
      ("entries", .array(story.entries.map { entry($0) })),
    ])
  }

  private func entry(_ entry: PurseStory.Entry) -> JSONValue {
    .object([
      ("at", time(entry.at)), ("kind", .text(entry.kind.rawValue)), ("rule", .optional(entry.rule)),
      ("points", .int(entry.points)), ("wanted", .int(entry.wanted)), ("reasons", words(entry.reasons)),
      ("cause", .optional(entry.cause)), ("undone", .bool(entry.isUndone)), ("debt_paid", .int(entry.debtPaid)),
      ("balance", .int(entry.balance)), ("debt", .int(entry.debt)),
    ])
  }

  // MARK: Tiers

  private func tier(_ tier: LadderStory.Tier) -> JSONValue {
    .object([("name", .text(tier.name)), ("title", .optional(tier.title)), ("grants", texts(tier.grants))])
  }

  private func ladder(_ story: LadderStory) -> JSONValue {
    let next = story.next.map { next in
      JSONValue.object([
        ("tier", tier(next.tier)), ("condition", part(next.condition)), ("missing", wants(next.wants)),
      ])
    }
    let changes = story.changes.map { change in
      JSONValue.object([
        ("at", time(change.at)), ("from", .text(change.from.name)), ("to", .text(change.to.name)),
        ("reason", .text(change.isPromotion ? "promoted" : "demoted")),
        ("condition", change.condition.map { part($0) } ?? .null),
      ])
    }
    return .object([
      ("kind", .text("ladder")), ("ladder", .text(story.ladder)), ("title", .optional(story.title)),
      ("tier", tier(story.tier)), ("since", time(story.since)), ("failing_since", time(story.failingSince)),
      ("falls_on", day(story.fallsOn)), ("falls_to", story.fallsTo.map { tier($0) } ?? .null),
      ("keeps", story.keeps.map { part($0) } ?? .null),
      ("keeps_by", story.keeps == nil ? .null : .text(story.isKept ? "keep when" : "when")), ("next", next ?? .null),
      ("changes", .array(changes)),
      ("last_review", time(story.lastReview)), ("reviewed", .bool(story.isReviewed)),
    ])
  }

  // MARK: Values

  private func value(_ story: ValueStory) -> JSONValue {
    .object([
      ("kind", .text("value")), ("name", .optional(story.definition?.name)),
      ("title", .optional(story.definition?.title)), ("segment", .bool(story.definition?.isSegment ?? false)),
      ("condition", part(story.part)), ("missing", wants(story.wants)),
    ])
  }

  private func shown(_ value: ShownValue) -> JSONValue { value.json }

  private func wants(_ wants: [Want]) -> JSONValue {
    .array(
      wants.map { want in
        .object([
          ("expression", .text(want.source)), ("have", want.have.map { shown($0) } ?? .null),
          ("need", want.need.map { shown($0) } ?? .null), ("text", .text(want.text[language])),
          ("ways", words(want.ways)),
        ])
      })
  }

  func part(_ part: ExplainedPart) -> JSONValue {
    var fields: [(String, JSONValue)] = [
      ("expression", .text(part.source)), ("value", shown(part.value)), ("state", .text(part.value.state.rawValue)),
      ("needed", .bool(part.isNeeded)),
    ]
    if let definition = part.definition {
      fields.append(("name", .text(definition.name)))
      fields.append(("title", .optional(definition.title)))
    }
    if case .comparison(let gap) = part.form {
      fields.append(
        (
          "comparison",
          .object([
            ("subject", .text(gap.subject)), ("have", shown(gap.have)), ("operator", .text(gap.op.rawValue)),
            ("need", shown(gap.need)),
          ])
        ))
    }
    if let evidence = part.evidence {
      fields.append(("matched", count(evidence.matched)))
      if let seen = evidence.seen { fields.append(("seen", count(seen))) }
      fields.append(("events", .array(evidence.events.map { event($0) })))
    }
    if let ratio = part.ratio {
      fields.append(("held", shown(ratio.held)))
      fields.append(("looked_at", shown(ratio.seen)))
    }
    if !part.givers.isEmpty {
      fields.append(
        ("givers", .array(part.givers.map { .object([("rule", .text($0.rule)), ("points", .int($0.points))]) })))
    }
    if !part.parts.isEmpty { fields.append(("parts", .array(part.parts.map { self.part($0) }))) }
    return .object(fields)
  }

  private func event(_ event: EventLine) -> JSONValue {
    var fields: [(String, JSONValue)] = [("at", shown(event.at)), ("event", .text(event.kind))]
    if let by = event.by { fields.append(("by", .text(by))) }
    for attribute in event.attributes { fields.append((attribute.name, shown(attribute.value))) }
    return .object(fields)
  }

  // MARK: Rules

  private func given(_ given: [(purse: String, points: Int64)]) -> JSONValue {
    .object(given.map { ($0.purse, .int($0.points)) })
  }

  private func rule(_ story: RuleStory) -> JSONValue {
    .object([
      ("kind", .text("rule")), ("rule", .text(story.rule)), ("title", .optional(story.title)),
      ("trigger", .text(story.trigger)), ("badge", .optional(story.badge)), ("points_in_time", count(story.points)),
      (
        "ends",
        .array(story.ends.map { .object([("end", .text($0.end.name)), ("count", count($0.count))]) })
      ),
      ("given", given(story.given)), ("last", story.last.map { point($0) } ?? .null),
      ("missed", story.missed.map { point($0) } ?? .null),
    ])
  }

  private func point(_ point: RuleStory.Point) -> JSONValue {
    .object([
      ("at", time(point.at)), ("event", point.event.map { event($0) } ?? .null), ("period", .optional(point.period)),
      ("end", .text(point.end.name)), ("given", given(point.given)),
      (
        "clauses",
        .array(
          point.clauses.map { clause in
            .object([
              ("clause", .text(clause.clause)), ("verdict", .text(clause.verdict.rawValue)),
              ("text", .text(clause.text[language])), ("condition", clause.part.map { part($0) } ?? .null),
            ])
          })
      ),
      ("missing", wants(point.wants)),
    ])
  }
}
