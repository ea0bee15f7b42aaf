import Foundation
import Glibc

/// A program at a terminal that a test plays the person of.
///
/// Nothing waits for a time to pass: each step waits until the screen shows what it must, and only a machine that has come
/// to a stop makes it fail.
final class PseudoTerminal {
  private(set) var screen: Screen
  private let master: Int32
  private let process: pid_t
  private var hasEnded = false
  /// - Unit: seconds until a test gives up.
  private static let patience = 180.0

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  init(
    _ arguments: [String], in folder: String, environment: [String: String] = [:], width: Int = 90
  ) throws {
    screen = Screen(width: width)
    // What `posix_openpt`, `unlockpt` and `ptsname` do, which the module of the C library does not show.
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var lock: Int32 = 0
    var number: UInt32 = 0
    guard master >= 0, ioctl(master, 0x4004_5431, &lock) == 0, ioctl(master, 0x8004_5430, &number) == 0 else {
      throw Failure(description: "there is no pseudo-terminal")
    }
    let name = "/dev/pts/\(number)"
    var size = winsize(ws_row: 50, ws_col: UInt16(width), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    // A session of its own, so that the terminal that it opens first is its own, and Ctrl-C reaches it.
    let newSession: Int16 = 0x80
    posix_spawnattr_setflags(&attributes, newSession | Int16(POSIX_SPAWN_SETSIGDEF))
    var defaults = sigset_t()
    sigemptyset(&defaults)
    sigaddset(&defaults, SIGINT)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var all = ["TERM": "xterm", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "INPUTRC": "/dev/null", "NO_COLOR": "1"]
    all.merge(environment) { $1 }
    let values = all.map { strdup("\($0)=\($1)") } + [nil]
    let inFolder = ["sh", "-c", "cd \"$1\" && shift && exec \"$@\"", "sh", folder, Tool.binary.path]
    let words = (inFolder + arguments).map { strdup($0) } + [nil]
    defer { for text in values + words { free(text) } }
    var started = pid_t()
    let result = posix_spawn(&started, "/bin/sh", &actions, &attributes, words, values)
    posix_spawn_file_actions_destroy(&actions)
    posix_spawnattr_destroy(&attributes)
    guard result == 0 else { throw Failure(description: "the tool does not start: \(result)") }
    process = started
  }

  deinit {
    if !hasEnded {
      kill(process, SIGKILL)
      var status: Int32 = 0
      waitpid(process, &status, 0)
    }
    close(master)
  }

  /// Presses keys.
  func press(_ keys: String) {
    var bytes = Array(keys.utf8)
    while !bytes.isEmpty {
      let count = write(master, bytes, bytes.count)
      if count <= 0 { return }
      bytes.removeFirst(count)
    }
  }

  /// Waits until the screen is as it must be.
  func wait(_ what: String, until isRight: (Screen) -> Bool) throws {
    let end = Date().addingTimeInterval(PseudoTerminal.patience)
    while !isRight(screen) {
      guard Date() < end else {
        throw Failure(description: "no \(what) on the screen:\n" + screen.lines.joined(separator: "\n"))
      }
      guard readSome(for: 500) else {
        throw Failure(description: "the program ended before \(what):\n" + screen.lines.joined(separator: "\n"))
      }
    }
  }

  /// Types keys, and waits until the line of the cursor ends with something before the cursor.
  func type(_ keys: String, shows: String? = nil) throws {
    press(keys)
    let text = shows ?? keys
    try wait("`\(text)`") { $0.beforeCursor.hasSuffix(text) }
  }

  /// Presses Return, and waits for the next prompt.
  func enter(_ keys: String = "", prompt: String = "› ") throws {
    if !keys.isEmpty { try type(keys) }
    let row = screen.row
    press("\r")
    try wait("prompt behind `\(keys)`") { $0.row > row && $0.beforeCursor.hasSuffix(prompt) }
  }

  /// Waits until the program has ended. - Returns: its exit status, or what killed it as a negative number.
  func end() throws -> Int32 {
    let end = Date().addingTimeInterval(PseudoTerminal.patience)
    while readSome(for: 500) {
      guard Date() < end else { throw Failure(description: "the program goes on") }
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) == -1, errno == EINTR {}
    hasEnded = true
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : -signal
  }

  /// Reads what is there, or waits for it. - Returns: false at the end of the program.
  private func readSome(for milliseconds: Int32) -> Bool {
    var waiting = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    let ready = poll(&waiting, 1, milliseconds)
    if ready <= 0 { return true }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = read(master, &buffer, buffer.count)
    if count <= 0 { return count < 0 && errno == EINTR }
    screen.take(Array(buffer.prefix(count)))
    return true
  }

  /// Everything that the screen has shown.
  var transcript: String {
    var lines = screen.lines
    while lines.last == "" { lines.removeLast() }
    return lines.map { $0 + "\n" }.joined()
  }
}
