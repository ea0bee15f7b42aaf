import Foundation

// What the naive evaluator takes from the C library: a few lines of Foundation, kept apart from everything else.

/// 15 significant digits, halves away from zero: `-2.90000000000000e+01`.
func fifteenDigits(_ number: Double) -> String {
  // With 15 digits the library would take halves to the even digit; of 60 they are seen.
  let halves = String(format: "%.60e", number).split(separator: "e")
  var digits = halves[0].compactMap(\.wholeNumberValue)
  var exponent = Int(halves[1]) ?? 0
  let isUp = digits[15] >= 5
  digits = Array(digits.prefix(15))
  if isUp {
    var place = 14
    while place >= 0, digits[place] == 9 {
      digits[place] = 0
      place -= 1
    }
    if place >= 0 {
      digits[place] += 1
    } else {
      digits = [1] + digits.dropLast()
      exponent += 1
    }
  }
  let text = digits.map(String.init).joined()
  return (number < 0 ? "-" : "") + text.prefix(1) + "." + text.dropFirst() + "e\(exponent)"
}

func naturalLogarithm(_ number: Double) -> Double { log(number) }

/// A number from the environment, to run more of something than every `make test` does.
func environment(_ name: String) -> Int? { ProcessInfo.processInfo.environment[name].flatMap { Int($0) } }
