extension Survey {
  /// What was found, for people.
  /// - Parameter rules: the folder that was written to; nil where the block was printed only.
  public func overview(_ language: Language, data: String, rules: String?) -> String {
    var text = Wording(en: "Found in \(data):", zh: "在 \(data) 里找到：")[language] + "\n"
    text += table(language)
    if let days {
      let (first, last) = (CivilDate(dayNumber: days.lowerBound).text, CivilDate(dayNumber: days.upperBound).text)
      text += Wording(en: "Events from \(first) to \(last).", zh: "事件从 \(first) 到 \(last)。")[language] + "\n"
    }
    let zone = Wording(
      en: "The time zone is a placeholder (UTC): set it in \(Survey.communityFile) before you trust any day.",
      zh: "时区只是占位（UTC）：请先在 \(Survey.communityFile) 里填好，否则按天的结果都不可信。")
    text += list(Wording(en: "Look at this first:", zh: "请先看这几处："), [zone] + doubts, language)
    text += list(
      Wording(en: "Left out:", zh: "没有用到："),
      leftOut.map { Wording(en: "\($0.what): \($0.why.english)", zh: "\($0.what)：\($0.why.chinese)") }, language)
    guard let rules else { return text }
    let written = files.map { rules == "." ? $0.name : rules.hasSuffix("/") ? rules + $0.name : "\(rules)/\($0.name)" }
    text +=
      "\n"
      + Wording(
        en: "Written: \(written.joined(separator: ", ")). Next:", zh: "已写入 \(written.joined(separator: "、"))。接下来：")[
        language]
      + "\n"
    let place = (rules == "." ? "" : " \(Survey.quoted(rules))") + " --data \(Survey.quoted(data))"
    var asOf = ""
    if let needsAsOf {
      asOf = " --as-of " + (needsAsOf.map { CivilDate(dayNumber: $0).text } ?? Wording(en: "DATE", zh: "日期")[language])
    }
    return text + "  steward check\(place)\n  steward run\(place)\(asOf)\n"
  }

  private func table(_ language: Language) -> String {
    let rows = parts.map { part in
      [
        part.role[language], part.files.prefix(3).joined(separator: ", ") + (part.files.count > 3 ? ", …" : ""),
        Grouped.text(part.rows), part.what[language],
      ]
    }
    let widths = (0..<3).map { column in rows.map { DisplayWidth.of($0[column]) }.max() ?? 0 }
    return rows.map { row in
      "  " + DisplayWidth.padded(row[0], to: widths[0]) + "  " + DisplayWidth.padded(row[1], to: widths[1]) + "  "
        + DisplayWidth.padded(before: row[2], to: widths[2]) + "  " + row[3] + "\n"
    }.joined()
  }

  private func list(_ heading: Wording, _ points: [Wording], _ language: Language) -> String {
    if points.isEmpty { return "" }
    return "\n\(heading[language])\n" + points.map { "  - \(BlockText.oneLine($0[language]))\n" }.joined()
  }

  /// A path as a shell takes it for one word.
  private static func quoted(_ path: String) -> String {
    let isPlain = path.allSatisfy { $0.isLetter || $0.isNumber || "/._-~+:,@".contains($0) }
    return isPlain && !path.isEmpty ? path : "'" + path.replacing("'", with: "'\\''") + "'"
  }

  /// What was found, for programs.
  public func json(_ language: Language) -> [(String, JSONValue)] {
    let parts = parts.map { part in
      JSONValue.object([
        ("role", .text(part.role.english)), ("files", .array(part.files.map { .text($0) })),
        ("rows", .int(Int64(part.rows))),
      ])
    }
    return [
      ("tables", .array(parts)), ("bad_rows", .int(Int64(badRows))),
      ("look_at", .array(doubts.map { .text($0[language]) })),
      (
        "left_out",
        .array(leftOut.map { .object([("what", .text($0.what)), ("why", .text($0.why[language]))]) })
      ),
      ("files", .array(files.map { .object([("name", .text($0.name)), ("text", .text($0.text))]) })),
    ]
  }
}
