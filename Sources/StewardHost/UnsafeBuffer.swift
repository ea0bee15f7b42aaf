// Every call of the C library that takes or gives a pointer, so that no other file of this target is unsafe. Calls that fail
// give `errno`; the files that use them turn it into a sentence.

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
