import Testing

@testable import Steward

/// What an explanation asks of the community again is what the run found.
@Suite struct CommunityRunTests {
  @Test func `random rule sets: metrics and alerts asked again are as they were`() throws {
    var (metrics, alerts) = (0, 0)
    for seed in 0..<UInt64(environment("STEWARD_SEEDS") ?? 120) {
      let program = try RandomProgramTests.program(seed * 11)
      let file = SourceFile(id: FileID(0), name: "random.steward", text: program.source)
      let (typed, problems) = Pipeline.check([file])
      if problems.contains(where: { $0.severity == .error }) { continue }
      guard let data = try? Differential(program: program).loaded(Differential.Mode()).get() else { continue }
      let result = Engine.run(
        typed, data, calendar: program.rows.calendar, options: Engine.Options(asOf: program.rows.asOf))
      guard let ground = result.ground, let outcome = result.outcome else { continue }
      for (index, metric) in typed.metrics.enumerated() {
        guard let found = outcome.metrics[index] else { continue }
        metrics += 1
        let wrong = difference(metric, found, ground)
        #expect(wrong == nil, "seed \(seed)\n\(program.source)")
      }
      for (index, alert) in typed.alerts.enumerated() {
        guard case .community = alert.about else { continue }
        alerts += 1
        let run = CommunityRun(ground, [alert.when], alert.check)
        #expect(stays(alert, index, run) == stays(outcome, index), "seed \(seed), \(alert.name)\n\(program.source)")
      }
    }
    #expect(metrics > 100 && alerts > 10, "\(metrics) metrics, \(alerts) alerts")
  }

  /// - Missing: nil if nothing differs.
  private func difference(_ metric: TypedMetric, _ found: CheckSeries, _ ground: Engine.Ground) -> String? {
    let asked = [metric.value] + ground.context.program.countsOfShares(in: [metric.value])
    let run = CommunityRun(ground, asked, .period(metric.every), split: metric.by)
    if run.checks.moments != found.moments || run.groups != found.groups { return metric.name + ": checks or groups" }
    for group in found.groups.indices {
      let all = run.values(metric.value, group, found.moments.indices)
      for check in found.moments.indices {
        let value = found.value(group, check)
        let part = PartReader.part(metric.value, run, RuleTexts([]), run.point(group, check))
        for shown in [all[check], part.value] {
          if metric.value.type.isPrivate || shown.state == .hidden { continue }
          if value == .missing {
            if shown.state == .present { return "\(metric.name) is there at \(check)" }
          } else if shown.json.text != ShownValue(value, found.type, ground.context).json.text {
            return "\(metric.name) at \(check): \(shown.json.text), \(value)"
          }
        }
      }
    }
    return nil
  }

  private func stays(_ outcome: Outcome, _ alert: Int) -> [String] {
    outcome.alerts.filter { Int($0.alert) == alert }.map { "\($0.state) \($0.from) \($0.to ?? 0)" }
  }

  /// The states that follow from what the condition says.
  private func stays(_ alert: TypedAlert, _ index: Int, _ run: CommunityRun) -> [String] {
    let clock = run.context.alertClocks[index]
    var machine = AlertMachine(alert, clock)
    for (check, value) in run.values(alert.when, 0, run.checks.moments.indices).enumerated() {
      machine.step(from: check, to: check + 1, value.flag == true ? .holds : .fails)
    }
    return machine.stays.map { stay in
      "\(AlertRecord.State(stay.state)) \(clock.moments[stay.from]) \(stay.to.map { clock.moments[$0] } ?? 0)"
    }
  }
}
