// Arithmetic, a column at a time. Integer overflow and numbers beyond the finite range become faults; a division by zero
// is missing.

enum ArithmeticKernels {
  static func negate(_ operand: Vector) -> Vector {
    switch operand.storage {
    case .numbers(let values):
      return Vector(.numbers(mapLanes(values) { 0 - $0 }), states: operand.states, isUniform: operand.isUniform)
    default:
      let values = operand.ints
      let faults = mapLanes(values) { $0 == .min ? UInt8(1) : 0 }
      return Vector(
        .ints(mapLanes(values) { 0 &- $0 }), states: OperatorKernels.faulting(operand.states, where: faults),
        isUniform: operand.isUniform)
    }
  }

  static func apply(
    _ operation: TypedExpr.Arithmetic, _ form: ArithmeticForm, _ left: Vector, _ right: Vector, _ count: Int
  ) -> Vector {
    switch form {
    case .ints: return ints(operation, left, right, count)
    case .numbers: return numbers(operation, left, right, count)
    case .durationRatio: return numbers(.divide, left, right, count)
    case .durationByNumber: return durationByNumber(left, right, count)
    case .dateAndDuration: return dateAndDuration(operation, left, right, count)
    case .dates:
      let days = ints(.subtract, left, right, count)
      return ints(.multiply, days, .uniform(.ints([Calendar.microsPerDay])), count)
    }
  }

  private static func ints(
    _ operation: TypedExpr.Arithmetic, _ left: Vector, _ right: Vector, _ count: Int
  ) -> Vector {
    switch operation {
    case .add: return checked(left, right, count) { $0.addingReportingOverflow($1) }
    case .subtract: return checked(left, right, count) { $0.subtractingReportingOverflow($1) }
    case .multiply: return checked(left, right, count) { $0.multipliedReportingOverflow(by: $1) }
    case .div: return divided(left, right, count) { floorDivision($0, $1).quotient }
    case .mod: return divided(left, right, count) { floorDivision($0, $1).remainder }
    case .divide:
      return numbers(.divide, left, right, count)
    }
  }

  @inline(__always)
  private static func checked(
    _ left: Vector, _ right: Vector, _ count: Int, _ body: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
  ) -> Vector {
    let a = left.ints
    let b = right.ints
    let uniform = left.isUniform && right.isUniform
    var overflowed = false
    let values = mapLanes(a, left.isUniform, b, right.isUniform, count) { x, y in
      let result = body(x, y)
      overflowed = overflowed || result.overflow
      return result.partialValue
    }
    var states = worse(left, right, count)
    if overflowed {
      let faults = mapLanes(a, left.isUniform, b, right.isUniform, count) { x, y in body(x, y).overflow ? UInt8(1) : 0 }
      states = OperatorKernels.faulting(states, where: faults)
    }
    return Vector(.ints(values), states: states, isUniform: uniform)
  }

  /// Quotient towards minus infinity and the remainder with the divisor's sign; `Int64.min / -1` is reported by nil.
  @inline(__always)
  static func floorDivision(_ dividend: Int64, _ divisor: Int64) -> (quotient: Int64?, remainder: Int64?) {
    if divisor == 0 { return (nil, nil) }
    if divisor == -1 { return (dividend == .min ? nil : 0 - dividend, 0) }
    let result = dividend.quotientAndRemainder(dividingBy: divisor)
    if result.remainder != 0 && (result.remainder < 0) != (divisor < 0) {
      return (result.quotient - 1, result.remainder + divisor)
    }
    return (result.quotient, result.remainder)
  }

  @inline(__always)
  private static func divided(
    _ left: Vector, _ right: Vector, _ count: Int, _ body: (Int64, Int64) -> Int64?
  ) -> Vector {
    let a = left.ints
    let b = right.ints
    let uniform = left.isUniform && right.isUniform
    var isIrregular = false
    let values = mapLanes(a, left.isUniform, b, right.isUniform, count) { x, y in
      let result = body(x, y)
      isIrregular = isIrregular || result == nil
      return result ?? 0
    }
    var states = worse(left, right, count)
    if isIrregular {
      states = (0..<values.count).map { lane in
        let state = max(left.state(lane), right.state(lane))
        if state != Vector.present { return state }
        if right.int(lane) == 0 { return Vector.missing }
        return body(left.int(lane), right.int(lane)) == nil ? Vector.fault : Vector.present
      }
    }
    return Vector(.ints(values), states: states, isUniform: uniform)
  }

  static func toNumber(_ operand: Vector) -> Vector {
    guard case .ints(let values) = operand.storage else { return operand }
    return Vector(.numbers(mapLanes(values) { Double($0) }), states: operand.states, isUniform: operand.isUniform)
  }

  private static func numbers(
    _ operation: TypedExpr.Arithmetic, _ left: Vector, _ right: Vector, _ count: Int
  ) -> Vector {
    let a = toNumber(left).numbers
    let divisors = toNumber(right)
    let b = divisors.numbers
    let uniform = left.isUniform && right.isUniform
    var states = worse(left, right, count)
    let values: [Double]
    switch operation {
    case .add: values = mapLanes(a, left.isUniform, b, right.isUniform, count) { $0 + $1 }
    case .subtract: values = mapLanes(a, left.isUniform, b, right.isUniform, count) { $0 - $1 }
    case .multiply: values = mapLanes(a, left.isUniform, b, right.isUniform, count) { $0 * $1 }
    case .divide, .div, .mod:
      values = mapLanes(a, left.isUniform, b, right.isUniform, count) { $1 == 0 ? 0 : $0 / $1 }
      if b.contains(0) {
        states = (0..<values.count).map { lane in
          let state = states.indices.contains(lane) ? states[lane] : Vector.present
          return state == Vector.present && divisors.number(lane) == 0 ? Vector.missing : state
        }
      }
    }
    return OperatorKernels.finite(values, states, uniform)
  }

  /// A duration times a number, to the nearest microsecond.
  private static func durationByNumber(_ left: Vector, _ right: Vector, _ count: Int) -> Vector {
    let product = numbers(.multiply, left, right, count)
    let values = product.numbers
    let faults = mapLanes(values) { abs($0) < 9.2e18 ? UInt8(0) : 1 }
    return Vector(
      .ints(mapLanes(values) { Int64(exactly: $0.rounded()) ?? 0 }),
      states: OperatorKernels.faulting(product.states, where: faults), isUniform: product.isUniform)
  }

  /// The planner puts the date first; the checker lets only whole days through.
  private static func dateAndDuration(
    _ operation: TypedExpr.Arithmetic, _ date: Vector, _ duration: Vector, _ count: Int
  ) -> Vector {
    let days = Vector(
      .ints(mapLanes(duration.ints) { $0 / Calendar.microsPerDay }), states: duration.states,
      isUniform: duration.isUniform)
    let result = ints(operation, date, days, count)
    let values = result.ints
    let faults = mapLanes(values) { (-3_600_000...3_600_000).contains($0) ? UInt8(0) : 1 }
    return Vector(
      result.storage, states: OperatorKernels.faulting(result.states, where: faults), isUniform: result.isUniform)
  }

  // MARK: Functions

  static func function(_ function: TypedExpr.Function, _ inputs: [Vector], _ count: Int) -> Vector {
    guard let first = inputs.first else { return .allMissing(.numbers) }
    switch function {
    case .min: return inputs.dropFirst().reduce(first) { extreme($0, $1, count, takesLess: true) }
    case .max: return inputs.dropFirst().reduce(first) { extreme($0, $1, count, takesLess: false) }
    case .abs:
      if case .numbers(let values) = first.storage {
        return Vector(.numbers(mapLanes(values) { $0.magnitude }), states: first.states, isUniform: first.isUniform)
      }
      let values = first.ints
      let faults = mapLanes(values) { $0 == .min ? UInt8(1) : 0 }
      return Vector(
        .ints(mapLanes(values) { $0 < 0 ? 0 &- $0 : $0 }),
        states: OperatorKernels.faulting(first.states, where: faults), isUniform: first.isUniform)
    case .round: return rounding(first) { WholeNumber.rounded($0) }
    case .floor: return rounding(first) { WholeNumber.floor($0) }
    case .ceil: return rounding(first) { WholeNumber.ceil($0) }
    case .sqrt: return domain(first, { $0 >= 0 }) { $0.squareRoot() }
    case .log: return domain(first, { $0 > 0 }) { naturalLogarithm($0) }
    }
  }

  private static func extreme(_ left: Vector, _ right: Vector, _ count: Int, takesLess: Bool) -> Vector {
    let uniform = left.isUniform && right.isUniform
    let states = worse(left, right, count)
    if case .numbers(let a) = left.storage, case .numbers(let b) = right.storage {
      let values = mapLanes(a, left.isUniform, b, right.isUniform, count) { takesLess == ($1 < $0) ? $1 : $0 }
      return Vector(.numbers(values), states: states, isUniform: uniform)
    }
    let values = mapLanes(left.ints, left.isUniform, right.ints, right.isUniform, count) {
      takesLess == ($1 < $0) ? $1 : $0
    }
    return Vector(.ints(values), states: states, isUniform: uniform)
  }

  private static func rounding(_ operand: Vector, _ body: (Double) -> Int64?) -> Vector {
    guard case .numbers(let values) = operand.storage else { return operand }
    var faults = [UInt8](repeating: 0, count: values.count)
    var results = [Int64](repeating: 0, count: values.count)
    for index in values.indices {
      if let rounded = body(values[index]) { results[index] = rounded } else { faults[index] = 1 }
    }
    return Vector(
      .ints(results), states: OperatorKernels.faulting(operand.states, where: faults), isUniform: operand.isUniform)
  }

  private static func domain(
    _ operand: Vector, _ isInside: (Double) -> Bool, _ body: (Double) -> Double
  ) -> Vector {
    let values = toNumber(operand).numbers
    var states = operand.states
    if values.contains(where: { !isInside($0) }) {
      states = values.indices.map { index in
        let state = operand.states.indices.contains(index) ? operand.states[index] : Vector.present
        return state == Vector.present && !isInside(values[index]) ? Vector.missing : state
      }
    }
    return Vector(
      .numbers(mapLanes(values) { isInside($0) ? body($0) : 0 }), states: states, isUniform: operand.isUniform)
  }
}
