import Glibc
import Steward

extension SourceFailure {
  /// Why something could not be read.
  static func reading(_ path: String, _ failure: System.Failure) -> SourceFailure {
    switch failure.number {
    case ENOENT, ENOTDIR:
      .init(Wording(en: "there is no file `\(path)`", zh: "找不到“\(path)”"))
    case EISDIR: .folder(path)
    case EACCES, EPERM:
      .init(Wording(en: "there is no permission to read `\(path)`", zh: "没有读取“\(path)”的权限"))
    case EMFILE, ENFILE:
      .init(Wording(en: "too many files are open to read `\(path)`", zh: "打开的文件太多，无法读取“\(path)”"))
    default:
      .init(
        Wording(
          en: "`\(path)` cannot be read: \(System.words(failure.number))",
          zh: "无法读取“\(path)”：\(System.words(failure.number))"))
    }
  }

  static func folder(_ path: String) -> SourceFailure {
    .init(Wording(en: "`\(path)` is a folder; a file is expected here", zh: "“\(path)”是文件夹，这里需要一个文件"))
  }

  /// Why something could not be written.
  static func writing(_ path: String, _ failure: System.Failure) -> SourceFailure {
    switch failure.number {
    case ENOSPC, EDQUOT, EFBIG:
      .init(
        Wording(
          en: "there is no space left to write `\(path)`; nothing was changed", zh: "磁盘空间不足，无法写入“\(path)”；原有文件没有改动"))
    case EACCES, EPERM, EROFS:
      .init(Wording(en: "there is no permission to write `\(path)`", zh: "没有写入“\(path)”的权限"))
    case ENOTDIR, EEXIST:
      .init(Wording(en: "`\(path)` is not a folder", zh: "“\(path)”不是文件夹"))
    case EISDIR:
      .init(Wording(en: "`\(path)` is a folder; a file is to be written there", zh: "“\(path)”是文件夹，无法在这里写入文件"))
    case ENOENT:
      .init(Wording(en: "the folder for `\(path)` does not exist", zh: "“\(path)”所在的文件夹不存在"))
    case ENAMETOOLONG: .init(Wording(en: "the name `\(path)` is too long", zh: "名称“\(path)”太长"))
    default:
      .init(
        Wording(
          en: "`\(path)` cannot be written: \(System.words(failure.number))",
          zh: "无法写入“\(path)”：\(System.words(failure.number))"))
    }
  }
}
