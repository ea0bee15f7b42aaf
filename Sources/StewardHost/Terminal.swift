import Dispatch
import Glibc
import Steward

/// The streams of the process, and what the person at the other end can see.
public enum Terminal {
  public enum Stream: Int32, Sendable { case output = 1, error = 2 }

  /// Whether a person types and reads.
  public static var isInteractive: Bool { isatty(0) == 1 && isTerminal(.output) }

  public static func isTerminal(_ stream: Stream) -> Bool { isatty(stream.rawValue) == 1 }

  /// Whether colours may be used: on a terminal that knows them, if nobody objects.
  public static func hasColors(_ stream: Stream) -> Bool {
    isTerminal(stream) && (System.environment("NO_COLOR") ?? "").isEmpty && System.environment("TERM") != "dumb"
  }

  /// - Unit: columns; 100 where nobody can tell.
  public static func width(_ stream: Stream) -> Int {
    let told = System.terminalWidth(stream.rawValue) ?? System.environment("COLUMNS").flatMap { Int($0) } ?? 100
    return min(max(told, 40), 160)
  }

  /// Writes text; a reader that has gone away (`| head`) is no error.
  public static func write(_ text: String, to stream: Stream) throws(SourceFailure) {
    do throws(System.Failure) { try System.write(stream.rawValue, Array(text.utf8)) } catch {
      if error.number == EPIPE { return }
      throw SourceFailure.writing(stream == .output ? "<stdout>" : "<stderr>", error)
    }
  }

  /// The language of the person's locale.
  public static var language: Language {
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
      guard let value = System.environment(name), !value.isEmpty else { continue }
      return value.lowercased().hasPrefix("zh") ? .chinese : .english
    }
    return .english
  }
}

/// What the process does when someone presses Ctrl-C.
public final class Interruption {
  private let sources: [any DispatchSourceSignal]

  /// From now on Ctrl-C and a polite end raise the flag; a second Ctrl-C ends the process at once. A broken pipe is not a signal
  /// any more.
  /// - Parameter leaving: where Ctrl-C only stops what is under way, what to do before the process ends politely.
  public init(raising flag: StopFlag, leaving: (@Sendable () -> Void)? = nil) {
    System.ignore(SIGPIPE)
    // A file that may not grow is an error of writing like any other.
    System.ignore(SIGXFSZ)
    let queue = DispatchQueue(label: "interruption")
    sources = [SIGINT, SIGTERM, SIGHUP].map { signal in
      System.ignore(signal)
      let source = DispatchSource.makeSignalSource(signal: signal, queue: queue)
      source.setEventHandler {
        if let leaving {
          flag.raise()
          if signal == SIGINT { return }
          leaving()
          _exit(128 + signal)
        }
        if flag.isRaised { _exit(130) }
        flag.raise()
        // Work that does not look at the flag ends with the process; what is written by then is complete or not there.
        queue.asyncAfter(deadline: .now() + .milliseconds(1500)) { _exit(130) }
      }
      source.resume()
      return source
    }
  }

  /// Gives the signals back.
  public func end() {
    for source in sources { source.cancel() }
  }

  public static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
