import Foundation

// What the naive evaluator takes from the C library: two lines of Foundation, kept apart from everything else.

/// 15 significant digits: `-2.90000000000000e+01`.
func fifteenDigits(_ number: Double) -> String { String(format: "%.14e", number) }

func naturalLogarithm(_ number: Double) -> Double { log(number) }

/// A number from the environment, to run more of something than every `make test` does.
func environment(_ name: String) -> Int? { ProcessInfo.processInfo.environment[name].flatMap { Int($0) } }
