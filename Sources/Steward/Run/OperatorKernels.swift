// Kernels of operators: a column at a time, one switch a call, no branch on the type inside a loop.

enum OperatorKernels {
  // MARK: Logic

  static func not(_ operand: Vector) -> Vector {
    Vector(.flags(mapLanes(operand.flags) { $0 ^ 1 }), states: operand.states, isUniform: operand.isUniform)
  }

  /// `left and right`: where the left is false, the right does not matter.
  static func and(_ left: Vector, _ right: Vector, _ count: Int) -> Vector {
    let flags = mapLanes(left.flags, left.isUniform, right.flags, right.isUniform, count) { $0 & $1 }
    return logic(left, right, flags, count, decisive: 0)
  }

  /// `left or right`: where the left is true, the right does not matter.
  static func or(_ left: Vector, _ right: Vector, _ count: Int) -> Vector {
    let flags = mapLanes(left.flags, left.isUniform, right.flags, right.isUniform, count) { $0 | $1 }
    return logic(left, right, flags, count, decisive: 1)
  }

  private static func logic(
    _ left: Vector, _ right: Vector, _ flags: [UInt8], _ count: Int, decisive: UInt8
  ) -> Vector {
    let uniform = left.isUniform && right.isUniform
    if left.states.isEmpty && right.states.isEmpty { return Vector(.flags(flags), isUniform: uniform) }
    let lanes = uniform ? 1 : count
    var result = flags
    var states = [UInt8](repeating: 0, count: lanes)
    for lane in 0..<min(lanes, result.count) {
      let leftState = left.state(lane)
      if leftState != Vector.present {
        states[lane] = leftState
      } else if (left.flag(lane) ? 1 : 0) == decisive {
        result[lane] = decisive
      } else {
        states[lane] = right.state(lane)
      }
    }
    return Vector(.flags(result), states: states, isUniform: uniform)
  }

  // MARK: Comparison

  static func compare(
    _ operation: Expr.ComparisonOperator, _ left: Vector, _ right: Vector, _ count: Int
  ) -> Vector {
    let uniform = left.isUniform && right.isUniform
    let states = worse(left, right, count)
    let flags: [UInt8]
    switch (left.storage, right.storage) {
    case (.flags(let a), .flags(let b)):
      flags = compare(operation, a, left.isUniform, b, right.isUniform, count)
    case (.ints(let a), .ints(let b)):
      flags = compare(operation, a, left.isUniform, b, right.isUniform, count)
    case (.numbers(let a), .numbers(let b)):
      flags = compare(operation, a, left.isUniform, b, right.isUniform, count)
    default:
      let isEqual = operation == .equal
      flags = (0..<(uniform ? 1 : count)).map { (Array(left.list($0)) == Array(right.list($0))) == isEqual ? 1 : 0 }
    }
    return Vector(.flags(flags), states: states, isUniform: uniform)
  }

  @inline(__always)
  private static func compare<T: Comparable>(
    _ operation: Expr.ComparisonOperator, _ left: [T], _ leftUniform: Bool, _ right: [T], _ rightUniform: Bool,
    _ count: Int
  ) -> [UInt8] {
    switch operation {
    case .equal: mapLanes(left, leftUniform, right, rightUniform, count) { $0 == $1 ? 1 : 0 }
    case .notEqual: mapLanes(left, leftUniform, right, rightUniform, count) { $0 != $1 ? 1 : 0 }
    case .less: mapLanes(left, leftUniform, right, rightUniform, count) { $0 < $1 ? 1 : 0 }
    case .lessOrEqual: mapLanes(left, leftUniform, right, rightUniform, count) { $0 <= $1 ? 1 : 0 }
    case .greater: mapLanes(left, leftUniform, right, rightUniform, count) { $0 > $1 ? 1 : 0 }
    case .greaterOrEqual: mapLanes(left, leftUniform, right, rightUniform, count) { $0 >= $1 ? 1 : 0 }
    }
  }

  // MARK: Missing values

  static func isMissing(_ operand: Vector, _ count: Int) -> Vector {
    guard !operand.states.isEmpty else { return .uniform(.flags([0])) }
    let flags = mapLanes(operand.states) { $0 == Vector.missing ? UInt8(1) : 0 }
    let faults = mapLanes(operand.states) { $0 == Vector.fault ? Vector.fault : 0 }
    return Vector(.flags(flags), states: faults.contains(Vector.fault) ? faults : [], isUniform: operand.isUniform)
  }

  static func coalesce(_ value: Vector, _ fallback: Vector, _ count: Int) -> Vector {
    if value.states.isEmpty { return value }
    var picks = [UInt8](repeating: 0, count: count)
    var states = [UInt8](repeating: 0, count: count)
    for lane in 0..<count {
      let state = value.state(lane)
      if state == Vector.missing {
        picks[lane] = 1
        states[lane] = fallback.state(lane)
      } else {
        states[lane] = state
      }
    }
    return pick([value, fallback], picks, states, count)
  }

  /// `case`: inputs are condition, value, condition, value, …, else.
  static func choose(_ inputs: [Vector], _ count: Int) -> Vector {
    guard let otherwise = inputs.last else { return .allMissing(.flags) }
    if inputs.count == 1 { return otherwise }
    let arms = inputs.count / 2
    var picks = [UInt16](repeating: UInt16(truncatingIfNeeded: arms), count: count)
    var states = [UInt8](repeating: 0, count: count)
    var isOpen = [UInt8](repeating: 1, count: count)
    for arm in 0..<arms {
      let condition = inputs[2 * arm]
      for lane in 0..<count where isOpen[lane] != 0 {
        let state = condition.state(lane)
        if state != Vector.present {
          states[lane] = state
          isOpen[lane] = 0
        } else if condition.flag(lane) {
          picks[lane] = UInt16(truncatingIfNeeded: arm)
          isOpen[lane] = 0
        }
      }
    }
    var values: [Vector] = []
    for arm in 0..<arms { values.append(inputs[2 * arm + 1]) }
    values.append(otherwise)
    for lane in 0..<count where states[lane] == Vector.present {
      states[lane] = values[Int(picks[lane])].state(lane)
    }
    return pick(values, picks, states, count)
  }

  /// Takes each lane from the vector that `picks` names.
  private static func pick<Index: FixedWidthInteger>(
    _ vectors: [Vector], _ picks: [Index], _ states: [UInt8], _ count: Int
  ) -> Vector {
    let kept = states.contains { $0 != Vector.present } ? states : []
    switch vectors.first?.kind ?? .flags {
    case .flags: return Vector(flags: (0..<count).map { vectors[Int(picks[$0])].flag($0) ? 1 : 0 }, states: kept)
    case .ints: return Vector(ints: (0..<count).map { vectors[Int(picks[$0])].int($0) }, states: kept)
    case .numbers: return Vector(numbers: (0..<count).map { vectors[Int(picks[$0])].number($0) }, states: kept)
    case .lists:
      var offsets: [Int32] = [0]
      var codes: [Int32] = []
      for lane in 0..<count {
        codes.append(contentsOf: vectors[Int(picks[lane])].list(lane))
        offsets.append(Int32(truncatingIfNeeded: codes.count))
      }
      return Vector(.lists(offsets: offsets, codes: codes), states: kept)
    }
  }

  // MARK: Faults

  /// Adds a fault wherever a flag is set.
  static func faulting(_ states: [UInt8], where isFault: [UInt8]) -> [UInt8] {
    guard isFault.contains(1) else { return states }
    return isFault.indices.map { index in
      let state = states.indices.contains(index) ? states[index] : Vector.present
      return state == Vector.present && isFault[index] != 0 ? Vector.fault : state
    }
  }

  /// Marks lanes whose number left the finite range, and holds 0 there: no kernel ever meets an infinity or nan.
  static func finite(_ numbers: [Double], _ states: [UInt8], _ uniform: Bool) -> Vector {
    var isFinite = true
    for number in numbers where !number.isFinite { isFinite = false }
    if isFinite { return Vector(.numbers(numbers), states: states, isUniform: uniform) }
    let faults = mapLanes(numbers) { $0.isFinite ? UInt8(0) : 1 }
    return Vector(
      .numbers(mapLanes(numbers) { $0.isFinite ? $0 : 0 }), states: faulting(states, where: faults),
      isUniform: uniform)
  }
}
