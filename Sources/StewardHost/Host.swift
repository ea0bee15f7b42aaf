import Dispatch
import Steward
import Synchronization

extension Workers {
  /// Runs items on up to `width` threads.
  public static func threads(_ width: Int) -> Workers {
    if width <= 1 { return .serial }
    return Workers(width: width) { count, body in
      let next = Atomic<Int>(0)
      DispatchQueue.concurrentPerform(iterations: min(width, count)) { _ in
        while true {
          let item = next.wrappingAdd(1, ordering: .relaxed).oldValue
          if item >= count { return }
          body(item)
        }
      }
    }
  }
}
