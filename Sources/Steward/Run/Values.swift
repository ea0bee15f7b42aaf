extension Vector {
  /// The value of a lane as the rules know it.
  func value(_ lane: Int, _ type: Type, _ batch: BatchRun) -> Value {
    if state(lane) != Vector.present { return .missing }
    switch kind {
    case .flags: return .bool(flag(lane))
    case .numbers: return .number(number(lane))
    case .lists: return .list(list(lane).map { batch.texts[Int64($0)] })
    case .ints:
      let int = int(lane)
      switch type.base {
      case .text: return .text(batch.texts[int])
      case .time: return .time(int)
      case .date: return .date(Int32(clamping: int))
      case .duration: return .duration(int)
      case .period(let unit): return .period(unit, Int32(clamping: int))
      case .choice: return .choice(Int(int))
      case .tier: return .tier(Int(int))
      case .member: return .member(Int(int))
      case .item: return .item(Int(int))
      default: return .int(int)
      }
    }
  }

  /// The entries at some lanes; one that stands for all lanes stays one.
  func pickedLanes(_ lanes: [Int32]) -> Vector { isUniform ? self : picked(lanes) }
}

extension Value {
  /// The order of values of one type: of numbers, of time, of positions, of bytes. What cannot be ordered is equal.
  func isOrdered(before other: Value) -> Bool {
    switch (self, other) {
    case (.bool(let a), .bool(let b)): !a && b
    case (.int(let a), .int(let b)), (.time(let a), .time(let b)), (.duration(let a), .duration(let b)): a < b
    case (.number(let a), .number(let b)): a < b
    case (.text(let a), .text(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
    case (.date(let a), .date(let b)), (.period(_, let a), .period(_, let b)): a < b
    case (.choice(let a), .choice(let b)), (.tier(let a), .tier(let b)), (.member(let a), .member(let b)),
      (.item(let a), .item(let b)):
      a < b
    default: false
    }
  }
}
