// What is asked of the community at checks: a metric's value, an alert's condition, a goal's measure, a phase's end.
//
// A series is a node about the community on a grid: its checks, and what members are split by. All series of a grid are fed
// together, once a batch; a series may read others (`SeriesRead`), never itself.

/// The checks of some series, and what members are split by there.
struct PlanGrid: Hashable, Sendable {
  var rhythm: CheckRhythm
  /// A node about a member. - Missing: nil, everybody together.
  var split: Int?
}

/// An expression about the community at each check of a grid.
struct PlanSeries: Hashable, Sendable {
  /// Index in `Plan.grids`.
  var grid: Int
  var node: Int
}

/// What is read of a series at a moment.
enum SeriesRead: Hashable, Sendable {
  /// Its value at the last check up to so many calendar days earlier at the same local time.
  case held(daysEarlier: Int32)
  /// The average of its values at the checks of so many calendar days up to the moment.
  case average(days: Int32)
}

extension Plan {
  /// The types of series and of what they are split by, by index.
  struct SeriesTypes: Sendable {
    var value: Type
    var split: Type?
  }

  /// The series that nodes under some roots read.
  func seriesRead(by roots: [Int]) -> Set<Int> {
    var result: Set<Int> = []
    for index in needed(by: roots) { if case .series(let series, _, _) = nodes[index].op { result.insert(series) } }
    return result
  }
}
