// Vectors cut from others and put together again.

extension Vector {
  /// The entries at some lanes.
  func picked(_ lanes: [Int32]) -> Vector {
    let states = self.states.isEmpty ? [] : lanes.map { state(Int($0)) }
    switch storage {
    case .flags(let values): return Vector(flags: Gather.pick(values, lanes), states: states)
    case .ints(let values): return Vector(ints: Gather.pick(values, lanes), states: states)
    case .numbers(let values): return Vector(numbers: Gather.pick(values, lanes), states: states)
    case .lists:
      var offsets: [Int32] = [0]
      var codes: [Int32] = []
      for lane in lanes {
        codes.append(contentsOf: list(Int(lane)))
        offsets.append(Int32(truncatingIfNeeded: codes.count))
      }
      return Vector(.lists(offsets: offsets, codes: codes), states: states)
    }
  }

  /// The entries of several vectors, one after the other; a part without any value may be of another kind.
  /// - Parameter counts: how many lanes each part speaks for.
  static func joined(_ parts: [Vector], counts: [Int]) -> Vector {
    let telling = parts.first { !$0.states.contains(missing) } ?? parts.first { $0.states.contains(present) }
    guard let kind = (telling ?? parts.first)?.kind else { return .allMissing(.ints) }
    var result = Vector.allMissing(kind)
    if let only = parts.first, parts.count == 1 { return only }
    var states: [UInt8] = []
    var flags: [UInt8] = []
    var ints: [Int64] = []
    var numbers: [Double] = []
    var offsets: [Int32] = [0]
    var codes: [Int32] = []
    for index in parts.indices {
      let part = (parts[index].kind == kind ? parts[index] : .allMissing(kind)).expanded(to: counts[index])
      states += part.states.isEmpty ? Array(repeating: present, count: counts[index]) : part.states
      switch part.storage {
      case .flags(let values): flags += values
      case .ints(let values): ints += values
      case .numbers(let values): numbers += values
      case .lists(let own, let values):
        let shift = offsets[offsets.count - 1]
        offsets += own.dropFirst().map { $0 &+ shift }
        codes += values
      }
    }
    if !states.contains(where: { $0 != present }) { states = [] }
    switch kind {
    case .flags: result = Vector(flags: flags, states: states)
    case .ints: result = Vector(ints: ints, states: states)
    case .numbers: result = Vector(numbers: numbers, states: states)
    case .lists: result = Vector(.lists(offsets: offsets, codes: codes), states: states)
    }
    return result
  }
}
