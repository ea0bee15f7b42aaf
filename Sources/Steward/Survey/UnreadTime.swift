/// Times in a form that the loader does not read.
enum UnreadTime: Sendable {
  case seconds, milliseconds
  /// `1/31/2026 10:00 AM`, `31.01.2026`, `2026年2月1日`
  case foreign
  /// `2026-02-01 24:00:00`
  case endOfDay

  /// - Missing: most fields are no such times.
  init?(_ profile: ColumnProfile, _ shape: FieldShapes) {
    if shape.millis * 2 > profile.filled {
      self = .milliseconds
    } else if shape.epochs * 2 > profile.filled {
      self = .seconds
    } else if shape.foreignDates * 2 > profile.filled {
      let sample = profile.frequent().first?.value ?? ""
      self = sample.contains(" 24:00") || sample.contains("T24:00") ? .endOfDay : .foreign
    } else {
      return nil
    }
  }

  /// The column of a table that would be its time if it could be read. Numbers are one by their name alone.
  static func column(of table: SurveyTable) -> (column: Int, time: UnreadTime)? {
    let able = table.names.indices.compactMap { column -> (column: Int, time: UnreadTime, rank: Int)? in
      guard let time = UnreadTime(table.profiles[column], table.shapes[column]) else { return nil }
      let name = table.names[column]
      let rank = ColumnNames.place(of: name, in: ColumnNames.at) ?? ColumnNames.at.count
      if rank == ColumnNames.at.count, table.shapes[column].epochs > 0, !isTimeName(name) { return nil }
      return (column, time, rank)
    }
    return able.min { $0.rank < $1.rank }.map { ($0.column, $0.time) }
  }

  private static func isTimeName(_ name: String) -> Bool {
    let words = ColumnNames.words(name)
    return words.contains { ["at", "on", "time", "date", "ts", "timestamp"].contains($0) }
      || ["时间", "日期", "时刻"].contains { name.contains($0) }
  }

  /// `looks like seconds since 1970, which are not read: export it as 2026-01-01 10:00`
  func looks(_ profile: ColumnProfile) -> Wording {
    switch self {
    case .seconds:
      return Wording(
        en: "looks like seconds since 1970, which are not read: export it as 2026-01-01 10:00",
        zh: "像是 Unix 时间戳（秒），读不了：请导出成 2026-01-01 10:00 的样子")
    case .milliseconds:
      return Wording(
        en: "looks like milliseconds since 1970, which are not read: export it as 2026-01-01 10:00",
        zh: "像是 Unix 时间戳（毫秒），读不了：请导出成 2026-01-01 10:00 的样子")
    case .endOfDay:
      return Wording(
        en: "has the time 24:00, which is not read: export it as 00:00 of the next day",
        zh: "里有 24:00，读不了：请导出成第二天的 00:00")
    case .foreign:
      let sample = profile.frequent().first?.value ?? ""
      let wanted = sample.contains(":") ? "2026-01-31 10:00" : "2026-01-31"
      return Wording(
        en: "looks like \(sample.contains(":") ? "times" : "dates") in a form that is not read"
          + (sample.count > 30 ? "" : " (\(sample))") + ": export it as \(wanted)",
        zh: "像是\(sample.contains(":") ? "时间" : "日期")，但写法读不了" + (sample.count > 30 ? "" : "（\(sample)）")
          + "：请导出成 \(wanted) 的样子")
    }
  }

  /// Of a table's column, by its name.
  func words(_ table: SurveyTable, _ column: Int) -> Wording {
    let (name, looks) = (BlockText.oneLine(table.names[column]), looks(table.profiles[column]))
    return Wording(en: "`\(name)` \(looks.english)", zh: "“\(name)”\(looks.chinese)")
  }
}
