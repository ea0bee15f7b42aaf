import Steward

/// A folder of data that nobody has described yet.
public enum DataFolder {
  /// The names of the files in it, sorted by their bytes; hidden ones and folders are left out.
  public static func files(in folder: String) throws(SourceFailure) -> [String] {
    do throws(System.Failure) {
      return try System.names(in: folder)
        .filter { !$0.hasPrefix(".") && !$0.hasPrefix("~$") }
        .filter { (try? System.status(at: RuleFolder.joined(folder, $0)))?.kind != .folder }
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    } catch { throw SourceFailure.reading(folder, error) }
  }

  /// The last part of a folder's path, made absolute.
  public static func name(of folder: String) -> String {
    let path = System.realPath(folder) ?? folder
    return path.split(separator: "/").last.map { String($0) } ?? folder
  }
}
