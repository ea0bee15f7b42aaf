// A community made from a seed, to try rules on before one's own data is at hand.
//
// Takes options, gives the bytes of six CSV files. It promises: the same options give the same bytes on any machine
// (integers and IEEE + − × ÷ √ alone, an own generator of random numbers); every reference resolves; events are
// sorted by time; nobody does anything before joining or after leaving.

/// What `steward sample` is asked for.
public struct SampleOptions: Hashable, Sendable {
  public let members: Int
  public let days: Int
  public let seed: UInt64
  /// The language of cities, categories, topics, titles and spend channels; codes stay English.
  public let language: Language
  /// The first day with events. - Unit: days since 1970-01-01.
  public let startDay: Int32

  /// 2026-01-01
  public static let defaultStart: Int32 = 20_454
  public static let memberRange = 1...5_000_000
  public static let dayRange = 1...3_660
  /// 1970-01-01 to 2199-12-31.
  public static let startRange: ClosedRange<Int32> = 0...84_005

  public init(
    members: Int = 10_000, days: Int = 180, seed: UInt64 = 1, language: Language = .english,
    startDay: Int32 = SampleOptions.defaultStart
  ) throws(SampleProblem) {
    guard SampleOptions.memberRange.contains(members) else { throw .members(members) }
    guard SampleOptions.dayRange.contains(days) else { throw .days(days) }
    guard SampleOptions.startRange.contains(startDay) else { throw .start(startDay) }
    self.members = members
    self.days = days
    self.seed = seed
    self.language = language
    self.startDay = startDay
  }
}

/// An option that no community can be made from; a mistake on the command line.
public enum SampleProblem: Error, Hashable, Sendable {
  case members(Int)
  case days(Int)
  case start(Int32)

  public var wording: Wording {
    switch self {
    case .members(let count):
      let most = String(SampleOptions.memberRange.upperBound)
      return Wording(
        en: "--members must be between 1 and \(most), not \(count): a community has at least one member",
        zh: "--members 要在 1 到 \(most) 之间，不能是 \(count)：社群至少要有一名成员")
    case .days(let count):
      let most = String(SampleOptions.dayRange.upperBound)
      return Wording(
        en: "--days must be between 1 and \(most), not \(count): events need at least one day to happen on",
        zh: "--days 要在 1 到 \(most) 之间，不能是 \(count)：至少要有一天才会有事件")
    case .start(let day):
      let found = CivilDate(dayNumber: day).text
      return Wording(
        en: "the first day must lie between 1970-01-01 and 2199-12-31, not \(found)",
        zh: "起始日期要在 1970-01-01 到 2199-12-31 之间，不能是 \(found)")
    }
  }
}

/// The sample community.
public enum Sample {
  /// The files that `write` gives, in its order.
  public static let files = [
    "events.csv", "members.csv", "content.csv", "spend.csv", "outages.csv", "mentions.csv",
  ]

  /// Makes the community and hands its files over, chunk by chunk.
  ///
  /// `each` gets the name of a file and its next whole rows, about 1 MB at a time. The files come one after another in the
  /// order of `files`, so a new name says that the file before is complete; each has at least its header.
  /// - Shape: UTF-8, RFC 4180 with LF, header first, `events.csv` sorted by time; times are local, without an offset.
  /// - Cost: about half a second for 10,000 members and 180 days, which are about a million events.
  public static func write<Failure: Error>(
    _ options: SampleOptions, each: (_ file: String, _ chunk: [UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    let words = SampleWords.of(options.language)
    let calendar = SampleCalendar(options)
    let records = SampleRecords(options, words: words, calendar: calendar)
    let people = SamplePeople(options, words: words, calendar: calendar)
    let catalogue = SampleCatalogue(options, words: words, people: people)
    var life = SampleLife(options, calendar: calendar, records: records, people: people, catalogue: catalogue)

    var rows = SampleRows(capacity: SampleRows.chunk)
    rows.literal("id,member,at,kind,content,author,length,topic,question,quality,order,amount\n")
    for day in 0..<options.days {
      life.live(day)
      for event in life.sorted {
        life.append(event, day: day, words: words, to: &rows)
        if rows.isFull { try rows.flush("events.csv", each) }
      }
    }
    try rows.flush("events.csv", each)

    rows.literal("id,joined,left,birthday,city,interests,channel,inviter,paying,phone\n")
    for member in life.people.indices {
      life.people.append(member, words: words, calendar: calendar, to: &rows)
      if rows.isFull { try rows.flush("members.csv", each) }
    }
    try rows.flush("members.csv", each)

    rows.literal("id,title,author,category,topic,layer,access,ready,published\n")
    for item in life.catalogue.items.indices {
      life.catalogue.append(item, words: words, people: life.people, calendar: calendar, to: &rows)
      if rows.isFull { try rows.flush("content.csv", each) }
    }
    try rows.flush("content.csv", each)

    records.appendSpend(calendar: calendar, words: words, to: &rows)
    try rows.flush("spend.csv", each)
    records.appendOutages(calendar: calendar, to: &rows)
    try rows.flush("outages.csv", each)
    records.appendMentions(calendar: calendar, to: &rows)
    try rows.flush("mentions.csv", each)
  }
}
