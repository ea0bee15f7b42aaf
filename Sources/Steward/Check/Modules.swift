// From the files of a rule set to those and the files of all modules that they use, directly or through others.
//
// A module is a folder of rules. `use std.points` names one of the standard library, which is part of this program; `use
// "../shared"` a folder, which the host reads. Each is read once, however often it is used. A cycle is an error.

/// Where the files of a folder that a rule names come from. The core reads none.
public struct ModuleSource: Sendable {
  public enum Failure: Error {
    case notFound
    case unreadable(Wording)
  }

  /// A folder's rule files.
  public struct Folder: Sendable {
    /// Tells folders apart, whatever path leads to them.
    public var identity: String
    /// Names as people would type them, and bytes; sorted by name.
    public var files: [(name: String, bytes: [UInt8])]
    public init(identity: String, files: [(name: String, bytes: [UInt8])]) {
      self.identity = identity
      self.files = files
    }
  }

  /// What tells the rule set itself apart. - Missing: nil where it is no folder.
  public var identity: String?
  /// The folder at a path, relative to the rule file that names it.
  public var folder: @Sendable (_ path: String, _ usedIn: String) throws(Failure) -> Folder

  public init(
    identity: String? = nil, folder: @escaping @Sendable (_ path: String, _ usedIn: String) throws(Failure) -> Folder
  ) {
    self.identity = identity
    self.folder = folder
  }

  /// The standard library alone.
  public static let standard = ModuleSource { (_, _) throws(Failure) in throw .notFound }
}

/// The modules of the standard library.
public enum StandardLibrary {
  /// Their names, sorted.
  public static var names: [String] { Set(EmbeddedStdlib.files.map(\.module)).sorted() }

  /// The files of one; empty if there is none of that name.
  public static func files(_ module: String) -> [(name: String, text: String)] {
    EmbeddedStdlib.files.filter { $0.module == module }.map { ("std/\($0.module)/\($0.name)", $0.text) }
  }
}

/// The rule set, or a module that it uses.
public struct RuleModule: Sendable {
  /// As `use` writes it: `std.points`, `"../shared"`. Empty for the rule set itself.
  public var name: String
  public var files: [FileSyntax]
  /// Where it was used first. - Missing: nil for the rule set itself.
  public var usedAt: Span?
  public init(name: String, files: [FileSyntax], usedAt: Span? = nil) {
    self.name = name
    self.files = files
    self.usedAt = usedAt
  }
}

/// A rule set with all that it uses, parsed.
public struct RuleSources: Sendable {
  /// Every file, so that diagnostics can show it; the rule set's own first.
  public var files: [SourceFile]
  /// The rule set itself first, then what it uses, each behind what it uses.
  public var modules: [RuleModule]
  public var diagnostics: [Diagnostic]
  /// Whether something that is used was not found.
  var lacksModules = false

  /// Parses files and what they use.
  /// - Reports: P01xx, N0240, N0241.
  public static func gather(_ files: [SourceFile], modules source: ModuleSource = .standard) -> RuleSources {
    var gathering = ModuleGathering(files: files, source: source)
    gathering.read()
    return gathering.sources
  }
}

private struct ModuleGathering {
  private(set) var sources = RuleSources(files: [], modules: [], diagnostics: [])
  private let source: ModuleSource
  /// Modules read or being read, by what tells them apart.
  private var isOpen: [String: Bool] = [:]
  /// Those being read, outermost first.
  private var path: [(identity: String, name: String)] = []
  /// How deeply modules may use one another.
  private static let deepest = 64

  init(files: [SourceFile], source: ModuleSource) {
    self.source = source
    sources.files = files
    let parsed = files.map { Parser.parse($0) }
    sources.diagnostics = parsed.flatMap(\.1)
    sources.modules = [RuleModule(name: "", files: parsed.map(\.0))]
  }

  mutating func read() {
    let own = sources.modules[0].files
    if let identity = source.identity {
      isOpen[identity] = true
      path.append((identity, "."))
    }
    follow(own)
  }

  private mutating func follow(_ files: [FileSyntax]) {
    for file in files {
      for declaration in file.declarations {
        guard case .use(let use) = declaration.kind else { continue }
        read(use, in: file.file)
      }
    }
  }

  private mutating func read(_ use: UseSyntax, in file: FileID) {
    let name: String
    let folder: ModuleSource.Folder
    switch use.target {
    case .standard(let module):
      name = "std.\(module)"
      let files = StandardLibrary.files(module)
      guard !files.isEmpty else {
        let near = Suggestions.near(module, in: StandardLibrary.names)
        sources.lacksModules = true
        report(ModuleProblem.noModule(name, near: near.map { "std.\($0)" }, all: StandardLibrary.names), at: use.span)
        return
      }
      folder = ModuleSource.Folder(identity: name, files: files.map { ($0.name, Array($0.text.utf8)) })
    case .folder(let path):
      name = "\"\(path)\""
      let usedIn = sources.files.first { $0.id == file }?.name ?? ""
      do throws(ModuleSource.Failure) { folder = try source.folder(path, usedIn) } catch {
        sources.lacksModules = true
        switch error {
        case .notFound: report(ModuleProblem.noFolder(path), at: use.span)
        case .unreadable(let why): report(ModuleProblem.unreadable(path, why), at: use.span)
        }
        return
      }
    }
    open(folder, name, use.span)
  }

  private mutating func open(_ folder: ModuleSource.Folder, _ name: String, _ span: Span) {
    if let isOpen = isOpen[folder.identity] {
      guard isOpen else { return }
      let start = path.firstIndex { $0.identity == folder.identity } ?? 0
      report(ModuleProblem.cycle(path[start...].map(\.name) + [path[start].name]), at: span)
      return
    }
    guard path.count < ModuleGathering.deepest, sources.files.count + folder.files.count < Int(UInt16.max) else {
      report(ModuleProblem.unreadable(name, Wording(en: "modules are nested too deeply", zh: "模块嵌套太深")), at: span)
      return
    }
    isOpen[folder.identity] = true
    path.append((folder.identity, name))
    var parsed: [FileSyntax] = []
    for file in folder.files {
      let id = FileID(UInt16(clamping: sources.files.count))
      let made = SourceFile(id: id, name: file.name, bytes: file.bytes)
      sources.files.append(made)
      let (tree, problems) = Parser.parse(made)
      parsed.append(tree)
      sources.diagnostics += problems
    }
    follow(parsed)
    path.removeLast()
    isOpen[folder.identity] = false
    sources.modules.append(RuleModule(name: name, files: parsed, usedAt: span))
  }

  private mutating func report(_ problem: ModuleProblem, at span: Span) {
    sources.diagnostics.append(problem.at(span))
  }
}
