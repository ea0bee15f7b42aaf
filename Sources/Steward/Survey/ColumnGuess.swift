// What a column is declared as, and the comment that says why.

/// A column as the block will declare it.
struct ColumnGuess: Sendable {
  enum Form: Sendable, Equatable {
    case bool, int, number, text, date, time, member, item
    case choice([String])
    /// With its separator; nil for arrays of JSON.
    case list(String?)
  }
  /// Its place in the table.
  var column: Int
  var name: String
  var spelling: String
  var form: Form
  var isOptional = false
  var isKey = false
  var isPrivate = false
  /// What was seen; empty if the declaration says it all.
  var comment = Wording("")
}

/// Guesses the columns of one table.
struct ColumnGuesser {
  let table: SurveyTable
  let index: Int
  let finder: RoleFinder
  let roles: SurveyRoles
  /// Counts of rows are told of so many rows.
  var rows: Int { table.rows }

  /// A column without a role.
  /// - Parameter ofKind: whether each kind of event says for itself if it may be empty.
  func guess(_ column: Int, name: String, ofKind: Bool = false) -> ColumnGuess {
    let profile = table.profiles[column]
    let shape = table.shapes[column]
    var guess = ColumnGuess(column: column, name: name, spelling: table.names[column], form: .text)
    guess.isPrivate = isPrivate(column)
    (guess.form, guess.comment) = form(column)
    guess.isOptional = profile.empty > 0
    if case .list = guess.form { guess.isOptional = false }
    if profile.filled == 0 {
      guess.isOptional = true
      guess.comment =
        rows == 0
        ? Wording(en: "no row yet: a guess by the name", zh: "还没有数据：只能按列名猜")
        : Wording(en: "empty in every row", zh: "每一行都为空")
      if rows == 0, ColumnNames.place(of: guess.spelling, in: ColumnNames.at) != nil { guess.form = .time }
      return guess
    }
    // The least and the largest of what is private are somebody's.
    var parts = guess.isPrivate ? [] : [guess.comment]
    if let near = nearReference(column), guess.form == .text { parts.append(near) }
    if guess.isOptional, !ofKind {
      let (empty, all) = (Grouped.text(profile.empty), Grouped.text(profile.rows))
      parts.append(Wording(en: "empty in \(empty) of \(all)", zh: "\(all) 行里有 \(empty) 行没有填"))
    }
    if guess.isPrivate { parts.append(Wording(en: "looks private", zh: "像是隐私")) }
    if let time = UnreadTime(profile, shape) { parts.append(time.looks(profile)) }
    guess.comment = Wording.list(parts)
    return guess
  }

  func isPrivate(_ column: Int) -> Bool {
    let (profile, shape) = (table.profiles[column], table.shapes[column])
    if ColumnNames.isPrivate(table.names[column]) { return true }
    return profile.filled > 0 && max(shape.mails, shape.phones) * 10 >= profile.filled * 8
  }

  // MARK: Types

  private func form(_ column: Int) -> (ColumnGuess.Form, Wording) {
    let (profile, shape, name) = (table.profiles[column], table.shapes[column], table.names[column])
    let filled = profile.filled
    if filled == 0 { return (.text, Wording("")) }
    if shape.arrays > 0 { return (.list(nil), Wording(en: "arrays in the file", zh: "文件里是数组")) }
    if let reference = reference(column) { return reference }
    func fits(_ count: Int) -> Bool { count == filled || (filled >= 200 && (filled - count) * 200 <= filled) }
    func note(_ count: Int, _ words: Wording) -> Wording {
      count == filled ? words : Wording.list([words, misfits(filled - count)])
    }
    let values = profile.distinct ?? .max
    let isBinary = shape.ints == filled && shape.bools == filled
    if shape.bools == filled, !isBinary || values == 2 || ColumnNames.isQuestion(name) {
      return (.bool, Wording(""))
    }
    let isId = ColumnNames.mayBeKey(name) || shape.paddedInts > 0 || isPrivate(column)
    if fits(shape.ints), !isId { return (.int, note(shape.ints, range(shape))) }
    if fits(shape.numbers), !isId { return (.number, note(shape.numbers, range(shape))) }
    if fits(shape.times), shape.numbers == 0 {
      let isDate = fits(shape.days) && shape.days == shape.times
      return (isDate ? .date : .time, note(shape.times, span(shape)))
    }
    if shape.numbers == 0, let separator = separator(profile, shape) {
      return (.list(separator), Wording(en: "split at \(quoted(separator))", zh: "按\(quotedChinese(separator))分开"))
    }
    if shape.numbers < filled, let choice = choice(column) {
      return (.choice(choice), Wording(en: "the values that occur", zh: "出现过的取值"))
    }
    return (.text, texts(column))
  }

  private func quoted(_ separator: String) -> String { "`\(separator)`" }
  private func quotedChinese(_ separator: String) -> String { "“\(separator)”" }

  /// A reference to members or content: by values that are ids, and for whole numbers by the name too.
  private func reference(_ column: Int) -> (ColumnGuess.Form, Wording)? {
    let name = table.names[column]
    let isNumeric = table.shapes[column].numbers > 0
    var found: (form: ColumnGuess.Form, share: Double, rank: Int, target: Int)?
    for (form, target) in [(ColumnGuess.Form.member, roles.members), (.item, roles.content)] {
      guard let target, let key = tables[target].key, !(target == index && key == column) else { continue }
      let share = finder.share(index, column, of: target)
      guard share >= 0.99 || (share >= 0.8 && ColumnNames.mayRefer(name)) else { continue }
      let isMeant = ColumnNames.means(name, key: tables[target].names[key], stem: tables[target].stem)
      let speaks = ColumnNames.speaksOfMembers(name)
      if isNumeric, form == .member, !speaks, !isMeant, !(target == index) { continue }
      if isNumeric, form == .item, speaks { continue }
      let rank = (isMeant ? 4 : 0) + (speaks == (form == .member) ? 2 : 0) + (target == index ? 1 : 0)
      if share < 0.99, rank < 4 { continue }
      if (rank, share) > (found?.rank ?? -1, found?.share ?? 0) { found = (form, share, rank, target) }
    }
    guard let found else { return nil }
    let missed = table.profiles[column].filled - finder.hits(index, column, of: found.target)
    let key = tables[found.target].names[tables[found.target].key ?? 0]
    let words = Wording(
      en: "ids of \(found.form == .member ? "members" : "content") (`\(key)`)",
      zh: "\(found.form == .member ? "成员" : "内容")的“\(key)”")
    return (found.form, missed == 0 ? words : Wording.list([words, dangling(missed)]))
  }

  /// That most values are ids, where some are not.
  private func nearReference(_ column: Int) -> Wording? {
    let filled = table.profiles[column].filled
    guard ColumnNames.mayRefer(table.names[column]), filled > 0 else { return nil }
    let speaks = ColumnNames.speaksOfMembers(table.names[column])
    guard let target = speaks ? roles.members : roles.content, tables[target].key != nil else { return nil }
    let hits = finder.hits(index, column, of: target)
    guard hits * 2 > filled, hits < filled else { return nil }
    let (missed, all) = (Grouped.text(filled - hits), Grouped.text(filled))
    return speaks
      ? Wording(
        en: "no `member`, for \(missed) of \(all) are no member's id", zh: "\(all) 个里有 \(missed) 个不是成员，所以没有写成 `member`")
      : Wording(
        en: "no `item`, for \(missed) of \(all) are no content's id", zh: "\(all) 个里有 \(missed) 个不是内容，所以没有写成 `item`")
  }

  private var tables: [SurveyTable] { finder.tables }

  private func misfits(_ count: Int) -> Wording {
    Wording(
      en: "\(Grouped.text(count)) \(count == 1 ? "row does" : "rows do") not fit", zh: "\(Grouped.text(count)) 行不合")
  }

  private func dangling(_ count: Int) -> Wording {
    Wording(
      en: "\(Grouped.text(count)) \(count == 1 ? "leads" : "lead") nowhere", zh: "\(Grouped.text(count)) 个找不到对应的行")
  }

  /// Few values that come again and again, none of them a sentence.
  private func choice(_ column: Int) -> [String]? {
    let (profile, shape) = (table.profiles[column], table.shapes[column])
    guard let distinct = profile.distinct, distinct <= 8, distinct > 1, shape.longest <= 30, shape.broken == 0 else {
      return nil
    }
    guard profile.filled >= 6 * distinct, !isPrivate(column) else { return nil }
    let values = profile.frequent().map(\.value)
    guard values.reduce(0, { $0 + $1.count + 4 }) <= 72 else { return nil }
    return values.allSatisfy { value in !value.contains { $0 == "\"" || $0 == "\\" || $0 == "{" || $0 == "}" } }
      ? values : nil
  }

  /// What separates the elements of lists: in many values, with parts that come again and again.
  private func separator(_ profile: ColumnProfile, _ shape: FieldShapes) -> String? {
    guard shape.broken == 0, shape.longest <= 400, shape.mails == 0 else { return nil }
    let values = profile.frequent().map(\.value)
    for separator in [";", "；", "|", "、", ","] {
      let holding = values.filter { $0.contains(separator) }
      guard holding.count >= 2, holding.count * 5 >= values.count else { continue }
      var parts: [String: Int] = [:]
      var all = 0
      var isPlain = true
      for value in values {
        for part in value.split(separator: Character(separator)) {
          let part = part.trimmed
          isPlain = isPlain && part.count <= 40 && !(separator == "," && part.contains(" "))
          parts[String(part), default: 0] += 1
          all += 1
        }
      }
      // `;` and `|` hardly occur in sentences; commas do.
      let isCommon = [";", "；", "|"].contains(separator)
      if isPlain, isCommon ? parts.count < all : parts.count * (separator == "," ? 3 : 2) <= all { return separator }
    }
    return nil
  }

  // MARK: Words

  private func range(_ shape: FieldShapes) -> Wording {
    let (least, greatest) = (Grouped.text(shape.least), Grouped.text(shape.greatest))
    if shape.least == shape.greatest { return Wording(en: "always \(least)", zh: "总是 \(least)") }
    return Wording(en: "\(least) to \(greatest)", zh: "\(least) 到 \(greatest)")
  }

  /// The first and the last day.
  func span(_ shape: FieldShapes) -> Wording {
    guard shape.first <= shape.last else { return Wording("") }
    let calendar = Calendar()
    let first = CivilDate(dayNumber: calendar.day(of: shape.first)).text
    let last = CivilDate(dayNumber: calendar.day(of: shape.last)).text
    return first == last ? Wording(first) : Wording(en: "\(first) to \(last)", zh: "\(first) 至 \(last)")
  }

  private func texts(_ column: Int) -> Wording {
    let profile = table.profiles[column]
    guard !isPrivate(column), let distinct = profile.distinct, distinct * 2 <= profile.filled else {
      return Wording("")
    }
    if distinct == 1, let only = profile.frequent().first, only.value.count <= 30,
      !only.value.contains(where: \.isNewline)
    {
      return Wording(en: "always \"\(only.value)\"", zh: "总是“\(only.value)”")
    }
    return Wording(en: "\(Grouped.text(distinct)) different", zh: "\(Grouped.text(distinct)) 种")
  }
}

/// Whole numbers as people read them: 16,247.
enum Grouped {
  static func text(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return number < 0 ? "-" + text : text
  }

  /// With two decimals at most; numbers like those of years are not grouped.
  static func text(_ number: Double) -> String {
    let hundredths = (number * 100).rounded()
    guard let all = Int(exactly: hundredths) else { return NumberText.shortest(number) }
    if all == 0, number != 0 { return NumberText.shortest(number) }
    let (whole, rest) = (all.magnitude / 100, all.magnitude % 100)
    let decimals = rest == 0 ? "" : rest % 10 == 0 ? ".\(rest / 10)" : rest < 10 ? ".0\(rest)" : ".\(rest)"
    return (all < 0 ? "-" : "") + (whole < 10_000 ? "\(whole)" : text(Int(clamping: whole))) + decimals
  }
}

extension Wording {
  /// Those of some parts that say something, one after the other.
  static func list(_ parts: [Wording]) -> Wording {
    let own = parts.filter { !$0.english.isEmpty }
    return Wording(en: own.map(\.english).joined(separator: "; "), zh: own.map(\.chinese).joined(separator: "；"))
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    var text = self
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return text
  }
}
