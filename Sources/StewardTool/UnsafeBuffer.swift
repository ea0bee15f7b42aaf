// The only unsafe code of the tool: GNU readline.

import CReadline
import Glibc
import Steward
import Synchronization

/// A line, or several, from a person at a terminal, with their own key bindings.
enum LineEditor {
  /// What the person did.
  enum Entry {
    case text(String)
    /// Ctrl-C: the line is dropped.
    case dropped
    /// Ctrl-D on an empty line.
    case end
  }

  /// What readline asks while a line is edited.
  struct Hooks: Sendable {
    /// Whether the lines so far are whole.
    var isComplete: @Sendable (String) -> Bool
    /// Whether a bracket is open in them.
    var isOpen: @Sendable (String) -> Bool
    /// - Parameter cursor: a UTF-8 offset.
    var completion: @Sendable (_ text: String, _ cursor: Int) -> Completion
  }

  private static let hooks = Mutex<Hooks?>(nil)
  private static let isDropped = Mutex<Bool>(false)

  /// Once, before the first line.
  static func setUp(history: [String]) {
    unsafe steward_set_up(enter, interrupt, complete)
    using_history()
    for entry in history { remember(entry) }
  }

  static func remember(_ entry: String) {
    unsafe entry.withCString { text in unsafe add_history(text) }
  }

  /// Reads an entry.
  static func read(prompt: String, hooks: Hooks) -> Entry {
    self.hooks.withLock { $0 = hooks }
    isDropped.withLock { $0 = false }
    guard let line = unsafe prompt.withCString({ text in unsafe readline(text) }) else { return .end }
    defer { unsafe free(line) }
    if isDropped.withLock({ $0 }) { return .dropped }
    return .text(unsafe String(cString: line))
  }

  /// Gives the terminal back as it was.
  static func restore() { rl_deprep_terminal() }

  private static var buffer: String {
    guard let text = unsafe steward_buffer() else { return "" }
    return unsafe String(cString: text)
  }

  /// Return: the entry is done if it is whole, or if an empty line ends what has no open bracket; else it has one line more.
  private static let enter: @convention(c) (CInt, CInt) -> CInt = { count, key in
    let text = buffer
    let isAtEnd = steward_point() >= steward_end()
    let endsEmpty =
      text.contains("\n")
      && (text.split(separator: "\n", omittingEmptySubsequences: false).last ?? "")
        .allSatisfy(\.isWhitespace)
    let hooks = hooks.withLock { $0 }
    let isComplete = hooks?.isComplete(text) ?? true
    if isComplete || isAtEnd && endsEmpty && hooks?.isOpen(text) != true { return rl_newline(count, key) }
    _ = unsafe "\n".withCString { newline in unsafe rl_insert_text(newline) }
    return 0
  }

  private static let interrupt: @convention(c) (CInt, CInt) -> CInt = { _, _ in
    isDropped.withLock { $0 = true }
    unsafe "^C".withCString { word in unsafe steward_say_behind(word) }
    steward_finish()
    return 0
  }

  /// Candidates as readline wants them: what they have in common, then each, in memory that it frees.
  private static let complete:
    @convention(c) (UnsafePointer<CChar>?, CInt, CInt) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = {
      _, start, end in
      let line = buffer
      guard let made = hooks.withLock({ $0 })?.completion(line, Int(end)), !made.candidates.isEmpty else {
        steward_offer(0x20)
        return nil
      }
      let bytes = Array(line.utf8)
      let words = made.candidates.map { candidate -> [UInt8] in
        let word = Array(candidate.utf8)
        // Readline's word may begin elsewhere than ours.
        if made.start >= Int(start) {
          return Array(bytes[min(Int(start), bytes.count)..<min(made.start, bytes.count)]) + word
        }
        return Array(word.dropFirst(Int(start) - made.start))
      }
      steward_offer(CInt(made.suffix.utf8.first ?? 0))
      var common = words[0]
      for word in words {
        var length = zip(common, word).prefix { $0 == $1 }.count
        // Whole characters alone.
        while length > 0, length < common.count, common[length] & 0xC0 == 0x80 { length -= 1 }
        common = Array(common.prefix(length))
      }
      let typed = Array(bytes[min(Int(start), bytes.count)..<min(Int(end), bytes.count)])
      // Candidates that differ in the case of a letter share less than was typed.
      if common.count < typed.count { common = typed }
      let all = words.count == 1 ? words : [common] + words
      // Readline frees it, and each word, with `free`.
      let size = unsafe (all.count + 1) * MemoryLayout<UnsafeMutablePointer<CChar>?>.stride
      guard let memory = unsafe malloc(size) else { return nil }
      let list = unsafe memory.assumingMemoryBound(to: UnsafeMutablePointer<CChar>?.self)
      for (index, word) in all.enumerated() {
        unsafe list[index] = unsafe strdup(String(decoding: word, as: UTF8.self))
      }
      unsafe list[all.count] = nil
      return unsafe list
    }
}
