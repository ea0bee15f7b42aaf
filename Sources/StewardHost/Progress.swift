import Dispatch
import Steward
import Synchronization

/// A line on standard error that says what is under way, once it takes longer than a second.
public final class Progress: Sendable {
  private let stage = Mutex<(name: String, generation: Int, isShown: Bool)>(("", 0, false))

  public init() {}

  public func begin(_ name: String) {
    let generation = stage.withLock { stage -> Int in
      stage = (name, stage.generation + 1, false)
      return stage.generation
    }
    DispatchQueue.global().asyncAfter(deadline: .now() + 1) { [self] in
      stage.withLock { stage in
        guard stage.generation == generation, !stage.name.isEmpty else { return }
        try? Terminal.write("\r\(stage.name) …", to: .error)
        stage.isShown = true
      }
    }
  }

  public func end() {
    stage.withLock { stage in
      if stage.isShown { try? Terminal.write("\r\u{1B}[K", to: .error) }
      stage = ("", stage.generation, false)
    }
  }
}
