extension OutcomeTables {
  /// `awards.csv`, by time, member, rule.
  ///
  /// `event` is what identifies the event beside member and time: its key, or its kind as spelled and, from the second of
  /// equal ones on, `#2`; for an award of a period, the period.
  func writeAwards(to sink: some TableSink) throws(SourceFailure) {
    let awards = outcome.awards
    let ranks = OutcomeTables.ranks(program.incentives.map(\.name))
    let badges = program.incentives.map { TableBytes.field($0.badge ?? "", forSpreadsheets: forSpreadsheets) }
    let headPurses = program.incentives.map { Int32($0.amounts.first?.purse ?? -1) }
    let purseRanks = OutcomeTables.ranks(program.schema.purses)
    let kinds = (program.schema.events?.kinds ?? []).map {
      TableBytes.field($0.spelling, forSpreadsheets: forSpreadsheets)
    }
    let columns = ["id", "at", "member", "rule", "purse", "points", "badge", "event"]
    try table("awards.csv", columns, blocks: awardBlocks, to: sink) { block, bytes in
      var group: [(award: AwardRecord, identity: AwardIdentity)] = []
      var next = block.lowerBound
      while next < block.upperBound {
        let first = awards[next]
        group.removeAll(keepingCapacity: true)
        while next < block.upperBound, awards[next].at == first.at, awards[next].member == first.member {
          group.append((awards[next], identities.identity(of: awards[next])))
          next += 1
        }
        if group.count > 1 {
          func rank(_ award: AwardRecord) -> Int {
            ranks.indices.contains(Int(award.rule)) ? ranks[Int(award.rule)] : 0
          }
          func purseRank(_ award: AwardRecord) -> Int {
            purseRanks.indices.contains(Int(award.purse)) ? purseRanks[Int(award.purse)] : -1
          }
          group.sort { left, right in
            let ranks = (rank(left.award), rank(right.award))
            if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
            if left.identity != right.identity { return left.identity < right.identity }
            return purseRank(left.award) < purseRank(right.award)
          }
        }
        for (award, identity) in group {
          bytes.identity(identity)
          bytes.comma()
          bytes.time(award.at)
          bytes.comma()
          bytes.raw(member(award.member))
          bytes.comma()
          bytes.raw(rule(award.rule))
          let rule = Int(award.rule)
          bytes.comma()
          bytes.raw(purse(award.purse))
          bytes.comma()
          if award.purse >= 0 { bytes.int(award.points) }
          bytes.comma()
          // A badge comes with what the rule gives first.
          if badges.indices.contains(rule), headPurses[rule] == award.purse { bytes.raw(badges[rule]) }
          bytes.comma()
          appendEvent(award, kinds, &bytes)
          bytes.endRow()
        }
      }
    }
  }

  /// Stretches of awards; those of one member at one instant, whose order is settled on writing, stay together.
  private var awardBlocks: [Range<Int>] {
    let awards = outcome.awards
    var blocks: [Range<Int>] = []
    var start = 0
    while start < awards.count {
      var end = min(awards.count, start + OutcomeTables.blockRows)
      while end < awards.count, awards[end].at == awards[end - 1].at, awards[end].member == awards[end - 1].member {
        end += 1
      }
      blocks.append(start..<end)
      start = end
    }
    return blocks
  }

  private func appendEvent(_ award: AwardRecord, _ kinds: [[UInt8]], _ bytes: inout TableBytes) {
    guard award.event >= 0 else {
      bytes.text(identities.period(of: award))
      return
    }
    let row = Int(award.event)
    if identities.keys != nil, let key = identities.key(row: row, member: Int(award.member)) {
      bytes.text(key)
      return
    }
    let (kind, number) = identities.kindAndNumber(row: row, member: Int(award.member))
    guard kinds.indices.contains(kind) else { return }
    if number == 1 { bytes.raw(kinds[kind]) } else { bytes.text(identities.kindNames[kind] + "#" + String(number)) }
  }

  /// `balances.csv`: every member and purse, those without points too.
  func writeBalances(to sink: some TableSink) throws(SourceFailure) {
    let purses = OutcomeTables.byName(program.schema.purses).filter(isDecided)
    let columns = ["member", "purse", "points", "earned", "spent", "expired", "debt"]
    let rows = memberFields.count * purses.count
    try table("balances.csv", columns, rows: rows, to: sink) { [balances = outcome.balances] row, bytes in
      let member = row / purses.count
      let purse = purses[row % purses.count]
      var record = BalanceRecord(points: 0, earned: 0)
      if balances.indices.contains(purse), balances[purse].indices.contains(member) { record = balances[purse][member] }
      bytes.raw(memberFields[member])
      bytes.comma()
      bytes.raw(purseFields[purse])
      for number in [record.points, record.earned, record.spent, record.expired, record.debt] {
        bytes.comma()
        bytes.int(number)
      }
      bytes.endRow()
    }
  }

  /// Whether all rules that give to a purse or take from it were run: else its balances would be those of nobody.
  private func isDecided(_ purse: Int) -> Bool {
    guard let decided else { return true }
    return program.incentives.allSatisfy { rule in
      let target = rule.takeBack.map { program.incentives[$0.rule] }
      let purses = rule.amounts.map(\.purse) + (target?.amounts.map(\.purse) ?? []) + [rule.deduction?.purse ?? -1]
      return !purses.contains(purse) || decided.contains(rule.name)
    }
  }

  /// The purse of an award's first row; -1 for a badge alone.
  private func headPurse(_ rule: Int32) -> Int32 {
    program.incentives.indices.contains(Int(rule))
      ? Int32(program.incentives[Int(rule)].amounts.first?.purse ?? -1) : -1
  }

  private struct BadgeHolding {
    var member: Int32
    var badge: Int
    var times: Int64
    var first: Int64
    var last: Int64
  }

  /// `badges.csv`: who holds which badge, how often earned, when first and last.
  func writeBadges(to sink: some TableSink) throws(SourceFailure) {
    let names = Array(Set(program.incentives.compactMap(\.badge))).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    if names.isEmpty { return }
    let badges = program.incentives.map { incentive in names.firstIndex { $0 == incentive.badge } }
    var places: [UInt64: Int] = [:]
    var holdings: [BadgeHolding] = []
    for award in outcome.awards {
      guard !award.isUndone, badges.indices.contains(Int(award.rule)), headPurse(award.rule) == award.purse,
        let badge = badges[Int(award.rule)]
      else { continue }
      let key = UInt64(UInt32(bitPattern: award.member)) << 32 | UInt64(badge)
      if let place = places[key] {
        holdings[place].times += 1
        holdings[place].last = award.at
      } else {
        places[key] = holdings.count
        holdings.append(
          BadgeHolding(member: award.member, badge: badge, times: 1, first: award.at, last: award.at))
      }
    }
    if holdings.isEmpty { return }
    holdings.sort { $0.member == $1.member ? $0.badge < $1.badge : $0.member < $1.member }
    let columns = ["member", "badge", "times", "first", "last"]
    try table("badges.csv", columns, rows: holdings.count, to: sink) { [holdings] row, bytes in
      let holding = holdings[row]
      bytes.raw(member(holding.member))
      bytes.comma()
      bytes.text(names[holding.badge])
      bytes.comma()
      bytes.int(holding.times)
      bytes.comma()
      bytes.time(holding.first)
      bytes.comma()
      bytes.time(holding.last)
      bytes.endRow()
    }
  }
}
