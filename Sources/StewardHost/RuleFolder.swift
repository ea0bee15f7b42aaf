import Steward

/// Reads rule sets: a folder's `.steward` files, one such file, or standard input.
public enum RuleFolder {
  public static let ending = ".steward"
  /// A rule file is text that people wrote; what is larger is something else.
  private static let largest = 64 << 20

  /// The files of a rule set, sorted by the bytes of their names. Folders inside the folder are rule sets of their own.
  public static func read(_ path: String) throws(SourceFailure) -> [SourceFile] {
    if path == "-" {
      let source = try FileSource.standardInput(atMost: largest)
      if source.size > largest { throw tooLarge(source.name) }
      return [SourceFile(id: FileID(0), name: source.name, bytes: source.bytes)]
    }
    guard try hasFiles(path) else {
      if isFile(path), !path.hasSuffix(ending) {
        throw SourceFailure(
          Wording(
            en: "`\(path)` is no rule file (rule files end in `\(ending)`)", zh: "“\(path)”不是规则文件（规则文件以 `\(ending)` 结尾）"
          ))
      }
      return [try file(path, name: path, index: 0)]
    }
    let names = try ruleFiles(in: path)
    if names.isEmpty {
      throw SourceFailure(
        Wording(
          en: "there is no rule file (`…\(ending)`) in the folder `\(path)`", zh: "文件夹“\(path)”里没有规则文件（`…\(ending)`）"))
    }
    guard names.count <= Int(UInt16.max) else {
      throw SourceFailure(
        Wording(en: "the folder `\(path)` holds more than 65,535 rule files", zh: "文件夹“\(path)”里的规则文件超过 65,535 个"))
    }
    var files: [SourceFile] = []
    for (index, name) in names.enumerated() {
      let full = joined(path, name)
      files.append(try file(full, name: path == "." ? name : full, index: UInt16(clamping: index)))
    }
    return files
  }

  /// The folders that the rules of a rule set name with `use`, each relative to the folder of the file that names it.
  public static func modules(of path: String) -> ModuleSource {
    ModuleSource(identity: isFolder(path) ? System.realPath(path) : nil) {
      (named, usedIn) throws(ModuleSource.Failure) in
      let home = usedIn.contains("/") ? dataFolder(of: usedIn) : isFolder(path) ? path : dataFolder(of: path)
      let folder = joined(home, named)
      guard isFolder(folder), let identity = System.realPath(folder) else { throw .notFound }
      do throws(SourceFailure) {
        return ModuleSource.Folder(identity: identity, files: try read(folder).map { ($0.name, $0.bytes) })
      } catch { throw .unreadable(error.message) }
    }
  }

  /// Where the data is when nobody says: the rule set's folder.
  public static func dataFolder(of path: String) -> String {
    if path == "-" { return "." }
    if isFolder(path) { return path }
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// A path inside a folder; an absolute path stands for itself.
  public static func joined(_ folder: String, _ path: String) -> String {
    if path.hasPrefix("/") || folder == "." || folder.isEmpty { return path }
    return folder.hasSuffix("/") ? folder + path : folder + "/" + path
  }

  /// The rule files beside a single one.
  public static func siblings(of path: String) -> [SourceFile] {
    guard isFile(path), let names = try? ruleFiles(in: dataFolder(of: path)) else { return [] }
    return names.enumerated().compactMap { index, name in
      let full = joined(dataFolder(of: path), name)
      return isSame(full, path) ? nil : try? file(full, name: full, index: UInt16(clamping: index))
    }
  }

  /// Whether a folder holds rules.
  public static func hasRules(_ folder: String) -> Bool { !((try? ruleFiles(in: folder)) ?? []).isEmpty }

  /// Writes a rule file that was not there.
  public static func save(_ text: String, to path: String) throws(SourceFailure) {
    let folder = dataFolder(of: path)
    let name = path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    if AtomicWriter.exists(folder, name) {
      throw SourceFailure(
        Wording(en: "`\(path)` is there already; name another file", zh: "“\(path)”已经存在；请换一个文件名"))
    }
    guard folder.isEmpty || isFolder(folder) else {
      throw SourceFailure(Wording(en: "there is no folder `\(folder)`", zh: "找不到文件夹“\(folder)”"))
    }
    let writer = try AtomicWriter(folder: folder)
    try writer.begin(name)
    try writer.write(Array(text.utf8))
    try writer.commit()
  }

  public static func isFile(_ path: String) -> Bool { (try? System.status(at: path))?.kind == .file }

  /// Whether two paths lead to one thing.
  public static func isSame(_ left: String, _ right: String) -> Bool {
    guard let one = System.realPath(left), let other = System.realPath(right) else { return false }
    return one == other
  }

  public static func isFolder(_ path: String) -> Bool { (try? System.status(at: path))?.kind == .folder }

  /// Whether it is a folder; what is not there at all is a failure.
  private static func hasFiles(_ path: String) throws(SourceFailure) -> Bool {
    do throws(System.Failure) { return try System.status(at: path).kind == .folder } catch {
      throw SourceFailure.reading(path, error)
    }
  }

  private static func ruleFiles(in folder: String) throws(SourceFailure) -> [String] {
    do throws(System.Failure) {
      return try System.names(in: folder)
        .filter { $0.hasSuffix(ending) && !$0.hasPrefix(".") }
        .filter { (try? System.status(at: joined(folder, $0)))?.kind != .folder }
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    } catch { throw SourceFailure.reading(folder, error) }
  }

  private static func tooLarge(_ name: String) -> SourceFailure {
    SourceFailure(
      Wording(en: "`\(name)` is larger than 64 MB; that is no rule file", zh: "“\(name)”超过 64 MB，不像规则文件"))
  }

  private static func file(_ path: String, name: String, index: UInt16) throws(SourceFailure) -> SourceFile {
    if let status = try? System.status(at: path), status.kind == .other {
      // Its end may never come.
      throw SourceFailure(
        Wording(
          en: "`\(name)` is neither a file nor a folder; `-` reads rules from standard input",
          zh: "“\(name)”既不是文件也不是文件夹；要从标准输入读规则，请写 `-`"))
    }
    let source = try FileSource.open(path, name: name)
    guard source.size <= largest else { throw tooLarge(name) }
    return SourceFile(id: FileID(index), name: name, bytes: try source.all())
  }
}
