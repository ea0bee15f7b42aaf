// About the community a row counts once, however many see it: `count(liked or shown)` is the likes that somebody sees, as
// the author's or as the owner's. A row that matches as several kinds is the first of them: the kind itself, then those of
// `seen by` in the order of the block.

extension Planner {
  /// The condition of a pattern about the community, with what keeps a row from matching twice; kinds all of whose rows are
  /// there already go.
  mutating func once(_ kinds: inout [UInt8], _ condition: Int?, _ span: Span) -> Int? {
    let declared = program.schema.events?.kinds ?? []
    let readsKind = condition.map { readsScannedKind($0) } ?? false
    /// By kind that is seen: for each form of its rows that was met, a node that says whether a row is there and matches.
    var met: [Int: [Int]] = [:]
    var result = condition
    for (index, kind) in declared.enumerated() where kinds[index] != 0 {
      guard case .seen(let base, let witness) = kind.source, kinds.indices.contains(base) else { continue }
      if kinds[base] != 0, !readsKind {
        kinds[index] = 0
        continue
      }
      var before = met[base] ?? []
      if kinds[base] != 0, before.isEmpty, let condition { before = [asked(condition, ofKind: base)] }
      if !before.isEmpty {
        let other = before.dropFirst().reduce(before[0]) { add(.or, [$0, $1], .flags, span) }
        let isKind = add(
          .compare(.equal), [add(.eventKind(.scanned), [], .ints, span), add(.int(Int64(index)), [], .ints, span)],
          .flags, span)
        let isNew = add(.not, [add(.and, [isKind, other], .flags, span)], .flags, span)
        result = result.map { add(.and, [$0, isNew], .flags, span) } ?? isNew
      }
      let seen = isSeen(witness, base, span)
      let matches = readsKind ? condition.map { asked($0, ofKind: index) } : nil
      before.append(matches.map { add(.and, [seen, $0], .flags, span) } ?? seen)
      met[base] = before
    }
    return result
  }

  /// Whether there is somebody who sees the scanned row.
  private mutating func isSeen(_ witness: Witness, _ kind: Int, _ span: Span) -> Int {
    let member: Int
    switch witness {
    case .attribute(let attribute): member = add(.attribute(attribute, .scanned), [], .ints, span)
    case .memberColumn(let column):
      let doer = add(.eventMember(.scanned), [], .ints, span)
      member = add(.referenced(.members, column: column), [doer], .ints, span)
    case .itemColumn(let column):
      guard let attribute = program.schema.itemAttribute(of: kind) else { return add(.flag(false), [], .flags, span) }
      let item = add(.attribute(attribute, .scanned), [], .ints, span)
      member = add(.referenced(.content, column: column), [item], .ints, span)
    }
    return add(.not, [add(.isMissing, [member], .flags, span)], .flags, span)
  }

  private func readsScannedKind(_ condition: Int) -> Bool {
    plan.needed(by: [condition]).contains { plan.nodes[$0].op == .eventKind(.scanned) }
  }

  /// A condition as it is asked of a row under another kind.
  private mutating func asked(_ condition: Int, ofKind kind: Int) -> Int {
    var made: [Int: Int] = [:]
    for index in plan.needed(by: [condition]) {
      let node = plan.nodes[index]
      if node.op == .eventKind(.scanned) {
        made[index] = add(.int(Int64(kind)), [], .ints, plan.spans[index])
      } else {
        made[index] = add(node.op, node.inputs.map { made[$0] ?? $0 }, node.kind, plan.spans[index])
      }
    }
    return made[condition] ?? condition
  }
}
