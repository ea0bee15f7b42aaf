/// Random numbers from a seed, the same everywhere.
///
/// Source: Sebastiano Vigna, SplitMix64.
struct RandomBits: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ count: Int) -> Int { Int(next() >> 1) % max(1, count) }
  mutating func within(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }
  /// True in that many of a hundred cases.
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
  mutating func one<T>(_ choices: [T]) -> T { choices[below(choices.count)] }
}
