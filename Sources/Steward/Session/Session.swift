// The operator's bench without its terminal: what is typed goes in, what is printed comes out.
//
// A session holds an immutable state (rules, what was declared, loaded data, as-of, subject). An entry makes the next state
// or fails; only success takes its place, so that an interrupted or wrong entry leaves everything as it was, and `:undo`
// goes back to the state before. An expression is a hidden `let` of the rule set, checked with it and run alone.

/// What a session asks of the outside world.
public struct SessionHost: Sendable {
  /// The files of a rule set, and where the modules that it uses come from.
  public var rules: @Sendable (_ path: String) throws(SourceFailure) -> (files: [SourceFile], modules: ModuleSource)
  /// The folder of a rule set's data, where nobody names one.
  public var dataFolder: @Sendable (_ rules: String) -> String
  /// Opens a data file by its path inside a folder.
  public var open: @Sendable (_ folder: String, _ path: String) throws(SourceFailure) -> any ByteSource
  /// Writes a file that was not there.
  public var save: @Sendable (_ path: String, _ text: String) throws(SourceFailure) -> Void
  /// The names in a folder; those of folders end in `/`.
  public var names: @Sendable (_ folder: String) -> [String]
  public var zoneTable: @Sendable (String) throws(ZoneFailure) -> [UInt8]
  public var gb18030: @Sendable () -> GB18030?
  public var workers: Workers
  /// Raised by Ctrl-C; whoever calls lowers it before the next entry.
  public var stop: StopFlag
  /// - Unit: seconds since any moment.
  public var clock: @Sendable () -> Double

  public init(
    workers: Workers = .serial, stop: StopFlag = StopFlag(), clock: @escaping @Sendable () -> Double = { 0 },
    zoneTable: @escaping @Sendable (String) throws(ZoneFailure) -> [UInt8],
    gb18030: @escaping @Sendable () -> GB18030? = { nil },
    names: @escaping @Sendable (String) -> [String] = { _ in [] },
    dataFolder: @escaping @Sendable (String) -> String,
    save: @escaping @Sendable (String, String) throws(SourceFailure) -> Void,
    open: @escaping @Sendable (String, String) throws(SourceFailure) -> any ByteSource,
    rules: @escaping @Sendable (String) throws(SourceFailure) -> (files: [SourceFile], modules: ModuleSource)
  ) {
    self.rules = rules
    self.dataFolder = dataFolder
    self.open = open
    self.save = save
    self.names = names
    self.zoneTable = zoneTable
    self.gb18030 = gb18030
    self.workers = workers
    self.stop = stop
    self.clock = clock
  }
}

/// How a session prints.
public struct SessionDisplay: Sendable {
  public var language: Language
  /// - Unit: columns
  public var width: Int
  public var style: TextStyle
  /// Where the first line of an entry begins on the screen, so that a mark can stand under it. - Missing: nil in a script.
  public var indent: Int?
  public init(language: Language, width: Int = 100, style: TextStyle = .plain, indent: Int? = nil) {
    self.language = language
    self.width = width
    self.style = style
    self.indent = indent
  }
}

/// What a session answers to an entry.
public struct SessionReply: Sendable {
  public var output = ""
  /// What is wrong, or worth a warning.
  public var problems = ""
  public var isError = false
  /// The person wants to leave.
  public var quits = false
  public var isInterrupted = false
}

/// Why an entry was not done.
enum SessionFailure: Error {
  case message(Wording)
  case diagnostics([Diagnostic], [SourceFile])
  case interrupted
}

/// A person's conversation with a rule set and its data.
public struct Session: Sendable {
  public internal(set) var state = SessionState()
  /// The states before, oldest first.
  var earlier: [SessionState] = []
  public var display: SessionDisplay
  let host: SessionHost
  var isTimed = false
  /// The last expression, as `_`.
  var last: LastExpression?
  /// Where `:timeline` alone goes on.
  var walk: TimelineWalk?
  /// The line of a script on which the entry begins, from 1; an entry of a terminal is on the first.
  public var line = 1
  static let mostUndone = 200
  /// How many events at which a run would end were told last.
  private var toldStrays = 0

  public init(host: SessionHost, display: SessionDisplay) {
    self.host = host
    self.display = display
  }

  /// Does what was typed.
  public mutating func enter(_ text: String) -> SessionReply {
    let start = host.clock()
    var reply = SessionReply()
    do throws(SessionFailure) {
      try enter(text, &reply)
    } catch {
      tell(error, &reply)
    }
    tellStrays(&reply)
    if isTimed, !text.allSatisfy(\.isWhitespace), !reply.quits {
      let seconds = NumberText.decimals(host.clock() - start, 3)
      reply.output += display.style(say("\(seconds) s", "\(seconds) 秒"), .dim) + "\n"
    }
    return reply
  }

  /// Says that a run of the rules would end, once an answer needed what they find; again where that changes.
  private mutating func tellStrays(_ reply: inout SessionReply) {
    let count = state.results.strays
    if state.results.outcome == nil || count == toldStrays { return }
    toldStrays = count
    if count > 0 { reply.problems += StrayReport.sentence(count)[display.language] + "\n" }
  }

  private mutating func enter(_ text: String, _ reply: inout SessionReply) throws(SessionFailure) {
    let typed = text.trimmed
    if typed.isEmpty { return }
    if typed.hasPrefix(":") || typed.hasPrefix("：") {
      return try run(SessionCommand(reading: String(typed.dropFirst())), &reply)
    }
    if typed.hasPrefix("?") || typed.hasPrefix("？") {
      reply.output += try help(String(typed.dropFirst()).trimmed)
      return
    }
    let file = input(text)
    let parsed = Parser.statement(file) { state.isKnown($0) }
    guard !parsed.diagnostics.contains(where: { $0.severity == .error }) else {
      throw .diagnostics(parsed.diagnostics, state.files + [file])
    }
    switch parsed.statement {
    case .nothing: break
    case .declarations(let tree): try declare(tree, in: file, parsed.diagnostics, &reply)
    case .expression(let expression): try evaluate(expression, in: file, parsed.diagnostics, &reply)
    }
  }

  /// An entry as a source file; in a script its lines have the script's numbers.
  func input(_ text: String) -> SourceFile {
    let id = FileID(UInt16(clamping: state.files.count + (last?.files.count ?? 0)))
    if display.indent != nil { return SourceFile(id: id, name: say("input", "输入"), text: text) }
    return SourceFile(
      id: id, name: say("input", "输入"), text: String(repeating: "\n", count: max(0, line - 1)) + text)
  }

  /// Takes a new state, and keeps the one before for `:undo`.
  mutating func take(_ next: SessionState) {
    earlier.append(state)
    if earlier.count > Session.mostUndone { earlier.removeFirst() }
    state = next
  }

  // MARK: Words

  func say(_ english: String, _ chinese: String) -> String { display.language == .english ? english : chinese }

  func tell(_ failure: SessionFailure, _ reply: inout SessionReply) {
    reply.isError = true
    switch failure {
    case .message(let wording): reply.problems += wording[display.language] + "\n"
    case .diagnostics(let diagnostics, let files): reply.problems += rendered(diagnostics, files)
    case .interrupted:
      reply.isInterrupted = true
      reply.problems += say("interrupted; everything is as it was\n", "已中断，一切保持原样\n")
    }
  }

  func rendered(_ diagnostics: [Diagnostic], _ files: [SourceFile]) -> String {
    let renderer = TextRenderer(
      sources: files, language: display.language, style: display.style, width: display.width)
    return renderer.renderTyped(diagnostics, under: display.indent, file: files.last?.id)
  }

  /// `community 2026-06-30`
  public var promptText: String {
    let subject = state.member ?? state.item ?? say("community", "社群")
    guard let moment = state.momentText else { return subject }
    return subject + " " + moment
  }

  /// Whether the lines so far are a whole entry.
  public func isComplete(_ text: String) -> Bool {
    let typed = text.trimmed
    if typed.isEmpty { return true }
    if typed.contains(where: \.isNewline) { return pieces(of: text).rest.isEmpty }
    return isWhole(text)
  }
}

extension StringProtocol {
  /// Without blanks around it.
  var trimmed: String {
    var part = self[...]
    while part.first?.isWhitespace == true { part.removeFirst() }
    while part.last?.isWhitespace == true { part.removeLast() }
    return String(part)
  }
}
