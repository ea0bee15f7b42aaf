import Glibc
import Steward

/// A file on disk, read by `pread` from any thread; a file that shrinks or fails meanwhile is a `SourceFailure`.
public final class FileSource: ByteSource {
  public let name: String
  public let size: Int
  private let descriptor: Int32

  private init(name: String, descriptor: Int32, size: Int) {
    self.name = name
    self.descriptor = descriptor
    self.size = size
  }

  deinit { close(descriptor) }

  /// Opens a file; a pipe or a device is read to its end at once.
  /// - Parameter name: how messages call it, as people wrote it; the path if nil.
  public static func open(_ path: String, name: String? = nil) throws(SourceFailure) -> any ByteSource {
    let name = name ?? path
    do throws(System.Failure) {
      let descriptor = try System.open(path, O_RDONLY)
      do throws(System.Failure) {
        let status = try System.status(of: descriptor)
        switch status.kind {
        case .folder: throw System.Failure(number: EISDIR)
        case .file: return FileSource(name: name, descriptor: descriptor, size: status.size)
        case .other:
          let bytes = try System.readAll(descriptor)
          close(descriptor)
          return MemorySource(name: name, bytes: bytes)
        }
      } catch {
        close(descriptor)
        throw error
      }
    } catch { throw SourceFailure.reading(name, error) }
  }

  /// Standard input, to its end, or to one block beyond so many bytes.
  public static func standardInput(atMost most: Int = .max) throws(SourceFailure) -> MemorySource {
    do throws(System.Failure) {
      return MemorySource(name: "<stdin>", bytes: try System.readAll(0, atMost: most))
    } catch { throw SourceFailure.reading("<stdin>", error) }
  }

  public func read(at offset: Int, count: Int, into buffer: inout [UInt8]) throws(SourceFailure) {
    let start = min(max(0, offset), size)
    let wanted = min(size - start, max(0, count))
    do throws(System.Failure) {
      let got = try System.read(descriptor, at: start, count: wanted, into: &buffer)
      if got == wanted { return }
    } catch { throw SourceFailure.reading(name, error) }
    throw SourceFailure(
      Wording(en: "`\(name)` became shorter while it was read", zh: "“\(name)”在读取过程中变短了"))
  }
}

extension ByteSource {
  /// The whole of it.
  public func all() throws(SourceFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    try read(at: 0, count: size, into: &bytes)
    return bytes
  }
}
