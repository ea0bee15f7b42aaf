@testable import Steward

// Arithmetic, comparisons and functions: LANGUAGE §3 and §7. None of them knows a subject or a moment.
extension NaiveEvaluator {
  func negated(_ operand: Value) throws -> Value {
    switch operand {
    case .missing: return .missing
    case .int(let int): return .int(try int == .min ? overflow() : -int)
    case .number(let number): return .number(-number)
    case .duration(let micros): return .duration(try micros == .min ? overflow() : -micros)
    default: throw NaiveFault.broken("-\(operand)")
    }
  }

  private func overflow<T>() throws -> T { throw NaiveFault.overflow }

  private func checked<T>(_ result: (partialValue: T, overflow: Bool)) throws -> T {
    if result.overflow { throw NaiveFault.overflow }
    return result.partialValue
  }

  private func finite(_ number: Double) throws -> Value {
    guard number.isFinite else { throw NaiveFault.overflow }
    return .number(number)
  }

  func arithmetic(_ operation: TypedExpr.Arithmetic, _ left: Value, _ right: Value) throws -> Value {
    switch (left, right) {
    case (.missing, _), (_, .missing): return .missing
    case (.int(let a), .int(let b)): return try whole(operation, a, b).map { .int($0) } ?? .missing
    case (.number(let a), .number(let b)):
      switch operation {
      case .add: return try finite(a + b)
      case .subtract: return try finite(a - b)
      case .multiply: return try finite(a * b)
      case .divide: return b == 0 ? .missing : try finite(a / b)
      case .div, .mod: throw NaiveFault.broken("\(operation) of numbers")
      }
    case (.duration(let a), .duration(let b)):
      if operation == .divide { return b == 0 ? .missing : .number(Double(a) / Double(b)) }
      return try whole(operation, a, b).map { .duration($0) } ?? .missing
    case (.time(let a), .duration(let b)): return .time(try whole(operation, a, b) ?? 0)
    case (.duration(let a), .time(let b)) where operation == .add: return .time(try whole(.add, a, b) ?? 0)
    case (.time(let a), .time(let b)) where operation == .subtract: return .duration(try whole(.subtract, a, b) ?? 0)
    case (.date(let a), .date(let b)) where operation == .subtract:
      return .duration((Int64(a) - Int64(b)) * Calendar.microsPerDay)
    case (.date(let a), .duration(let b)):
      let days = try whole(operation, Int64(a), b / Calendar.microsPerDay) ?? 0
      guard let day = Int32(exactly: days) else { throw NaiveFault.overflow }
      return .date(day)
    case (.duration(let a), .number(let b)) where operation == .multiply,
      (.number(let b), .duration(let a)) where operation == .multiply:
      // To the nearest microsecond.
      guard let micros = Int64(exactly: (Double(a) * b).rounded()) else { throw NaiveFault.overflow }
      return .duration(micros)
    case (.duration(let b), .date(let a)) where operation == .add:
      return try arithmetic(.add, .date(a), .duration(b))
    case (.duration(let a), .int(let b)) where operation == .multiply,
      (.int(let b), .duration(let a)) where operation == .multiply:
      return .duration(try checked(a.multipliedReportingOverflow(by: b)))
    default: throw NaiveFault.broken("\(left) \(operation) \(right)")
    }
  }

  /// Of 64-bit integers; nil for a quotient by 0. `div` goes towards minus infinity, `mod` has the divisor's sign.
  private func whole(_ operation: TypedExpr.Arithmetic, _ a: Int64, _ b: Int64) throws -> Int64? {
    switch operation {
    case .add: return try checked(a.addingReportingOverflow(b))
    case .subtract: return try checked(a.subtractingReportingOverflow(b))
    case .multiply: return try checked(a.multipliedReportingOverflow(by: b))
    case .divide: throw NaiveFault.broken("/ of ints")
    case .div:
      if b == 0 { return nil }
      let quotient = try checked(a.dividedReportingOverflow(by: b))
      return quotient * b != a && (a < 0) != (b < 0) ? quotient - 1 : quotient
    case .mod:
      if b == 0 { return nil }
      if b == -1 { return 0 }
      let remainder = a % b
      return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder
    }
  }

  func compare(_ comparison: Expr.ComparisonOperator, _ left: Value, _ right: Value) throws -> Bool {
    if left == .missing || right == .missing { throw NaiveFault.broken("a comparison of what is missing") }
    switch comparison {
    case .equal: return left.isSame(right)
    case .notEqual: return !left.isSame(right)
    case .less: return left.comes(before: right)
    case .greater: return right.comes(before: left)
    case .lessOrEqual: return !right.comes(before: left)
    case .greaterOrEqual: return !left.comes(before: right)
    }
  }

  func contains(_ whole: Value, _ part: Value) throws -> Bool {
    switch (whole, part) {
    case (.text(let whole), .text(let part)):
      let (whole, part) = (Array(whole.utf8), Array(part.utf8))
      guard part.count <= whole.count else { return false }
      return (0...(whole.count - part.count)).contains { whole[$0...].starts(with: part) }
    case (.list(let list), .text(let part)): return list.contains { sameText($0, part) }
    default: throw NaiveFault.broken("\(whole) contains \(part)")
    }
  }

  func startsWith(_ whole: Value, _ part: Value) throws -> Bool {
    guard case .text(let whole) = whole, case .text(let part) = part else {
      throw NaiveFault.broken("\(whole) starts with \(part)")
    }
    return whole.utf8.starts(with: part.utf8)
  }

  func apply(_ function: TypedExpr.Function, _ operands: [Value]) throws -> Value {
    if operands.contains(.missing) { return .missing }
    switch (function, operands[0]) {
    case (.min, let first):
      return operands.dropFirst().reduce(first) { $1.comes(before: $0) ? $1 : $0 }
    case (.max, let first):
      return operands.dropFirst().reduce(first) { $0.comes(before: $1) ? $1 : $0 }
    case (.abs, .int(let int)): return int < 0 ? try negated(operands[0]) : operands[0]
    case (.abs, .number(let number)): return .number(number.magnitude)
    case (.abs, .duration(let micros)): return micros < 0 ? try negated(operands[0]) : operands[0]
    case (.round, .int), (.floor, .int), (.ceil, .int): return operands[0]
    case (.round, .number(let number)), (.floor, .number(let number)), (.ceil, .number(let number)):
      return .int(try toWhole(function, number))
    case (.sqrt, .number(let number)): return number < 0 ? .missing : .number(number.squareRoot())
    case (.log, .number(let number)): return number <= 0 ? .missing : .number(naturalLogarithm(number))
    default: throw NaiveFault.broken("\(function) of \(operands)")
    }
  }

  /// `round floor ceil`, on the decimal of 15 significant digits; halves away from zero.
  private func toWhole(_ function: TypedExpr.Function, _ number: Double) throws -> Int64 {
    // "-2.90000000000000e+01"
    let halves = fifteenDigits(number).split(separator: "e")
    let isNegative = halves[0].hasPrefix("-")
    let digits = UInt64(halves[0].filter(\.isNumber)) ?? 0
    let exponent = (Int(halves[1]) ?? 0) - 14
    var whole = UInt128(digits)
    var rest: UInt128 = 0
    var unit: UInt128 = 1
    if exponent >= 0 {
      if digits > 0, exponent > 20 { throw NaiveFault.overflow }
      for _ in 0..<exponent where digits > 0 { whole *= 10 }
    } else {
      // Beyond 20 places every digit is behind the point.
      for _ in 0..<min(-exponent, 20) { unit *= 10 }
      (whole, rest) = whole.quotientAndRemainder(dividingBy: unit)
    }
    let awayFromZero =
      switch function {
      case .floor: isNegative && rest > 0
      case .ceil: !isNegative && rest > 0
      default: rest * 2 >= unit && rest > 0
      }
    if awayFromZero { whole += 1 }
    let signed = isNegative ? -Int128(whole) : Int128(whole)
    guard let int = Int64(exactly: signed) else { throw NaiveFault.overflow }
    return int
  }

  // MARK: Text

  func text(_ parts: [TypedExpr.TextPart], _ context: Context) throws -> Value {
    var whole = ""
    for part in parts {
      switch part {
      case .literal(let text): whole += text
      case .value(let expr, let format):
        let value = try value(expr, context)
        if value == .missing { return .missing }
        whole += try formatted(value, format, expr.type.base)
      }
    }
    return .text(whole)
  }

  /// In the coarsest unit that loses nothing.
  private func duration(_ micros: Int64) -> String {
    for (unit, length) in [("day", 86_400_000_000), ("hour", 3_600_000_000), ("minute", Int64(60_000_000))]
    where micros % length == 0 {
      return "\(micros / length) \(unit)" + ((micros / length).magnitude == 1 ? "" : "s")
    }
    return NaiveNumberText.shortest(Double(micros) / 1e6) + " seconds"
  }

  private func formatted(_ value: Value, _ format: TypedExpr.Format, _ base: Type.Base) throws -> String {
    switch (value, format, base) {
    case (.text(let text), .plain, _): return text
    case (.int(let int), .plain, _): return String(int)
    case (.bool(let bool), .plain, _): return String(bool)
    case (.date(let day), _, _): return CivilDate(dayNumber: day).text
    case (.choice(let position), .plain, .choice(let choice)): return choice.values[position]
    case (.tier(let tier), .plain, .tier(let ladder)): return program.ladders[ladder].tiers[tier].name
    case (.time(let instant), .date, _): return CivilDate(dayNumber: calendar.day(of: instant)).text
    case (.member(let member), .plain, _): return data.members[member].id
    case (.list(let parts), .plain, _): return parts.joined(separator: ";")
    case (.duration(let micros), .plain, _): return duration(micros)
    case (.number(let number), .plain, _): return NaiveNumberText.shortest(number)
    case (.number(let number), _, _): return NaiveNumberText.text(number, format)
    case (.int(let int), _, _): return NaiveNumberText.text(Double(int), format)
    default: throw NaiveFault.broken("no words for \(value) as \(format)")
    }
  }
}
