import Steward
import Synchronization

/// The files of a data folder.
public enum DataFiles {
  /// Opens a data file; one whose name ends in `.gz` gives what it was before it was compressed.
  /// - Parameter name: how messages call it.
  public static func open(_ path: String, name: String) throws(SourceFailure) -> any ByteSource {
    let file = try FileSource.open(path, name: name)
    return name.lowercased().hasSuffix(".gz") ? GzipSource(file) : file
  }

  /// The tables of GB18030 of this system, made when they are first asked for.
  public static let gb18030: @Sendable () -> GB18030? = {
    tables.withLock { known in
      if let known { return known }
      guard let converter = Converter(from: "GB18030") else { return nil }
      known = GB18030(
        pairs: (0..<GB18030.pairCount).map { converter.unit(GB18030.pair($0)) },
        quads: (0..<GB18030.quadCount).map { converter.unit(GB18030.quad($0)) })
      return known
    }
  }

  private static let tables = Mutex<GB18030?>(nil)
}

/// A file that was compressed with gzip, of one member or several.
///
/// Source: RFC 1952.
struct GzipSource: StreamedSource {
  let file: any ByteSource
  init(_ file: any ByteSource) { self.file = file }

  var name: String { file.name }
  var size: Int { file.size }

  func stream() -> any ByteStream { GzipStream(file) }

  /// The compressed bytes as they are.
  func read(at offset: Int, count: Int, into buffer: inout [UInt8]) throws(SourceFailure) {
    try file.read(at: offset, count: count, into: &buffer)
  }
}

/// What a gzip file holds, from its beginning on.
final class GzipStream: ByteStream {
  private struct State: ~Copyable {
    var input: [UInt8] = []
    /// How much of the input is used, and where in the file it ends.
    var used = 0
    var offset = 0
    let inflater = Inflater()
    var isInMember = true
    var isDone = false
    var hasMembers = false
  }

  private let file: any ByteSource
  private let state = Mutex(State())

  init(_ file: any ByteSource) { self.file = file }

  func read(count: Int, appendingTo buffer: inout [UInt8]) throws(SourceFailure) {
    var failure: SourceFailure?
    state.withLock { state in
      do throws(SourceFailure) {
        let wanted = buffer.count + max(1, count)
        while !state.isDone, buffer.count < wanted { try step(&state, room: wanted - buffer.count, &buffer) }
      } catch { failure = error }
    }
    if let failure { throw failure }
  }

  private func step(_ state: inout State, room: Int, _ buffer: inout [UInt8]) throws(SourceFailure) {
    if state.used == state.input.count {
      try file.read(at: state.offset, count: 1 << 18, into: &state.input)
      state.offset += state.input.count
      state.used = 0
      if state.input.isEmpty {
        state.isDone = true
        if state.isInMember { throw broken(isWhole: false, isGzip: state.hasMembers || state.offset > 1) }
        return
      }
    }
    if !state.isInMember { return try begin(&state) }
    let before = state.offset - state.input.count + state.used
    switch state.inflater.inflate(state.input, from: &state.used, room: room, appendingTo: &buffer) {
    case .goesOn: break
    case .memberEnds:
      state.isInMember = false
      state.hasMembers = true
    case .damaged:
      state.isDone = true
      throw broken(isWhole: true, isGzip: state.hasMembers || before > 0)
    }
  }

  /// Looks for another member behind the last one; zeros may fill up the file.
  private func begin(_ state: inout State) throws(SourceFailure) {
    let next = state.input[state.used]
    if next == 0 {
      state.used += 1
    } else if next == 0x1F {
      state.inflater.reset()
      state.isInMember = true
    } else {
      state.isDone = true
      throw broken(isWhole: true, isGzip: true)
    }
  }

  private func broken(isWhole: Bool, isGzip: Bool) -> SourceFailure {
    if !isGzip {
      return SourceFailure(
        Wording(en: "`\(file.name)` is no gzip file, whatever its name says", zh: "“\(file.name)”不是 gzip 文件，与文件名不符"),
        isDamage: true)
    }
    return SourceFailure(
      isWhole
        ? Wording(en: "the gzip file is damaged from about here on", zh: "gzip 文件大约从这里开始损坏了")
        : Wording(en: "the gzip file breaks off here: its end is missing", zh: "gzip 文件到这里就断了，后面的部分缺失"),
      isDamage: true)
  }
}
