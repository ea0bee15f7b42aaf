@testable import Steward

/// A type as the growers of random rule sets know it.
enum RandomType: Hashable {
  case bool, int, number, text, time, date, duration, list, member, item
  case choice([String])
  case period(PeriodUnit)

  /// Whether a rule can write down a value of it.
  var hasLiterals: Bool {
    switch self {
    case .list, .member, .item: false
    default: true
    }
  }

  var isChoice: Bool {
    if case .choice = self { true } else { false }
  }

  /// As a column declares it.
  var declared: String {
    switch self {
    case .bool: "bool"
    case .int: "int"
    case .number: "number"
    case .text: "text"
    case .time: "time"
    case .date: "date"
    case .member: "member"
    case .item: "item"
    case .list: "list of text by \"|\""
    case .choice(let values): "one of " + values.map { "\"\($0)\"" }.joined(separator: ", ")
    case .duration, .period: "none"
    }
  }
}

struct RandomColumn {
  var name: String
  var spelling: String
  var type: RandomType
  var isOptional = false
  var isPrivate = false

  var declared: String {
    "\(name) \(type.declared)" + (isOptional ? "?" : "") + (isPrivate ? " private" : "")
      + (spelling == name ? "" : " is \"\(spelling)\"")
  }
}

struct RandomKind {
  var name: String
  var spelling: String
  var isAnonymous = false
  /// Names of attributes, and whether they may be empty here.
  var attributes: [(name: String, isOptional: Bool)] = []
  /// `seen by`: the rows of another kind, and who sees them.
  var seen: (kind: Int, by: String)?
  /// `records`: rows of nobody, from a file of this kind's name.
  var isRecord = false

  /// Whether the events' file has rows of this kind.
  var isInFile: Bool { seen == nil && !isRecord }
}

/// A random `community` block.
struct RandomCommunity {
  var zone: String
  /// A day with a clock change, or any other: the data lie around it.
  var middle: Int32
  var weekStart: Weekday
  var starts: Int32?
  var memberColumns: [RandomColumn] = []
  var attributes: [RandomColumn] = []
  var kinds: [RandomKind] = []
  /// Named sets of kinds, some with a condition that every scanned event can answer.
  var sets: [(name: String, kinds: [Int], condition: String?)] = []
  var hasKey = false
  var hasItems = false
  // What `widen` adds.
  var purses: [String] = []
  var contentColumns: [RandomColumn] = []
  var membersFromEvents = false

  static let plans = ["free", "basic", "gold"]
  static let moods = ["low", "mid", "high", "极好"]

  init(_ random: inout RandomBits) {
    // Clock changes: Berlin forward and back, São Paulo forward (no midnight) and back, Shanghai forward and back.
    let places: [(zone: String, day: (Int, Int, Int))] = [
      ("Europe/Berlin", (2025, 3, 30)), ("Europe/Berlin", (2025, 10, 26)), ("America/Sao_Paulo", (2018, 11, 4)),
      ("America/Sao_Paulo", (2018, 2, 18)), ("Asia/Shanghai", (1991, 4, 14)), ("Asia/Shanghai", (1991, 9, 15)),
      ("Asia/Shanghai", (2026, 3, 1)), ("UTC", (2024, 2, 29)), ("UTC", (2025, 12, 31)),
    ]
    let place = random.one(places)
    zone = place.zone
    middle = CivilDate(year: place.day.0, month: place.day.1, day: place.day.2)?.dayNumber ?? 0
    weekStart = random.chance(60) ? .monday : random.one(Weekday.allCases)
    starts = random.chance(30) ? middle + Int32(random.within(-40...5)) : nil
    makeMemberColumns(&random)
    makeKinds(&random)
  }

  private mutating func makeMemberColumns(_ random: inout RandomBits) {
    if random.chance(75) {
      memberColumns.append(
        RandomColumn(
          name: "joined", spelling: random.chance(20) ? "加入日期" : "joined", type: random.chance(60) ? .date : .time,
          isOptional: random.chance(15)))
    }
    if random.chance(50) {
      memberColumns.append(
        RandomColumn(name: "left", spelling: "left", type: random.chance(70) ? .date : .time, isOptional: true))
    }
    let others: [(String, RandomType)] = [
      ("vip", .bool), ("age", .int), ("fee", .number), ("city", .text), ("plan", .choice(RandomCommunity.plans)),
      ("tags", .list), ("birthday", .date), ("seen", .time), ("inviter", .member), ("quota", .int), ("rate", .number),
    ]
    for (name, type) in others where random.chance(50) {
      memberColumns.append(
        RandomColumn(
          name: name, spelling: random.chance(10) ? "列 \(name)" : name, type: type,
          isOptional: type == .member || random.chance(40), isPrivate: name == "birthday" || random.chance(15)))
    }
    memberColumns = random.shuffled(memberColumns)
  }

  private mutating func makeKinds(_ random: inout RandomBits) {
    hasKey = random.chance(35)
    hasItems = random.chance(50)
    var pool: [(String, RandomType)] = [
      ("amount", .number), ("score", .int), ("ok", .bool), ("topic", .text), ("mood", .choice(RandomCommunity.moods)),
      ("due", .date), ("started", .time), ("author", .member), ("price", .number), ("labels", .list),
    ]
    if hasItems { pool.append(("content", .item)) }
    for (name, type) in random.shuffled(pool).prefix(random.within(1...6)) {
      attributes.append(RandomColumn(name: name, spelling: random.chance(10) ? "attr \(name)" : name, type: type))
    }
    for name in ["checkin", "like", "post", "buy", "签到"].prefix(random.within(1...5)) {
      var kind = RandomKind(name: name, spelling: random.chance(20) ? "kind-\(name)" : name)
      for attribute in attributes where random.chance(65) {
        kind.attributes.append((attribute.name, random.chance(35)))
      }
      kinds.append(kind)
    }
    if random.chance(25) {
      let own = attributes.filter { _ in random.chance(65) }.map { (name: $0.name, isOptional: random.chance(35)) }
      kinds.append(RandomKind(name: "whisper", spelling: "whisper", isAnonymous: true, attributes: own))
    }
    kinds = random.shuffled(kinds)
    attributes = attributes.filter { attribute in
      kinds.contains { $0.attributes.contains { $0.name == attribute.name } }
    }
    for name in ["deep", "任意"] where random.chance(40) {
      let members = memberKinds.filter { _ in random.chance(60) }
      if members.isEmpty { continue }
      let condition =
        random.chance(40) ? random.one(["hour of at < 12", "at >= 2020-01-01", "weekday of at != \"sunday\""]) : nil
      sets.append((name, members, condition))
    }
  }

  /// Kinds that `anything` means: as done by the member.
  var doneKinds: [Int] { memberKinds.filter { kinds[$0].seen == nil } }

  /// Kinds whose events have a member.
  var memberKinds: [Int] { kinds.indices.filter { !kinds[$0].isAnonymous } }

  /// The attributes that every one of some kinds has, and whether one of them may leave it empty.
  func attributes(of kinds: [Int]) -> [RandomColumn] {
    attributes.compactMap { attribute in
      var attribute = attribute
      for kind in kinds {
        guard let own = self.kinds[kind].attributes.first(where: { $0.name == attribute.name }) else { return nil }
        attribute.isOptional = attribute.isOptional || own.isOptional
      }
      return attribute
    }
  }

  /// The block, as its author would write it.
  var source: String {
    var lines = ["community \"随机\" {", "  time zone \"\(zone)\"", "  week starts \(weekStart.name)"]
    if let starts { lines.append("  starts \(CivilDate(dayNumber: starts).text)") }
    if membersFromEvents {
      lines.append("  members from events")
    } else {
      lines +=
        ["  members from \"members.csv\" {", "    id text key"] + memberColumns.map { "    " + $0.declared } + ["  }"]
    }
    lines += ["  events from \"events.csv\" {"] + (hasKey ? ["    id text key"] : [])
    lines += ["    member member is \"who\"", "    at time", "    kind text", "  }"]
    for kind in kinds {
      let columns = kind.attributes.compactMap { own in
        attributes.first { $0.name == own.name }.map { column in
          var column = column
          column.isOptional = own.isOptional
          return column.declared
        }
      }
      if kind.isRecord {
        lines.append("  records \(kind.name) from \"\(kind.name).csv\" { at time; \(columns.joined(separator: "; ")) }")
        continue
      }
      if let seen = kind.seen {
        lines.append("  event \(kind.name) = \(kinds[seen.kind].name) seen by \(seen.by)")
        continue
      }
      lines.append(
        "  event \(kind.name)" + (kind.isAnonymous ? " anonymous" : "")
          + (kind.spelling == kind.name ? "" : " is \"\(kind.spelling)\"")
          + (columns.isEmpty ? "" : " { " + columns.joined(separator: "; ") + " }"))
    }
    for set in sets {
      lines.append(
        "  events \(set.name) = " + set.kinds.map { kinds[$0].name }.joined(separator: " or ")
          + (set.condition.map { " where \($0)" } ?? ""))
    }
    if hasItems {
      let columns = ["id text key"] + contentColumns.map(\.declared)
      lines += ["  content from \"content.csv\" { \(columns.joined(separator: "; ")) }"]
    }
    if !purses.isEmpty { lines.append("  purse \(purses.joined(separator: ", "))") }
    return (lines + ["}", ""]).joined(separator: "\n")
  }
}
