// Every call of the C library that takes or gives a pointer, so that no other file of this target is unsafe. Calls that fail
// give `errno`; the files that use them turn it into a sentence.

import CZlib
import Glibc

/// The calls of the operating system that the host needs, with arrays and strings for pointers.
enum System {
  struct Failure: Error {
    let number: Int32
    static var last: Failure { Failure(number: errno) }
  }

  enum FileKind { case file, folder, other }

  static func open(_ path: String, _ flags: Int32, mode: mode_t = 0o666) throws(Failure) -> Int32 {
    while true {
      let descriptor = unsafe Glibc.open(path, flags | O_CLOEXEC, mode)
      if descriptor >= 0 { return descriptor }
      if errno != EINTR { throw .last }
    }
  }

  static func status(of descriptor: Int32) throws(Failure) -> (kind: FileKind, size: Int) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw .last }
    return (kind(status.st_mode), Int(status.st_size))
  }

  /// What is at a path; links are followed.
  static func status(at path: String) throws(Failure) -> (kind: FileKind, size: Int) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { throw .last }
    return (kind(status.st_mode), Int(status.st_size))
  }

  private static func kind(_ mode: mode_t) -> FileKind {
    switch mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .folder
    default: .other
    }
  }

  /// Reads up to `count` bytes from an offset into the buffer, from its start; gives how many there were.
  static func read(_ descriptor: Int32, at offset: Int, count: Int, into buffer: inout [UInt8]) throws(Failure) -> Int {
    if buffer.count < count {
      buffer.append(contentsOf: repeatElement(0, count: count - buffer.count))
    } else if buffer.count > count {
      buffer.removeLast(buffer.count - count)
    }
    var done = 0
    while done < count {
      let got = unsafe buffer.withUnsafeMutableBytes { bytes -> Int in
        let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[done...])
        return unsafe pread(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
      }
      if got == 0 { break }
      if got > 0 { done += got } else if errno != EINTR { throw .last }
    }
    return done
  }

  /// Everything that a pipe or a terminal still gives, or one block beyond so many bytes of it.
  static func readAll(_ descriptor: Int32, atMost most: Int = .max) throws(Failure) -> [UInt8] {
    var result: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let got = unsafe block.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if got == 0 || result.count > most { return result }
      if got > 0 { result.append(contentsOf: block[..<got]) } else if errno != EINTR { throw .last }
    }
  }

  static func write(_ descriptor: Int32, _ bytes: [UInt8]) throws(Failure) {
    var done = 0
    let count = bytes.count
    while done < count {
      let put = unsafe bytes.withUnsafeBytes { bytes -> Int in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[done...])
        return unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
      }
      if put >= 0 { done += put } else if errno != EINTR { throw .last }
    }
  }

  /// The names in a folder, in no order, without `.` and `..`.
  static func names(in folder: String) throws(Failure) -> [String] {
    guard let stream = unsafe opendir(folder) else { throw .last }
    defer { unsafe _ = closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// - Missing: nil where nothing is there.
  static func realPath(_ path: String) -> String? {
    guard let real = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  static func makeFolder(_ path: String) throws(Failure) {
    guard unsafe mkdir(path, 0o777) == 0 else { throw .last }
  }

  static func removeFolder(_ path: String) { unsafe _ = rmdir(path) }

  static func remove(_ path: String) { unsafe _ = unlink(path) }

  static func rename(_ path: String, to target: String) throws(Failure) {
    guard unsafe Glibc.rename(path, target) == 0 else { throw .last }
  }

  static func mayWrite(_ path: String) -> Bool { unsafe access(path, W_OK | X_OK) == 0 }

  static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }

  /// What the system says of an error number.
  static func words(_ number: Int32) -> String {
    guard let words = unsafe strerror(number) else { return "error \(number)" }
    return unsafe String(cString: words)
  }

  /// - Unit: columns
  static func terminalWidth(_ descriptor: Int32) -> Int? {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  static func ignore(_ signal: Int32) { _ = Glibc.signal(signal, SIG_IGN) }
}

/// Inflates the members of a gzip file one after the other.
@safe
final class Inflater {
  enum Step { case goesOn, memberEnds, damaged }

  private let stream: UnsafeMutablePointer<z_stream>
  private let isReady: Bool

  init() {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // 16 more than the largest window asks for the frame of gzip, with its checksum.
    unsafe isReady =
      inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
  }

  deinit {
    if isReady { unsafe _ = inflateEnd(stream) }
    unsafe stream.deallocate()
  }

  /// Ready for the next member.
  func reset() { if isReady { unsafe _ = inflateReset(stream) } }

  /// Inflates bytes from `start` on behind what the buffer has, at most `room` of them, and tells how far it came.
  func inflate(
    _ bytes: [UInt8], from start: inout Int, room: Int, appendingTo buffer: inout [UInt8]
  ) -> Step {
    guard isReady, start <= bytes.count else { return .damaged }
    let before = buffer.count
    buffer.append(contentsOf: repeatElement(0, count: room))
    var status = Z_OK
    unsafe bytes.withUnsafeBufferPointer { input in
      unsafe buffer.withUnsafeMutableBufferPointer { output in
        let rest = unsafe UnsafeBufferPointer(rebasing: input[start...])
        let free = unsafe UnsafeMutableBufferPointer(rebasing: output[before...])
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: rest.baseAddress)
        unsafe stream.pointee.avail_in = UInt32(clamping: rest.count)
        unsafe stream.pointee.next_out = free.baseAddress
        unsafe stream.pointee.avail_out = UInt32(clamping: free.count)
        unsafe status = CZlib.inflate(stream, Z_NO_FLUSH)
        unsafe start = input.count - Int(stream.pointee.avail_in)
      }
    }
    unsafe buffer.removeLast(Int(stream.pointee.avail_out))
    unsafe (stream.pointee.next_in, stream.pointee.next_out) = (nil, nil)
    switch status {
    case Z_OK, Z_BUF_ERROR: return .goesOn
    case Z_STREAM_END: return .memberEnds
    default: return .damaged
    }
  }
}

/// What the system's converter makes of bytes of another encoding.
@safe
final class Converter {
  private let handle: iconv_t?

  /// - Missing: the system does not know the encoding.
  init?(from encoding: String) {
    let opened = unsafe iconv_open("UTF-16LE", encoding)
    guard let opened = unsafe opened, Int(bitPattern: opened) != -1 else { return nil }
    unsafe handle = opened
  }

  deinit { if let handle = unsafe handle { unsafe _ = iconv_close(handle) } }

  /// The single code unit that some bytes stand for; 0 if there is none, or more than one.
  func unit(_ bytes: [UInt8]) -> UInt16 {
    guard let handle = unsafe handle else { return 0 }
    var input = bytes.map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: 8)
    var (left, room) = (input.count, output.count)
    let done = unsafe input.withUnsafeMutableBufferPointer { input in
      unsafe output.withUnsafeMutableBufferPointer { output in
        var (from, to) = (input.baseAddress, output.baseAddress)
        unsafe _ = iconv(handle, nil, nil, nil, nil)
        return unsafe iconv(handle, &from, &left, &to, &room)
      }
    }
    guard done != Int.max, done != -1, left == 0, room == 6 else { return 0 }
    return UInt16(UInt8(bitPattern: output[0])) | UInt16(UInt8(bitPattern: output[1])) << 8
  }
}
