/// The values of one node at every lane of a frame, a column.
///
/// Missing and faults ride beside the values, a byte a lane; the value under them is arbitrary. A fault (an overflow, a
/// number out of range) is passed on like a missing value and reported only where a mechanism uses it, so that a branch
/// not taken cannot fail.
struct Vector: Sendable {
  enum Storage: Sendable {
    /// 0 or 1
    case flags([UInt8])
    case ints([Int64])
    case numbers([Double])
    /// Lane l holds `codes[offsets[l]..<offsets[l + 1]]`.
    case lists(offsets: [Int32], codes: [Int32])
  }

  static let present: UInt8 = 0
  static let missing: UInt8 = 1
  static let fault: UInt8 = 2

  var storage: Storage
  /// Empty where every value is present.
  var states: [UInt8]
  /// One entry stands for every lane.
  var isUniform: Bool

  init(_ storage: Storage, states: [UInt8] = [], isUniform: Bool = false) {
    self.storage = storage
    self.states = states
    self.isUniform = isUniform
  }

  init(flags: [UInt8], states: [UInt8] = []) { self.init(.flags(flags), states: states) }
  init(ints: [Int64], states: [UInt8] = []) { self.init(.ints(ints), states: states) }
  init(numbers: [Double], states: [UInt8] = []) { self.init(.numbers(numbers), states: states) }

  /// A value that is the same in every lane.
  static func uniform(_ storage: Storage, state: UInt8 = present) -> Vector {
    Vector(storage, states: state == present ? [] : [state], isUniform: true)
  }

  static func allMissing(_ kind: VectorKind) -> Vector {
    switch kind {
    case .flags: uniform(.flags([0]), state: missing)
    case .ints: uniform(.ints([0]), state: missing)
    case .numbers: uniform(.numbers([0]), state: missing)
    case .lists: uniform(.lists(offsets: [0, 0], codes: []), state: missing)
    }
  }

  var kind: VectorKind {
    switch storage {
    case .flags: .flags
    case .ints: .ints
    case .numbers: .numbers
    case .lists: .lists
    }
  }

  var flags: [UInt8] { if case .flags(let values) = storage { values } else { [] } }
  var ints: [Int64] { if case .ints(let values) = storage { values } else { [] } }
  var numbers: [Double] { if case .numbers(let values) = storage { values } else { [] } }

  /// The entry of a lane in `flags`, `ints`, `numbers` and `states`.
  @inline(__always) func index(_ lane: Int) -> Int { isUniform ? 0 : lane }

  func state(_ lane: Int) -> UInt8 {
    let index = index(lane)
    return states.indices.contains(index) ? states[index] : Vector.present
  }

  func flag(_ lane: Int) -> Bool {
    guard case .flags(let values) = storage else { return false }
    let index = index(lane)
    return values.indices.contains(index) && values[index] != 0
  }

  func int(_ lane: Int) -> Int64 {
    guard case .ints(let values) = storage else { return 0 }
    let index = index(lane)
    return values.indices.contains(index) ? values[index] : 0
  }

  func number(_ lane: Int) -> Double {
    guard case .numbers(let values) = storage else { return 0 }
    let index = index(lane)
    return values.indices.contains(index) ? values[index] : 0
  }

  func list(_ lane: Int) -> ArraySlice<Int32> {
    guard case .lists(let offsets, let codes) = storage else { return [] }
    let index = index(lane)
    guard index + 1 < offsets.count else { return [] }
    return codes[Int(offsets[index])..<Int(offsets[index + 1])]
  }

  /// Whether the values of two lanes are the same, whatever their states.
  func isEqual(at lane: Int, to other: Vector, at otherLane: Int) -> Bool {
    switch kind {
    case .flags: flag(lane) == other.flag(otherLane)
    case .ints: int(lane) == other.int(otherLane)
    case .numbers: number(lane) == other.number(otherLane)
    case .lists: list(lane) == other.list(otherLane)
    }
  }

  /// The same values with an entry for each lane.
  func expanded(to count: Int) -> Vector {
    guard isUniform else { return self }
    let states = self.states.first.map { [UInt8](repeating: $0, count: count) } ?? []
    switch storage {
    case .flags(let values): return Vector(flags: Array(repeating: values.first ?? 0, count: count), states: states)
    case .ints(let values): return Vector(ints: Array(repeating: values.first ?? 0, count: count), states: states)
    case .numbers(let values): return Vector(numbers: Array(repeating: values.first ?? 0, count: count), states: states)
    case .lists(_, let codes):
      var offsets: [Int32] = [0]
      var all: [Int32] = []
      for _ in 0..<count {
        all.append(contentsOf: codes)
        offsets.append(Int32(truncatingIfNeeded: all.count))
      }
      return Vector(.lists(offsets: offsets, codes: all), states: states)
    }
  }
}

// MARK: Shapes of kernels

/// What two operands leave of present, missing and fault: the worse of the two.
func worse(_ left: Vector, _ right: Vector, _ count: Int) -> [UInt8] {
  if left.states.isEmpty && right.states.isEmpty { return [] }
  if left.isUniform && right.isUniform { return [max(left.state(0), right.state(0))] }
  if right.states.isEmpty, !left.isUniform { return left.states }
  if left.states.isEmpty, !right.isUniform { return right.states }
  return (0..<count).map { max(left.state($0), right.state($0)) }
}

/// Applies a function lane by lane; the closure is inlined into the loop.
@inline(__always)
func mapLanes<Input, Output>(_ values: [Input], _ body: (Input) -> Output) -> [Output] {
  let source = values.span
  return Array(capacity: source.count) { output in
    for index in source.indices { output.append(body(source[index])) }
  }
}

/// Applies a function to pairs of lanes, where either side may be one uniform entry.
@inline(__always)
func mapLanes<Left, Right, Output>(
  _ left: [Left], _ leftUniform: Bool, _ right: [Right], _ rightUniform: Bool, _ count: Int,
  _ body: (Left, Right) -> Output
) -> [Output] {
  let leftSpan = left.span
  let rightSpan = right.span
  if leftUniform && rightUniform {
    guard !left.isEmpty, !right.isEmpty else { return [] }
    return [body(leftSpan[0], rightSpan[0])]
  }
  if rightUniform {
    guard let only = right.first, left.count >= count else { return [] }
    return Array(capacity: count) { output in
      for index in 0..<count { output.append(body(leftSpan[index], only)) }
    }
  }
  if leftUniform {
    guard let only = left.first, right.count >= count else { return [] }
    return Array(capacity: count) { output in
      for index in 0..<count { output.append(body(only, rightSpan[index])) }
    }
  }
  guard left.count >= count, right.count >= count else { return [] }
  return Array(capacity: count) { output in
    for index in 0..<count { output.append(body(leftSpan[index], rightSpan[index])) }
  }
}
