// Kernels on texts and lists of texts.

enum TextKernels {
  static func compute(_ op: PlanOp, _ inputs: [Vector], _ count: Int, _ batch: BatchRun) -> Vector {
    let first = inputs[0]
    switch op {
    case .choiceToText(let table):
      let codes = batch.context.plan.choiceTables[table].map { Int64(batch.context.textCodes[$0]) }
      let values = mapLanes(first.ints) { codes.indices.contains(Int($0)) ? codes[Int($0)] : 0 }
      return Vector(.ints(values), states: first.states, isUniform: first.isUniform)
    case .listContains:
      let second = inputs[1]
      let states = worse(first, second, count)
      let flags: [UInt8] = (0..<count).map { lane in
        let wanted = Int32(truncatingIfNeeded: second.int(lane))
        return first.list(lane).contains(wanted) ? 1 : 0
      }
      return Vector(
        flags: flags, states: states.count == 1 && count != 1 ? [UInt8](repeating: states[0], count: count) : states)
    case .textContains: return texts(inputs, count, batch) { whole, part in whole.containsText(part) }
    case .startsWith: return texts(inputs, count, batch) { whole, part in whole.utf8.starts(with: part.utf8) }
    case .template(let index): return template(batch.context.plan.templates[index], inputs, count, batch)
    default: return .allMissing(.flags)
    }
  }

  private static func texts(
    _ inputs: [Vector], _ count: Int, _ batch: BatchRun, _ body: (String, String) -> Bool
  ) -> Vector {
    struct Pair: Hashable {
      var whole: Int64
      var part: Int64
    }
    let (whole, part) = (inputs[0], inputs[1])
    let isUniform = whole.isUniform && part.isUniform
    let states = worse(whole, part, count)
    var known: [Pair: UInt8] = [:]
    let flags: [UInt8] = (0..<(isUniform ? 1 : count)).map { lane in
      if states.indices.contains(lane), states[lane] != Vector.present { return 0 }
      let pair = Pair(whole: whole.int(lane), part: part.int(lane))
      if let flag = known[pair] { return flag }
      let flag: UInt8 = body(batch.texts[pair.whole], batch.texts[pair.part]) ? 1 : 0
      known[pair] = flag
      return flag
    }
    return Vector(.flags(flags), states: states, isUniform: isUniform)
  }

  private static func template(
    _ template: PlanTemplate, _ inputs: [Vector], _ count: Int, _ batch: BatchRun
  ) -> Vector {
    var states = [UInt8](repeating: Vector.present, count: count)
    var codes = [Int64](repeating: 0, count: count)
    for lane in 0..<count {
      for input in inputs { states[lane] = max(states[lane], input.state(lane)) }
      guard states[lane] == Vector.present else { continue }
      var text = ""
      for part in template.parts {
        switch part {
        case .literal(let index): text += batch.context.plan.texts[index]
        case .value(let input, let type, let format):
          text += ValueText.text(inputs[input], lane, type, format, batch)
        }
      }
      codes[lane] = Int64(batch.texts.intern(text))
    }
    return Vector(ints: codes, states: states.contains { $0 != Vector.present } ? states : [])
  }
}

extension String {
  /// Whether another text occurs in this one, compared by bytes; the empty text always does.
  func containsText(_ part: String) -> Bool {
    let needle = Array(part.utf8)
    guard let first = needle.first else { return true }
    let whole = Array(utf8)
    guard whole.count >= needle.count else { return false }
    for start in 0...(whole.count - needle.count) where whole[start] == first {
      if whole[start..<(start + needle.count)].elementsEqual(needle) { return true }
    }
    return false
  }
}
