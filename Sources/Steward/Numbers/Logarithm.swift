/// The natural logarithm, the same bits on every machine, less than one unit in the last place off.
///
/// `value = 2^k × (1 + f)` with `1 + f` between √½ and √2; with `s = f / (2 + f)`,
/// `log(1 + f) = 2 (s + s³/3 + s⁵/5 + …) = f − f²/2 + s (f²/2 + R)` with `R = 2 (s²/3 + s⁴/5 + …)`: the large part `f` is
/// exact, so only small terms are rounded. `k × ln 2` is added in two parts, the upper of which is exact.
/// The arrangement is that of fdlibm's `e_log.c` (Sun Microsystems, 1993); the series is Taylor's, to s²⁰.
/// - Missing: nan below zero, −inf at zero.
func naturalLogarithm(_ value: Double) -> Double {
  if value.isNaN || value < 0 { return .nan }
  if value == 0 { return -.infinity }
  if value == .infinity { return value }
  var power = Int(value.exponent)
  var reduced = value.significand
  if reduced > 1.4142135623730951 {
    reduced /= 2
    power += 1
  }
  let f = reduced - 1
  let s = f / (2 + f)
  let z = s * s
  var series = 2.0 / 21
  series = series * z + 2.0 / 19
  series = series * z + 2.0 / 17
  series = series * z + 2.0 / 15
  series = series * z + 2.0 / 13
  series = series * z + 2.0 / 11
  series = series * z + 2.0 / 9
  series = series * z + 2.0 / 7
  series = series * z + 2.0 / 5
  series = series * z + 2.0 / 3
  let half = 0.5 * f * f
  let k = Double(power)
  // The upper part of ln 2 has 33 bits, so that k times it is exact.
  let upper = 0x1.62e42feep-1
  let lower = 0x1.a39ef35793c76p-33
  if power == 0 { return f - (half - s * (half + series * z)) }
  return k * upper - ((half - (s * (half + series * z) + k * lower)) - f)
}
