/// Choices that look random and are the same for the same seed.
struct RandomBits {
  private var generator: SplitMix

  init(seed: UInt64) { generator = SplitMix(state: seed &* 0x2545_F491_4F6C_DD1D) }

  mutating func next() -> UInt64 { generator.next() }
  mutating func below(_ count: Int) -> Int { Int(next() >> 1) % max(1, count) }
  mutating func within(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }
  /// True in that many of a hundred cases.
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
  mutating func one<T>(_ choices: [T]) -> T { choices[below(choices.count)] }
  mutating func shuffled<T>(_ values: [T]) -> [T] { values.shuffled(using: &generator) }
}
