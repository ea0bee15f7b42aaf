import Synchronization

/// Everything that an answer depends on: rules, what was declared, data, moment, subject.
public struct SessionState: Sendable {
  /// - Missing: nil while no rules are loaded.
  public var rulesPath: String?
  /// As a person named it. - Missing: nil where it follows from the rules.
  public var askedData: String?
  /// Rows that are wrong are left out.
  public var skipsBadRows = false
  var sources = RuleSources(files: [], modules: [RuleModule(name: "", files: [])], diagnostics: [])
  /// What this session declared, in order; one entry may declare several.
  var declared: [SessionDeclaration] = []
  /// The files of all entries that declared something.
  var inputs: [SourceFile] = []
  /// - Missing: nil while the rules are wrong.
  var program: TypedProgram?
  /// What is wrong with the rules as loaded, and what they warn of.
  var diagnostics: [Diagnostic] = []
  var data: SessionData?
  public var asOf: AsOf?
  /// The member whom expressions are about. - Missing: nil for the community.
  public var member: String?
  /// The content item whom expressions are about.
  public var item: String?
  /// What all rules find, once somebody has asked.
  var results = SessionResults()
  /// How often rules or data were read, so that `:undo` knows when they were.
  var loads = 0
  /// Names whose figures are shown after every change.
  var watched: [String] = []

  public init() {}

  var files: [SourceFile] { sources.files + inputs }

  /// Whether there is a community block.
  var saysWhatDataIs: Bool { rulesPath != nil || declared.contains(where: \.isCommunity) }

  var hasRules: Bool { rulesPath != nil || !declared.isEmpty }

  /// The modules with what this session declared, which takes the place of its namesakes.
  var modules: [RuleModule] {
    let names = Set(declared.compactMap(\.name))
    let hasCommunity = declared.contains { $0.isCommunity }
    var result = sources.modules
    for module in result.indices {
      result[module].files = result[module].files.map { file in
        let kept = file.declarations.filter { declaration in
          if case .community = declaration.kind { return !hasCommunity }
          return declaration.kind.overriddenName.map { !names.contains($0) } ?? true
        }
        return FileSyntax(file: file.file, declarations: kept, comments: file.comments)
      }
    }
    let trees = declared.map { FileSyntax(file: $0.file, declarations: [$0.syntax], comments: []) }
    result[0].files += trees
    if !hasCommunity, !result.contains(where: { $0.files.contains(where: \.hasCommunity) }) {
      result[0].files.append(SessionState.nobody)
    }
    return result
  }

  /// The description of a community without data, so that expressions can be tried out without any rules.
  private static let nobody = Parser.parse(
    SourceFile(id: FileID(.max), name: "", text: "community \"\" { members from \"members.csv\" { id text key } }")
  ).0

  /// The whole as the checker takes it, with hidden `let`s behind.
  func sources(with hidden: [FileSyntax] = [], files more: [SourceFile] = []) -> RuleSources {
    var modules = modules
    modules[0].files += hidden
    return RuleSources(files: files + more, modules: modules, diagnostics: sources.diagnostics)
  }

  /// Every declaration that holds, the rule set's own first.
  var declarations: [Declaration] { modules.flatMap { $0.files.flatMap(\.declarations) } }

  /// - Parameter name: of a benchmark, `benchmark` and the name of its metric.
  func declaration(_ name: String) -> Declaration? { declarations.first { $0.kind.overriddenName == name } }

  /// Whether a word is the name of something.
  func isKnown(_ word: String) -> Bool { word == "_" || CompletionNames(self).all.contains(word) }

  /// Whether a rule, or anything else but a let, reads one of some names, directly or through lets.
  func rulesRead(_ names: Set<String>) -> Bool {
    if names.isEmpty { return false }
    let files = files
    var words: [String: Set<String>] = [:]
    var wanted: Set<String> = []
    for declaration in declarations {
      guard let file = files.first(where: { $0.id == declaration.span.file }) else { continue }
      let text = SourceFile(id: file.id, name: "", text: file.text(declaration.span))
      let found = Set(
        Lexer.tokens(of: text).0.filter(\.isWord).map { token in
          text.text(Span(file: file.id, start: token.start, end: token.end))
        })
      if ["let", "segment", "fn"].contains(declaration.kind.keyword), let name = declaration.kind.name?.text {
        words[name] = found
      } else {
        wanted.formUnion(found)
      }
    }
    var open = Array(wanted)
    while let word = open.popLast() {
      for next in words.removeValue(forKey: word) ?? [] where wanted.insert(next).inserted { open.append(next) }
    }
    return !wanted.isDisjoint(with: names)
  }

  // MARK: The moment

  /// - Missing: nil without data and without an as-of.
  var moment: Int64? {
    guard let calendar = data?.calendar ?? Optional(Calendar()) else { return nil }
    if let asOf { return asOf.instant(calendar) }
    return data.flatMap { data in
      data.dataset.lastInstant.map { data.calendar.end(ofDay: data.calendar.day(of: $0)) }
    }
  }

  /// Until when the data speaks, where nobody has named the moment.
  var heardUntil: Int64? { asOf == nil ? data?.dataset.lastInstant : nil }

  var momentText: String? {
    moment.map { Summary.moment($0, data?.calendar ?? Calendar()) }
  }
}

/// A declaration of the session.
struct SessionDeclaration: Sendable {
  let syntax: Declaration
  let file: FileID
  /// As it was typed.
  let text: String

  /// What it takes the place of: its name, or of a benchmark `benchmark` and the name of its metric.
  /// - Missing: nil where it has none, as a `use`.
  var name: String? { syntax.kind.overriddenName }

  var isCommunity: Bool {
    if case .community = syntax.kind { true } else { false }
  }
}

extension FileSyntax {
  fileprivate var hasCommunity: Bool {
    declarations.contains { if case .community = $0.kind { true } else { false } }
  }
}

/// Loaded data, and what was found in it, kept for the next question.
final class SessionData: Sendable {
  let folder: String
  let calendar: Calendar
  let dataset: Dataset
  private let prepared: Mutex<Dataset>

  init(folder: String, calendar: Calendar, dataset: Dataset) {
    self.folder = folder
    self.calendar = calendar
    self.dataset = dataset
    prepared = Mutex(dataset)
  }

  /// The data with the rows of all kinds that others see, so that one question never changes the rows of another.
  func dataset(_ schema: Schema) -> Dataset {
    prepared.withLock { dataset in
      dataset = dataset.withSeenRows(schema, wanted: Set((schema.events?.kinds ?? []).indices))
      return dataset
    }
  }
}

/// What all rules find in one state, found when it is first asked for.
final class SessionResults: Sendable {
  private let found = Mutex<Outcome?>(nil)
  /// What the rules gave to whom.
  let standing: KeptStanding
  /// The outcome of the same rules with other lets.
  let base: Outcome?

  init() {
    standing = KeptStanding()
    base = nil
    inherited = nil
  }

  /// Where only lets differ, which no rule reads.
  init(rulesOf other: SessionResults) {
    let outcome = other.outcome
    standing = outcome == nil ? KeptStanding() : other.standing
    base = outcome
    inherited = other.decided
    strays = other.strays
  }

  var outcome: Outcome? {
    get { found.withLock { $0 } }
    set { found.withLock { $0 = newValue } }
  }

  private let strayCount = Mutex(0)
  /// How many events take back what was never there, at which a run of the rules would end.
  var strays: Int {
    get { strayCount.withLock { $0 } }
    set { strayCount.withLock { $0 = newValue } }
  }

  /// What boards and budgets decided in the state that the rules are of.
  private let inherited: CommunitySeries?
  var decided: CommunitySeries? { ground?.series ?? inherited }

  private let run = Mutex<Engine.Ground?>(nil)
  /// The run from which an explanation goes on, with the plan that names the community's series.
  var ground: Engine.Ground? {
    get { run.withLock { $0 } }
    set { run.withLock { $0 = newValue } }
  }
}

/// The expression that `_` stands for, with those that it stands on.
struct LastExpression: Sendable {
  /// The hidden `let`s, oldest first; the last is `_`.
  var lets: [(name: String, tree: FileSyntax)]
  var files: [SourceFile]
  var name: String { lets.last?.name ?? "" }
}
