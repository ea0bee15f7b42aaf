@testable import Steward

// Boards: LANGUAGE §5.2, `rank by`.
extension NaiveEvaluator {
  private struct Candidate {
    var member: Int
    var keys: [Value]
    var board: [Value]
  }

  /// The places with a prize, by member; each is on record.
  func places(_ rule: Int, _ moment: Int64, _ view: NaiveView, _ outcome: inout NaiveOutcome) -> [Int: Int] {
    guard let board = program.incentives[rule].board else { return [:] }
    var candidates: [Candidate] = []
    for member in data.members.indices where isPresent(member, moment) {
      let context = Context(subject: .member(member), at: moment, view: view)
      let candidate: Candidate?? = attempt(program.incentives[rule].name, member, moment, &outcome) {
        guard try holds(rule, context) else { return nil }
        let keys = try board.keys.map { try value($0.value, context) }
        guard let first = keys.first, isAboveZero(first) else { return nil }
        return Candidate(member: member, keys: keys, board: try board.within.map { try value($0, context) })
      }
      if let candidate, let candidate { candidates.append(candidate) }
    }
    let prizes = program.incentives[rule].amounts.map(\.places.count).max() ?? 1
    var places: [Int: Int] = [:]
    for candidate in candidates {
      // One more than those who are before: who is equal to others shares their place, and the next ones are skipped.
      let before = candidates.count { isSameBoard($0, candidate) && comes($0, before: candidate, board) }
      if before >= prizes { continue }
      places[candidate.member] = before + 1
      outcome.boards.append(
        NaiveBoardPlace(
          rule: rule, at: moment, place: before + 1, member: candidate.member, value: candidate.keys[0]))
    }
    return places
  }

  private func isAboveZero(_ value: Value) -> Bool {
    switch value {
    case .int(let int): int > 0
    case .number(let number): number > 0
    default: false
    }
  }

  private func isSameBoard(_ left: Candidate, _ right: Candidate) -> Bool {
    left.board.indices.allSatisfy { left.board[$0].isSame(right.board[$0]) }
  }

  /// The highest first, or the lowest where a key ascends; missing last either way.
  private func comes(_ left: Candidate, before right: Candidate, _ board: TypedIncentive.Board) -> Bool {
    for (index, key) in board.keys.enumerated() {
      let (a, b) = (left.keys[index], right.keys[index])
      if a.isSame(b) { continue }
      if a == .missing || b == .missing { return b == .missing }
      return key.isAscending ? a.comes(before: b) : b.comes(before: a)
    }
    return false
  }
}
