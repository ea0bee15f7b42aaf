import Synchronization

/// A place for each work item's result, filled from any thread.
final class ResultSlots<Result: Sendable>: Sendable {
  private let values: Mutex<[Result?]>

  init(count: Int) { values = Mutex(Array(repeating: nil, count: count)) }

  func set(_ index: Int, _ value: Result) {
    values.withLock { if $0.indices.contains(index) { $0[index] = value } }
  }

  /// Whether this is the first time that somebody asks for this place.
  func claim(_ index: Int) -> Bool where Result == Bool {
    values.withLock {
      guard $0.indices.contains(index), $0[index] == nil else { return false }
      $0[index] = true
      return true
    }
  }

  /// The results in item order; items that gave none are left out.
  func take() -> [Result] { values.withLock { $0.compactMap(\.self) } }
}

/// A flag that anyone may raise to stop a run; it is read once a batch.
public final class StopFlag: Sendable {
  private let flag = Atomic<Bool>(false)
  public init() {}
  public var isRaised: Bool { flag.load(ordering: .relaxed) }
  public func raise() { flag.store(true, ordering: .relaxed) }
  /// Makes ready for the next run.
  public func lower() { flag.store(false, ordering: .relaxed) }
}

/// Things that threads take, use and give back.
final class ReuseStack<Element: Sendable>: Sendable {
  private let elements = Mutex<[Element]>([])
  func pop() -> Element? { elements.withLock { $0.popLast() } }
  func push(_ element: Element) { elements.withLock { $0.append(element) } }
}
