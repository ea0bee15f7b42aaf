/// Runs numbered work items, perhaps several at a time. The host injects threads; the core's own is serial.
///
/// Items must not depend on `width`, and what they give is merged in item order, so that the number of threads never shows.
public struct Workers: Sendable {
  /// How many items may run at a time.
  public let width: Int
  /// Calls the body once for each of `0..<count`, in any order, and returns when all are done.
  public let each: @Sendable (_ count: Int, _ body: @Sendable (Int) -> Void) -> Void

  public init(width: Int, each: @escaping @Sendable (_ count: Int, _ body: @Sendable (Int) -> Void) -> Void) {
    self.width = max(1, width)
    self.each = each
  }

  public static let serial = Workers(width: 1) { count, body in
    for index in 0..<count { body(index) }
  }

  /// What each item gives, in item order.
  public func map<Result: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Result) -> [Result] {
    let slots = ResultSlots<Result>(count: count)
    each(count) { index in slots.set(index, body(index)) }
    return slots.take()
  }
}
