/// A file's bytes, as the host gives them: readable at any offset, from several threads.
public protocol ByteSource: Sendable {
  /// The name for messages, as people wrote it.
  var name: String { get }
  /// - Unit: bytes
  var size: Int { get }
  /// Replaces the buffer's contents with up to `count` bytes from `offset`; fewer only at the end of the file.
  func read(at offset: Int, count: Int, into buffer: inout [UInt8]) throws(SourceFailure)
}

/// Bytes that come one after the other; asked by one thread at a time.
public protocol ByteStream: AnyObject, Sendable {
  /// Appends about so many bytes more; appends none at the end.
  func read(count: Int, appendingTo buffer: inout [UInt8]) throws(SourceFailure)
}

/// A file whose text must be made of its bytes from the beginning on, as that of a compressed one. Its `size` is that of the
/// file as it lies there.
public protocol StreamedSource: ByteSource {
  /// Its text once more from the beginning.
  func stream() throws(SourceFailure) -> any ByteStream
}

/// The outside world failed: one sentence for people.
public struct SourceFailure: Error, Sendable {
  public let message: Wording
  /// Whether the file could be read and is not what it says.
  public let isDamage: Bool
  public init(_ message: Wording, isDamage: Bool = false) {
    self.message = message
    self.isDamage = isDamage
  }
}

/// Bytes in memory: tests, standard input, what was inflated.
public struct MemorySource: ByteSource {
  public let name: String
  public let bytes: [UInt8]
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
  public init(name: String, text: String) { self.init(name: name, bytes: Array(text.utf8)) }
  public var size: Int { bytes.count }
  public func read(at offset: Int, count: Int, into buffer: inout [UInt8]) {
    let start = min(max(0, offset), bytes.count)
    let end = min(bytes.count, start + max(0, count))
    buffer.replaceSubrange(buffer.indices, with: bytes[start..<end])
  }
}
