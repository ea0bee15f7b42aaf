/// What happens to the club beside its members: spending, outages, mentions in public.
struct SampleRecords {
  struct Spend {
    let day: Int32
    let second: Int32
    /// - Unit: hundredths
    let amount: Int
    let channel: Int
  }
  struct Outage {
    let day: Int32
    let second: Int32
    let minutes: Int32
  }
  struct Mention {
    let day: Int32
    let second: Int32
    /// - Unit: hundredths, −100 to 100
    let sentiment: Int
  }

  private(set) var spend: [Spend] = []
  private(set) var outages: [Outage] = []
  private(set) var mentions: [Mention] = []
  private var outageOnDay: [Int32: Outage] = [:]

  init(_ options: SampleOptions, words: SampleWords, calendar: SampleCalendar) {
    var random = SampleRandom(seed: options.seed, stream: 3)
    let size = Double(options.members).squareRoot()
    let middle = options.days * 3 / 5
    let campaign = middle..<min(options.days, middle + max(1, options.days / 18))
    for day in 0..<options.days {
      let growth = 0.3 + 0.7 * Double(day + 1) / Double(options.days)
      if random.chance(1.0 / 19) {
        let minutes = min(170, 4 + Int(35 * random.exponential()))
        let second = Int32(random.within(7 * 3600...20 * 3600))
        let outage = Outage(day: Int32(day), second: second, minutes: Int32(minutes))
        outages.append(outage)
        outageOnDay[Int32(day)] = outage
      }
      // Bills come on Mondays and Thursdays; during the campaign every day.
      let isCampaign = campaign.contains(day)
      if [0, 3].contains(calendar.weekday(day)) || isCampaign {
        for channel in words.spend.indices where random.chance(isCampaign ? 0.8 : 0.45) {
          let amount = size * growth * (isCampaign ? 900 : 400) * (0.4 + random.exponential())
          let second = Int32(10 * 3600 + channel * 600 + random.below(600))
          spend.append(Spend(day: Int32(day), second: second, amount: max(100, Int(amount)), channel: channel))
        }
      }
      let isBad = outageOnDay[Int32(day)] != nil || outageOnDay[Int32(day) - 1] != nil
      addMentions(day, size: size * growth, isBad: isBad, &random)
    }
  }

  private mutating func addMentions(_ day: Int, size: Double, isBad: Bool, _ random: inout SampleRandom) {
    let mean = size / 35 * (isBad ? 2.5 : 1)
    var count = 0
    var reach = random.exponential()
    while reach < mean {
      count += 1
      reach += random.exponential()
    }
    let seconds = (0..<count).map { _ in Int32(random.within(6 * 3600...23 * 3600)) }.sorted()
    for second in seconds {
      let feeling = (isBad ? -0.25 : 0.32) + 0.4 * random.normal()
      mentions.append(Mention(day: Int32(day), second: second, sentiment: Int(100 * min(1, max(-1, feeling)))))
    }
  }

  /// The outage of a day, at most one.
  func outage(on day: Int) -> Outage? { outageOnDay[Int32(day)] }

  func appendSpend(calendar: SampleCalendar, words: SampleWords, to rows: inout SampleRows) {
    rows.literal("at,amount,channel\n")
    for entry in spend {
      rows.time(calendar.date(Int(entry.day)), second: Int(entry.second))
      rows.comma()
      rows.hundredths(entry.amount)
      rows.comma()
      rows.field(words.spend[entry.channel])
      rows.newline()
    }
  }

  func appendOutages(calendar: SampleCalendar, to rows: inout SampleRows) {
    rows.literal("at,minutes\n")
    for entry in outages {
      rows.time(calendar.date(Int(entry.day)), second: Int(entry.second))
      rows.comma()
      rows.digits(Int(entry.minutes), width: 1)
      rows.newline()
    }
  }

  func appendMentions(calendar: SampleCalendar, to rows: inout SampleRows) {
    rows.literal("at,sentiment\n")
    for entry in mentions {
      rows.time(calendar.date(Int(entry.day)), second: Int(entry.second))
      rows.comma()
      rows.hundredths(entry.sentiment)
      rows.newline()
    }
  }
}
