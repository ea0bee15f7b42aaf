// `metric`, `benchmark`

extension FileParser {
  /// `metric NAME [by NAME] [every PERIOD] [title TEXT] = E [title TEXT]`
  mutating func metric() -> MetricSyntax {
    advance()
    let name = name(Wording(en: "the name of the metric", zh: "指标的名称"))
    var by: Name?
    var every: PeriodUnit?
    while !lineEnds {
      if at(.by), by == nil {
        advance()
        by = self.name(Wording(en: "a column or a `let` to split by", zh: "用来分组的列或 `let`"))
      } else if at(.every), every == nil {
        advance()
        if let unit = everyAdverb() { every = unit } else { every = periodUnit() }
        if every == nil { break }
      } else if let unit = periodAdverb("every ") {
        every = unit
      } else {
        break
      }
    }
    let (title, value) = titledValue()
    return MetricSyntax(name: name, by: by, every: every, title: title, value: value)
  }

  /// `benchmark NAME [title TEXT] = E [source TEXT] [title TEXT]`
  mutating func benchmark() -> BenchmarkSyntax {
    advance()
    let name = name(Wording(en: "the metric that it is a figure for", zh: "对应的指标名称"))
    var (title, value) = titledValue()
    var source: TextLiteral?
    while at(.source) || at(.title), peek(1).isText {
      let isSource = at(.source)
      advance()
      let text = textLiteral(isSource ? Wording(en: "the source", zh: "来源") : Wording(en: "the title", zh: "标题"))
      if isSource { source = text } else { title = text }
    }
    return BenchmarkSyntax(name: name, title: title, value: value, source: source)
  }
}
