/// The content of the sample: the club's programme, and what members write.
struct SampleCatalogue {
  enum Layer: UInt8 { case base, middle, top }
  enum Access: UInt8 { case open, booked, paid }
  enum Form: UInt8 { case programme, post, question, answer }

  struct Item {
    var form: Form
    var layer: Layer = .base
    var access: Access = .open
    var isReady = false
    var category: UInt8
    var topic: UInt8
    /// How readily people turn to it, of 256.
    var charm: UInt8 = 128
    /// - Missing: −1
    var author: Int32 = -1
    /// The day of publication; an item of the programme that is not ready has none.
    var day: Int32 = .max
    /// When it can first be seen. - Unit: seconds since the first day began
    var since: Int64 = .max
    /// Chooses among the titles.
    var pattern: Int32 = 0
    var book: UInt8 = 0
    /// The issue in a series of the programme; the question of an answer.
    var number: Int32 = 0
    /// Counts the items of its form, for the identity.
    var serial: Int32 = 0
  }

  private(set) var items: [Item] = []
  /// How many items the programme has; they stand first, those that are ready sorted by day.
  let programme: Int
  /// Of these, the ones that are ready.
  let ready: Int
  private var posts: Int32 = 0
  private var answers: Int32 = 0

  static let layers: [[UInt8]] = ["base", "middle", "top"].map { Array($0.utf8) }
  static let accesses: [[UInt8]] = ["open", "booked", "paid"].map { Array($0.utf8) }

  subscript(item: Int) -> Item { items[item] }

  init(_ options: SampleOptions, words: SampleWords, people: SamplePeople) {
    var random = SampleRandom(seed: options.seed, stream: 2)
    // Ten of each topic make the pyramid exact: six, three and one.
    let issues = options.members >= 1000 ? 10 : 5
    var made: [Item] = []
    for category in words.categories.indices {
      for topic in words.categories[category].topics.indices {
        let turn = random.below(10)
        for issue in 0..<issues {
          made.append(
            SampleCatalogue.programmeItem(
              category: category, topic: topic, place: (issue * (10 / issues) + turn) % 10, options, words: words,
              people: people, &random))
        }
      }
    }
    // Swift's sort does not keep the order of equals, so the place decides among them.
    let order = made.indices.sorted { (made[$0].day, $0) < (made[$1].day, $1) }
    items = order.map { made[$0] }
    // A topic's issues are numbered as they come out.
    var issued: [Int: Int32] = [:]
    for index in items.indices {
      items[index].serial = Int32(index + 1)
      let series = Int(items[index].category) << 8 | Int(items[index].topic)
      issued[series, default: 0] += 1
      items[index].number = issued[series, default: 1]
    }
    programme = items.count
    ready = items.count(where: \.isReady)
  }

  private static func programmeItem(
    category: Int, topic: Int, place: Int, _ options: SampleOptions, words: SampleWords,
    people: SamplePeople, _ random: inout SampleRandom
  ) -> Item {
    var item = Item(form: .programme, category: UInt8(category), topic: UInt8(topic))
    item.layer = place < 6 ? .base : place < 9 ? .middle : .top
    let odds: [Double]
    switch item.layer {
    case .base: odds = [0.92, 0.08, 0]
    case .middle: odds = [0.45, 0.4, 0.15]
    case .top: odds = [0.1, 0.4, 0.5]
    }
    item.access = Access(rawValue: UInt8(random.pick(odds))) ?? .open
    item.charm = UInt8(30 + random.below(226))
    if random.chance(0.8) { item.author = Int32(random.below(people.hosts)) }
    item.pattern = Int32(random.below(words.programme[Int(item.layer.rawValue)].count))
    item.book = UInt8(random.below(words.books.count))
    item.isReady = !random.chance(0.07)
    if item.isReady {
      // Two fifths are there when the club opens.
      let opening = random.chance(0.4)
      let day = opening ? -random.within(1...30) : random.below(options.days)
      item.day = Int32(day)
      item.since = Int64(day) * 86_400
    }
    return item
  }

  /// Adds what a member wrote.
  mutating func add(
    _ form: Form, author: Int, day: Int, since: Int64, category: UInt8, topic: UInt8, question: Int,
    _ random: inout SampleRandom
  ) -> Int {
    var item = Item(form: form, category: category, topic: topic)
    let place = random.below(10)
    item.layer = place < 6 ? .base : place < 9 ? .middle : .top
    let draw = random.unit()
    item.charm = UInt8(20 + 235 * draw * draw)
    item.author = Int32(author)
    item.day = Int32(day)
    item.since = since
    item.pattern = Int32(random.below(1 << 20))
    item.book = UInt8(random.below(200))
    item.number = Int32(question)
    if form == .answer {
      answers += 1
      item.serial = answers
    } else {
      posts += 1
      item.serial = posts
      // What the hosts pick for the programme.
      item.isReady = form == .post && item.charm > 225
    }
    items.append(item)
    return items.count - 1
  }

  /// `c0001` of the programme, `p000001` a post, `a000001` an answer.
  func appendID(_ item: Int, to rows: inout SampleRows) {
    let found = items[item]
    switch found.form {
    case .programme:
      rows.byte(0x63)
      rows.digits(Int(found.serial), width: 4)
    case .post, .question:
      rows.byte(0x70)
      rows.digits(Int(found.serial), width: 6)
    case .answer:
      rows.byte(0x61)
      rows.digits(Int(found.serial), width: 6)
    }
  }

  private func title(_ item: Item, words: SampleWords) -> [UInt8] {
    var text: [UInt8] = []
    let titles: [SampleWords.Title]
    switch item.form {
    case .programme: titles = words.programme[Int(item.layer.rawValue)]
    case .post: titles = words.posts
    case .question: titles = words.questions
    case .answer: return words.answer + title(items[Int(item.number)], words: words)
    }
    words.title(
      titles[Int(item.pattern) % titles.count], category: Int(item.category), topic: Int(item.topic),
      book: Int(item.book), to: &text)
    if item.form == .programme {
      text.append(contentsOf: words.issueBefore)
      text.append(contentsOf: String(item.number).utf8)
      text.append(contentsOf: words.issueAfter)
    }
    return text
  }

  /// A row of content.csv.
  func append(
    _ item: Int, words: SampleWords, people: SamplePeople, calendar: SampleCalendar, to rows: inout SampleRows
  ) {
    let found = items[item]
    appendID(item, to: &rows)
    rows.comma()
    rows.field(title(found, words: words))
    rows.comma()
    if found.author >= 0 { people.appendID(Int(found.author), to: &rows) }
    rows.comma()
    let category = words.categories[Int(found.category)]
    rows.field(category.name)
    rows.comma()
    rows.field(category.topics[Int(found.topic)])
    rows.comma()
    rows.raw(SampleCatalogue.layers[Int(found.layer.rawValue)])
    rows.comma()
    rows.raw(SampleCatalogue.accesses[Int(found.access.rawValue)])
    if found.isReady { rows.literal(",true,") } else { rows.literal(",false,") }
    if found.day != .max { rows.raw(calendar.date(Int(found.day))) }
    rows.newline()
  }
}
