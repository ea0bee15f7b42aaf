/// The members of the sample: when they join, how much they do and of what kind.
struct SamplePeople {
  /// - Unit: days count from the first day of the sample and may be negative.
  struct Person {
    var joined: Int32 = 0
    /// The last day as a member. - Missing: `never`
    var left: Int32 = Person.never
    /// From this day on hardly ever seen, until `awake`.
    var asleep: Int32 = Person.never
    var awake: Int32 = Person.never
    var inviter: Int32 = -1
    /// Events a day in ordinary times, and of them in one visit.
    var rate = 0.0
    var perVisit = 1.0
    /// The chance that a visit begins with a check-in.
    var habit = 0.0
    /// Hardly misses a day.
    var isDevoted = false
    /// How much more than others one talks, and creates.
    var social = 1.0
    var creative = 1.0
    /// The quality of answers, 0 to 1.
    var skill = 0.5
    var paying = false
    var visitedYesterday = false
    var city: Int16 = -1
    var channel: UInt8 = 0
    /// A bit for each category of interest.
    var interests: UInt32 = 0
    /// - Unit: days since 1970-01-01. - Missing: `never`
    var birthday: Int32 = Person.never
    /// - Missing: −1
    var phone: Int32 = -1
    var checkins: Int32 = 0
    var redeemed: Int32 = 0

    static let never: Int32 = .max
  }

  private(set) var all: [Person]
  /// The first members are the club's hosts; they write the programme and stay.
  let hosts: Int
  /// How many members have joined by the end of each day.
  let joinedBy: [Int]
  /// The days of the invitation campaign.
  let campaign: Range<Int>
  private let width: Int

  static let channels: [[UInt8]] = ["wechat", "app", "offline"].map { Array($0.utf8) }

  var indices: Range<Int> { all.indices }
  var count: Int { all.count }
  subscript(member: Int) -> Person {
    get { all[member] }
    _modify { yield &all[member] }
  }

  init(_ options: SampleOptions, words: SampleWords, calendar: SampleCalendar) {
    let count = options.members
    hosts = min(count, max(3, count / 250))
    width = SamplePeople.width(of: count)
    let middle = options.days * 3 / 5
    campaign = middle..<min(options.days, middle + max(1, options.days / 18))
    let joins = SamplePeople.joins(options, campaign: campaign, calendar: calendar)
    var random = SampleRandom(seed: options.seed, stream: 1)
    let activity = SamplePeople.activity(count, &random)
    all = []
    all.reserveCapacity(count)
    for member in 0..<count {
      let isHost = member < hosts
      var person = Person()
      person.joined = isHost ? Int32(-random.within(30...SampleCalendar.before)) : joins[member]
      SamplePeople.temper(&person, activity: activity[member], isHost: isHost, &random)
      SamplePeople.fate(&person, activity: activity[member], isHost: isHost, &random)
      SamplePeople.describe(&person, words: words, options, &random)
      all.append(person)
    }
    var byDay = [Int](repeating: 0, count: options.days)
    for person in all { byDay[max(0, Int(person.joined))] += 1 }
    var total = 0
    joinedBy = byDay.map {
      total += $0
      return total
    }
  }

  /// The day on which each member joins, ascending: a twentieth before the start, the rest along a logistic curve
  /// with busier weekends and, a good half way, the campaign.
  private static func joins(_ options: SampleOptions, campaign: Range<Int>, calendar: SampleCalendar) -> [Int32] {
    let days = Double(options.days)
    var weights: [Double] = []
    for day in 0..<options.days {
      let x = (Double(day) + 0.5 - 0.4 * days) / (0.12 * days)
      let e = SampleMath.exp(x < 0 ? x : -x)
      let weekend = calendar.weekday(day) >= 5 ? 1.25 : 0.9
      weights.append((e / ((1 + e) * (1 + e)) + 0.008) * weekend * (campaign.contains(day) ? 2.6 : 1))
    }
    var total = 0.0
    for weight in weights { total += weight }
    let early = Double(SampleCalendar.before)
    var joins: [Int32] = []
    joins.reserveCapacity(options.members)
    var day = 0
    var reached = weights[0] / total
    for member in 0..<options.members {
      let place = (Double(member) + 0.5) / Double(options.members)
      if place < 0.05 {
        joins.append(Int32(-early + place / 0.05 * (early - 1)))
        continue
      }
      let wanted = (place - 0.05) / 0.95
      while reached < wanted, day < options.days - 1 {
        day += 1
        reached += weights[day] / total
      }
      joins.append(Int32(day))
    }
    return joins
  }

  /// Standard normal scores in random order, one from each of `count` equal strata: the tail is as heavy in a small
  /// community as in a large one.
  private static func activity(_ count: Int, _ random: inout SampleRandom) -> [Double] {
    var scores = (0..<count).map {
      SampleMath.normalQuantile((Double($0) + 0.25 + 0.5 * random.unit()) / Double(count))
    }
    var index = count - 1
    while index > 0 {
      scores.swapAt(index, random.below(index + 1))
      index -= 1
    }
    return scores
  }

  private static func temper(_ person: inout Person, activity: Double, isHost: Bool, _ random: inout SampleRandom) {
    let rate = min(36, 0.031 * SampleMath.exp(2.93 * activity))
    person.rate = isHost ? max(rate, 4 + 3 * random.unit()) : rate
    person.perVisit = 1.6 + 2.2 * person.rate.squareRoot()
    person.habit = random.chance(0.28) ? 0.05 : 0.5 + 0.47 * random.unit()
    if random.chance(0.15), person.rate > 0.4 {
      // Some would not miss a day for anything.
      person.isDevoted = true
      person.habit = 0.995
      person.perVisit = min(person.perVisit, max(1, person.rate))
    }
    person.social = SampleMath.exp(0.5 * random.normal())
    person.creative = min(10, (isHost ? 4 : 0.45) * SampleMath.exp(1.2 * random.normal()))
    person.skill = min(1, max(0, 0.5 + (isHost ? 0.3 : 0) + 0.18 * random.normal()))
    person.paying = random.chance(isHost ? 0.9 : activity > 1.2 ? 0.3 : activity > 0.4 ? 0.12 : 0.03)
  }

  /// Most people drift off some time; a few of them come back, some leave for good.
  private static func fate(_ person: inout Person, activity: Double, isHost: Bool, _ random: inout SampleRandom) {
    let stay = random.exponential() * (70 + 70 * SampleMath.exp(0.5 * min(3, activity)))
    let leaves = random.chance(0.3)
    let after = random.within(3...45)
    let returns = random.chance(0.2)
    if isHost { return }
    person.asleep = person.joined + Int32(min(stay, 100_000)) + 1
    if leaves {
      person.left = person.asleep + Int32(after)
    } else if returns {
      person.awake = person.asleep + Int32(after)
    }
  }

  private static func describe(
    _ person: inout Person, words: SampleWords, _ options: SampleOptions, _ random: inout SampleRandom
  ) {
    if random.chance(0.94) {
      // The first cities of the list have the most members.
      let place = random.unit()
      person.city = Int16(place * place * Double(words.cities.count))
    }
    person.channel = UInt8(random.pick([0.52, 0.36, 0.12]))
    for _ in 0..<random.below(5) { person.interests |= 1 << UInt32(random.below(words.categories.count)) }
    if random.chance(0.58) {
      person.birthday = options.startDay - Int32(16 * 365 + random.below(52 * 365))
    }
    if random.chance(0.62) { person.phone = Int32(random.below(100_000_000)) }
  }

  /// Digits of an identity: five, or what the last member needs.
  static func width(of count: Int) -> Int { max(5, String(count).utf8.count) }

  /// `m00042`
  func appendID(_ member: Int, to rows: inout SampleRows) {
    rows.byte(0x6D)
    rows.digits(member + 1, width: width)
  }

  /// A row of members.csv.
  func append(_ member: Int, words: SampleWords, calendar: SampleCalendar, to rows: inout SampleRows) {
    let person = all[member]
    appendID(member, to: &rows)
    rows.comma()
    rows.raw(calendar.date(Int(person.joined)))
    rows.comma()
    if Int(person.left) < joinedBy.count { rows.raw(calendar.date(Int(person.left))) }
    rows.comma()
    if person.birthday != Person.never { rows.raw(Array(CivilDate(dayNumber: person.birthday).text.utf8)) }
    rows.comma()
    if person.city >= 0 { rows.field(words.cities[Int(person.city)]) }
    rows.comma()
    var isFirst = true
    for category in words.categories.indices where person.interests & (1 << UInt32(category)) != 0 {
      if !isFirst { rows.byte(0x3B) }
      isFirst = false
      rows.field(words.categories[category].name)
    }
    rows.comma()
    rows.raw(SamplePeople.channels[Int(person.channel)])
    rows.comma()
    if person.inviter >= 0 { appendID(Int(person.inviter), to: &rows) }
    rows.comma()
    if person.paying { rows.literal("true,") } else { rows.literal("false,") }
    if person.phone >= 0 {
      // 100 is no mobile prefix: these numbers belong to nobody.
      rows.literal("100")
      rows.digits(Int(person.phone), width: 8)
    }
    rows.newline()
  }
}
