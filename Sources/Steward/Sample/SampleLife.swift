/// The sample's days, one after another: who comes, when, and what they do.
///
/// A visit is a few events in a row. Visits are lived in the order of their beginnings, so that an answer finds the
/// questions asked before it. What follows days later (thanks for an answer, a refund) waits in `later`.
struct SampleLife {
  enum Kind: UInt8, CaseIterable {
    case checkin, share, like, view, comment, post, answer, followup, purchase, refund, booking, whisper, joinGroup
    case invite, redeem

    static let spellings: [[UInt8]] = allCases.map { kind in
      Array((kind == .joinGroup ? "group-join" : "\(kind)").utf8)
    }
  }

  struct Event {
    /// - Unit: seconds since local midnight
    var second: Int32
    var member: Int32
    var kind: Kind
    /// - Missing: −1
    var item: Int32 = -1
    /// The author of what is liked, the question that is answered, the number of the order.
    var other: Int32 = -1
    /// Characters of a comment; hundredths of quality or amount. - Missing: −1
    var value: Int32 = -1
  }

  struct Question {
    let item: Int32
    let asker: Int32
    let since: Int64
    var wanted: Int8
  }

  struct Visit {
    let member: Int32
    let events: Int32
    let isFirst: Bool
  }

  let options: SampleOptions
  let calendar: SampleCalendar
  let records: SampleRecords
  var people: SamplePeople
  var catalogue: SampleCatalogue
  var random: SampleRandom

  var events: [Event] = []
  var visits: [Visit] = []
  /// Beginning of each visit and its place in `visits`, packed to be sorted.
  var beginnings: [UInt64] = []
  var later: [[Event]]
  var open: [Question] = []
  /// Pairs of member and item that were liked or answered.
  var done: Set<UInt64> = []
  var orders: Int32 = 0
  /// Items of the programme that can be seen today.
  var shown = 0
  var outage: SampleRecords.Outage?
  var serial = 0
  /// The day being lived.
  var today = 0
  private let hours: [UInt8]
  private let weekendHours: [UInt8]
  /// How much more one does in the first days as a member.
  private let novelty: [Double]

  init(
    _ options: SampleOptions, calendar: SampleCalendar, records: SampleRecords, people: SamplePeople,
    catalogue: SampleCatalogue
  ) {
    self.options = options
    self.calendar = calendar
    self.records = records
    self.people = people
    self.catalogue = catalogue
    random = SampleRandom(seed: options.seed, stream: 4)
    later = Array(repeating: [], count: options.days)
    hours = SampleLife.clock([
      8, 4, 2, 1, 1, 4, 18, 42, 44, 36, 32, 34, 56, 48, 32, 30, 32, 38, 46, 66, 98, 108, 80, 34,
    ])
    weekendHours = SampleLife.clock([
      14, 7, 3, 2, 1, 2, 8, 22, 42, 60, 62, 54, 50, 46, 50, 54, 52, 48, 48, 64, 88, 96, 80, 42,
    ])
    novelty = (0..<21).map { 1 + 2.2 * SampleMath.exp(-Double($0) / 5) }
  }

  /// A table that gives an hour with the frequency of its weight.
  private static func clock(_ weights: [Int]) -> [UInt8] {
    weights.indices.flatMap { hour in Array(repeating: UInt8(hour), count: weights[hour]) }
  }

  /// Fills `events` with a day's, not yet sorted.
  mutating func live(_ day: Int) {
    events.removeAll(keepingCapacity: true)
    visits.removeAll(keepingCapacity: true)
    beginnings.removeAll(keepingCapacity: true)
    today = day
    outage = records.outage(on: day)
    while shown < catalogue.ready, Int(catalogue[shown].day) <= day { shown += 1 }
    open.removeAll { $0.wanted <= 0 || $0.since < Int64(day - 6) * 86_400 }
    for var event in later[day] where Int(people[Int(event.member)].left) >= day {
      event.second = clear(event.second)
      events.append(event)
    }
    later[day] = []
    gather(day)
    beginnings.sort()
    for beginning in beginnings {
      visit(visits[Int(beginning & 0xFFFF_FFFF)], day: day, from: Int32(beginning >> 32))
    }
    invite(day)
  }

  /// Decides who comes today, how often, and when.
  private mutating func gather(_ day: Int) {
    let mood = [0.92, 0.94, 0.95, 0.97, 1.02, 1.18, 1.22][calendar.weekday(day)] * (0.93 + 0.14 * random.unit())
    let isWeekend = calendar.weekday(day) >= 5
    for member in 0..<people.joinedBy[day] {
      let person = people[member]
      if Int(person.left) < day { continue }
      var rate = person.rate * mood
      let age = day - Int(person.joined)
      if age < novelty.count { rate *= novelty[age] }
      if day >= Int(person.asleep), day < Int(person.awake) { rate *= 0.03 }
      let plain = min(person.isDevoted ? 0.985 : 0.93, rate / person.perVisit)
      // Habits: who came yesterday comes more likely today; the share of days stays the same.
      let chance = person.visitedYesterday ? plain + (1 - plain) * 0.5 : plain * 0.5
      let comes = random.unit() < (age == 0 ? 0.8 : chance)
      people[member].visitedYesterday = comes
      if !comes { continue }
      var wanted = 1 + Int((max(1.2, rate / max(plain, 0.001)) - 1) * random.exponential())
      var isFirst = true
      while wanted > 0 {
        let now = min(wanted, random.within(6...18))
        wanted -= now
        let table = isWeekend ? weekendHours : hours
        let second = Int(table[random.below(table.count)]) * 3600 + random.below(3600)
        beginnings.append(UInt64(second) << 32 | UInt64(visits.count))
        visits.append(Visit(member: Int32(member), events: Int32(now), isFirst: isFirst))
        isFirst = false
      }
    }
  }

  /// Finds an inviter for some of those who join tomorrow, among today's visitors.
  private mutating func invite(_ day: Int) {
    let tomorrow = day + 1
    guard tomorrow < options.days, !visits.isEmpty else { return }
    let chance = people.campaign.contains(tomorrow) ? 0.62 : 0.2
    let joining = people.joinedBy[day]..<people.joinedBy[tomorrow]
    for member in joining where random.chance(chance) {
      let beginning = beginnings[random.below(beginnings.count)]
      let inviter = visits[Int(beginning & 0xFFFF_FFFF)].member
      people[member].inviter = inviter
      let second = clear(Int32(beginning >> 32) + Int32(random.within(30...900)))
      events.append(Event(second: second, member: inviter, kind: .invite))
    }
  }

  /// A moment moved out of the day's outage, and before midnight.
  func clear(_ second: Int32) -> Int32 {
    guard let outage, second >= outage.second, second < outage.second + outage.minutes * 60 else {
      return min(second, 86_399)
    }
    return min(86_399, outage.second + outage.minutes * 60 + (second - outage.second) % 120)
  }

  /// The day's events by time; at equal times in the order in which they were made.
  var sorted: [Event] {
    var keys = events.indices.map { UInt64(events[$0].second) << 32 | UInt64($0) }
    keys.sort()
    return keys.map { events[Int($0 & 0xFFFF_FFFF)] }
  }

  /// A row of events.csv.
  mutating func append(_ event: Event, day: Int, words: SampleWords, to rows: inout SampleRows) {
    serial += 1
    rows.byte(0x65)
    rows.digits(serial, width: 8)
    rows.comma()
    if event.kind != .whisper { people.appendID(Int(event.member), to: &rows) }
    rows.comma()
    rows.time(calendar.date(day), second: Int(event.second))
    rows.comma()
    rows.raw(Kind.spellings[Int(event.kind.rawValue)])
    rows.comma()
    if event.item >= 0 { catalogue.appendID(Int(event.item), to: &rows) }
    // author, length, topic, question, quality, order, amount
    switch event.kind {
    case .like:
      rows.comma()
      people.appendID(Int(event.other), to: &rows)
      rows.literal(",,,,,,\n")
    case .comment:
      rows.literal(",,")
      if event.value >= 0 { rows.digits(Int(event.value), width: 1) }
      rows.literal(",,,,,\n")
    case .post:
      let item = catalogue[Int(event.item)]
      rows.literal(",,,")
      if item.form == .question {
        rows.literal("question")
      } else {
        rows.field(words.categories[Int(item.category)].topics[Int(item.topic)])
      }
      rows.literal(",,,,\n")
    case .answer:
      rows.literal(",,,,")
      catalogue.appendID(Int(event.other), to: &rows)
      rows.comma()
      rows.hundredths(Int(event.value))
      rows.literal(",,\n")
    case .purchase, .refund:
      rows.literal(",,,,,,o")
      rows.digits(Int(event.other), width: 6)
      rows.comma()
      if event.value >= 0 { rows.hundredths(Int(event.value)) }
      rows.newline()
    default: rows.literal(",,,,,,,\n")
    }
  }
}
