// Aggregates that need an order or a set: min, max, median, quantile, distinct. Their state is integers only (ranks and
// counts), so a window that slides gives the same values as one computed afresh.

enum OrderedAggregates {
  typealias Stretches = AggregateRun.Stretches

  // MARK: Extremes

  /// The least (greatest) value of each stretch.
  /// - Cost: a scan of short stretches; where they overlap a lot, a table of powers of two, two reads a lane.
  static func extreme(_ stretches: Stretches, takesLess: Bool) -> Vector {
    guard let values = stretches.space.values else { return .allMissing(.numbers) }
    switch values.storage {
    case .numbers(let numbers):
      let (result, states) = extremes(numbers, stretches, zero: 0, takesLess)
      return Vector(numbers: result, states: states)
    case .ints(let ints):
      let (result, states) = extremes(ints, stretches, zero: 0, takesLess)
      return Vector(ints: result, states: states)
    default: return .allMissing(values.kind)
    }
  }

  private static func extremes<T: Comparable>(
    _ values: [T], _ stretches: Stretches, zero: T, _ takesLess: Bool
  ) -> ([T], [UInt8]) {
    let lanes = stretches.low.count
    var work = 0
    for lane in 0..<lanes { work += Int(stretches.high[lane] - stretches.low[lane]) }
    let table = work > 8 * (values.count + lanes) ? levels(values, takesLess) : [values]
    var states: [UInt8] = []
    var result: [T] = []
    result.reserveCapacity(lanes)
    for lane in 0..<lanes {
      let (low, high) = (Int(stretches.low[lane]), Int(stretches.high[lane]))
      states.append(high > low ? Vector.present : Vector.missing)
      if high <= low {
        result.append(zero)
      } else if table.count > 1 {
        let level = (high - low).bitWidth - 1 - (high - low).leadingZeroBitCount
        let left = table[level][low]
        let right = table[level][high - (1 << level)]
        result.append(takesLess == (right < left) ? right : left)
      } else {
        var best = values[low]
        for index in (low + 1)..<max(high, low + 1) where takesLess == (values[index] < best) && values[index] != best {
          best = values[index]
        }
        result.append(best)
      }
    }
    return (result, states.contains(Vector.missing) ? states : [])
  }

  /// Level k holds the extreme of the 2^k values from each place on.
  private static func levels<T: Comparable>(_ values: [T], _ takesLess: Bool) -> [[T]] {
    var table = [values]
    var width = 1
    while 2 * width <= values.count {
      let previous = table[table.count - 1]
      let next = (0...(values.count - 2 * width)).map { start in
        let (left, right) = (previous[start], previous[start + width])
        return takesLess == (right < left) ? right : left
      }
      table.append(next)
      width *= 2
    }
    return table
  }

  // MARK: Ranks

  /// Median and quantiles, linear between the closest ranks (type 7).
  /// - Parameter written: the values as the file has them, where their doubles do not tell.
  static func quantile(_ rank: Double, _ stretches: Stretches, written: [Decimal]?) -> Vector {
    guard let values = stretches.space.values else { return .allMissing(.numbers) }
    if let written {
      let sorted = Set(written).sorted { $0.precedes($1) }
      return quantile(rank, stretches, written, sorted) { $0.value(between: $1, and: $2) }
    }
    let numbers = ArithmeticKernels.toNumber(values).numbers
    return quantile(rank, stretches, numbers, Set(numbers).sorted()) { $0.value(between: $1, and: $2) }
  }

  private static func quantile<Number: Hashable>(
    _ rank: Double, _ stretches: Stretches, _ numbers: [Number], _ sorted: [Number],
    _ between: (QuantilePlace, Number, Number) -> Double
  ) -> Vector {
    var places: [Number: Int] = [:]
    for (place, number) in sorted.enumerated() { places[number] = place }
    var slider = Slider(codes: numbers.map { places[$0] ?? 0 }, codeCount: sorted.count, keepsTree: true)
    var states = [UInt8](repeating: Vector.missing, count: stretches.low.count)
    var result = [Double](repeating: 0, count: stretches.low.count)
    for lane in order(stretches) {
      let (low, high) = (Int(stretches.low[lane]), Int(stretches.high[lane]))
      guard high > low, let place = QuantilePlace(rank, count: high - low) else { continue }
      slider.move(to: low..<high)
      let lower = sorted[slider.code(atRank: place.row)]
      let upper = place.part == 0 ? lower : sorted[slider.code(atRank: place.row + 1)]
      states[lane] = Vector.present
      result[lane] = between(place, lower, upper)
    }
    return Vector(numbers: result, states: states.contains(Vector.missing) ? states : [])
  }

  static func distinct(_ stretches: Stretches) -> Vector {
    guard let values = stretches.space.values else { return .uniform(.ints([0])) }
    var slider = Slider(codes: codes(values, stretches.space.count), keepsTree: false)
    var result = [Int64](repeating: 0, count: stretches.low.count)
    for lane in order(stretches) {
      let (low, high) = (Int(stretches.low[lane]), Int(stretches.high[lane]))
      if high <= low { continue }
      slider.move(to: low..<high)
      result[lane] = Int64(slider.distinct)
    }
    return Vector(ints: result)
  }

  /// The lanes in an order in which stretches move little: by group where the space has groups (`same X`), so that the
  /// slider stays in one until its lanes are done.
  private static func order(_ stretches: Stretches) -> [Int] {
    let lanes = Array(stretches.low.indices)
    guard stretches.space.groupIndex != nil else { return lanes }
    let (low, high) = (stretches.low, stretches.high)
    return lanes.sorted { (low[$0], high[$0], $0) < (low[$1], high[$1], $1) }
  }

  /// Small numbers that are equal if and only if the values are.
  private static func codes(_ values: Vector, _ count: Int) -> [Int] {
    switch values.storage {
    case .flags(let flags): return flags.map { Int($0) }
    case .ints(let ints): return dense(ints)
    case .numbers(let numbers): return dense(numbers.map { $0 == 0 ? 0 : $0 })
    case .lists: return dense((0..<count).map { Array(values.list($0)) })
    }
  }

  private static func dense<T: Hashable>(_ values: [T]) -> [Int] {
    var known: [T: Int] = [:]
    return values.map { value in
      if let code = known[value] { return code }
      known[value] = known.count
      return known.count - 1
    }
  }
}

/// Counts of codes in a stretch that moves: what enters is added, what leaves is taken away.
///
/// With a tree (Fenwick 1994) it also finds the code at a rank, in the logarithm of the number of codes.
struct Slider {
  private let codes: [Int]
  private var counts: [Int32]
  private var tree: [Int32]
  private var range = 0..<0
  private(set) var distinct = 0

  init(codes: [Int], codeCount: Int? = nil, keepsTree: Bool) {
    self.codes = codes
    let count = codeCount ?? ((codes.max() ?? -1) + 1)
    counts = Array(repeating: 0, count: count)
    tree = keepsTree ? Array(repeating: 0, count: count + 1) : []
  }

  mutating func move(to target: Range<Int>) {
    if target.lowerBound >= range.upperBound || target.upperBound <= range.lowerBound {
      for index in range { change(codes[index], -1) }
      for index in target { change(codes[index], 1) }
      range = target
      return
    }
    for index in target.lowerBound..<max(target.lowerBound, range.lowerBound) { change(codes[index], 1) }
    for index in range.upperBound..<max(range.upperBound, target.upperBound) { change(codes[index], 1) }
    for index in range.lowerBound..<max(range.lowerBound, target.lowerBound) { change(codes[index], -1) }
    for index in target.upperBound..<max(target.upperBound, range.upperBound) { change(codes[index], -1) }
    range = target
  }

  private mutating func change(_ code: Int, _ amount: Int32) {
    let before = counts[code]
    counts[code] = before &+ amount
    if before == 0 { distinct += 1 }
    if counts[code] == 0 { distinct -= 1 }
    if tree.isEmpty { return }
    var place = code + 1
    while place < tree.count {
      tree[place] &+= amount
      place += place & (0 - place)
    }
  }

  /// The code of the value at a rank, from 0, among the values in the stretch.
  func code(atRank rank: Int) -> Int {
    var place = 0
    var left = Int32(truncatingIfNeeded: rank)
    var step = 1
    while 2 * step < tree.count { step *= 2 }
    while step > 0 {
      if place + step < tree.count, tree[place + step] <= left {
        place += step
        left &-= tree[place]
      }
      step /= 2
    }
    return min(place, max(0, counts.count - 1))
  }
}
