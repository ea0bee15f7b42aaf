// From syntax to meaning. Takes the parsed files of a rule set; gives a `TypedProgram` and what is wrong with it.
//
// The order: names are collected into one name space (Resolver), the community block becomes the `Schema` (SchemaChecker),
// each `let` is typed once, those that it reads first (LetChecker), then incentives and ladders. An expression is typed
// bottom up; what did not compile has the type `.error`, which fits everywhere, so that one mistake gives one message. Guards
// (`x is not missing and …`) are kept as the keys of the expressions that they settle (Narrowing).

/// The checker: names, types, subjects, missing values, privacy.
public enum Checker {
  /// - Reports: N02xx, T03xx, in the order of the files.
  /// - Returns: A program that is complete and free of `.error` nodes if no diagnostic is an error.
  public static func check(
    _ files: [FileSyntax], signatures: [Signature] = Signature.builtIn
  ) -> (program: TypedProgram, diagnostics: [Diagnostic]) {
    check([RuleModule(name: "", files: files)], signatures: signatures)
  }

  /// - Parameter modules: the rule set itself first, then what it uses.
  public static func check(
    _ modules: [RuleModule], signatures: [Signature] = Signature.builtIn
  ) -> (program: TypedProgram, diagnostics: [Diagnostic]) {
    let checker = ProgramChecker(modules, signatures: signatures)
    let program = checker.check()
    return (program, checker.sortedDiagnostics)
  }
}

/// One run of the checker over one rule set.
final class ProgramChecker {
  let modules: [RuleModule]
  var files: [FileSyntax] { modules.flatMap(\.files) }
  let signatures: [String: [Signature]]
  private var diagnostics: [Diagnostic] = []
  private var reported: Set<ReportKey> = []
  private struct ReportKey: Hashable {
    let code: DiagnosticCode
    let span: Span?
  }

  var schema = Schema()
  var names = NameSpace()
  var lets: [LetEntry] = []
  var functions: [FunctionEntry] = []
  var ladders: [LadderEntry] = []
  var incentives: [IncentiveEntry] = []
  var budgetEntries: [BudgetEntry] = []
  var parameters: [ParameterEntry] = []
  var alerts: [AlertEntry] = []
  var goals: [GoalEntry] = []
  var plans: [PhasePlanEntry] = []
  /// Parameters of modules that an `override` has replaced, by name.
  var replacedParameters: [String: ParameterSyntax] = [:]
  /// Of clauses and declarations, as they are checked.
  var budgets: [TypedBudget] = []
  var pushBudgets: [TypedPushBudget] = []
  var metrics: [MetricEntry] = []
  var benchmarkEntries: [BenchmarkEntry] = []
  var sets: [SetEntry] = []
  /// The lets and metrics that are being typed, outermost first.
  var openNames: [Entity] = []
  /// The event sets that are being resolved, outermost first.
  var openSets: [Int] = []
  /// The calls of functions that are being written out, outermost first.
  var callSites: [Span] = []
  /// Nodes that functions have unfolded into, in the declaration at hand.
  var unfolded = 0
  /// A name that stands where a text is wanted.
  var quotable: Span?
  /// How deeply the expression at hand is nested, in the declaration at hand.
  var depth = 0
  /// How deeply calls are nested while their subjects are found.
  var functionDepth = 0
  /// Whether keys name the scanned event as the firing one: while the condition of a trigger is read.
  var writesScannedAsFiring = false

  init(_ modules: [RuleModule], signatures: [Signature]) {
    self.modules = modules
    self.signatures = Dictionary(grouping: signatures, by: \.name)
  }

  var sortedDiagnostics: [Diagnostic] {
    func key(_ diagnostic: Diagnostic) -> (Int, UInt32, UInt32) {
      guard let span = diagnostic.span else { return (-1, 0, 0) }
      return (Int(span.file.index), span.start, span.end)
    }
    let order = diagnostics.indices.sorted { left, right in
      let one = key(diagnostics[left])
      let other = key(diagnostics[right])
      return one == other ? left < right : one < other
    }
    return order.map { diagnostics[$0] }
  }

  /// Says a problem once for a place, with the call through which it was met.
  func report(
    _ problem: some CheckProblem, at span: Span, related: [Diagnostic.Related] = [], edits: [TextEdit] = []
  ) {
    guard reported.insert(ReportKey(code: problem.code, span: span)).inserted else { return }
    var related = related
    if let call = callSites.first {
      related.append(.init(span: call, message: Wording(en: "met through this call", zh: "由这次调用引起")))
    }
    diagnostics.append(problem.at(span, related: related, edits: edits))
  }

  /// Says a problem that has no place in the rules.
  func report(_ problem: some CheckProblem) {
    diagnostics.append(
      Diagnostic(
        code: problem.code, severity: problem.severity, message: problem.message, label: problem.label,
        hint: problem.hint))
  }

  /// `declared here`, if it is declared in the rules.
  func declared(_ name: String) -> [Diagnostic.Related] { declared(at: names[name]?.span, name) }

  func declared(at span: Span?, _ name: String) -> [Diagnostic.Related] {
    guard let span else { return [] }
    return [.init(span: span, message: Wording(en: "`\(name)` is declared here", zh: "“\(name)”在这里声明"))]
  }

  func check() -> TypedProgram {
    guard let community = collect() else { return TypedProgram(schema: schema) }
    checkSchema(community)
    checkNeeds()
    checkSets()
    for index in parameters.indices { _ = parameterValue(index) }
    checkLets()
    for index in metrics.indices { typeMetric(index) }
    let benchmarks = checkBenchmarks()
    checkUncalledFunctions()
    var typedIncentives = incentives.indices.map(checkIncentive)
    checkTakeBacks(&typedIncentives)
    let typedAlerts = alerts.indices.map(checkAlert)
    checkUnless(typedAlerts)
    for index in budgetEntries.indices { checkBudget(index, typedIncentives, typedAlerts) }
    budgets.sort { ($0.span.file.index, $0.span.start) < ($1.span.file.index, $1.span.start) }
    let typedLadders = ladders.indices.map(checkLadder)
    checkLadderCycles(typedLadders)
    var program = TypedProgram(
      schema: schema, lets: lets.map(\.typed), incentives: typedIncentives, ladders: typedLadders, budgets: budgets,
      metrics: metrics.map(\.typed), benchmarks: benchmarks)
    program.alerts = typedAlerts
    program.goals = goals.indices.map(checkGoal)
    program.plans = plans.indices.map(checkPlan)
    program.pushBudgets = pushBudgets
    return program
  }
}
