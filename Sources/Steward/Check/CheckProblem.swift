// What the checker reports. The codes are here; the words stand beside their cases in NameProblem (names), SchemaProblem
// (the community block), TypeProblem (expressions), AggregateProblem (aggregates, patterns, windows) and RuleProblem
// (incentives, tiers, privacy), RewardProblem (boards, deductions, budgets), MetricProblem (metrics, benchmarks) and
// AlertProblem (alerts, goals, plans).

/// The codes of the checker: N02xx for names and the community block, T03xx for meaning.
public enum CheckCode: String, Sendable, CaseIterable {
  case unknownName = "N0201"
  case nameClash = "N0202"
  case ambiguousName = "N0203"
  case unknownFunction = "N0204"
  case unknownKind = "N0205"
  case attributeLacking = "N0206"
  case unknownField = "N0207"
  case unknownTier = "N0208"
  case unknownIncentive = "N0209"
  case unknownPurse = "N0210"
  case cycle = "N0211"
  case recursion = "N0212"
  case noEventHere = "N0213"
  case notAValue = "N0214"
  case unknownMetric = "N0215"
  case noCommunity = "N0220"
  case twoCommunities = "N0221"
  case tableMissing = "N0222"
  case keyMissing = "N0223"
  case roleMissing = "N0224"
  case roleType = "N0225"
  case unknownType = "N0226"
  case attributeConflict = "N0227"
  case declaredTwice = "N0228"
  case noContent = "N0229"
  case markNotHere = "N0230"
  case settingInvalid = "N0231"
  case choiceValues = "N0232"
  case spellingTwice = "N0233"
  case seen = "N0234"
  case fileEnding = "N0236"
  case noModule = "N0240"
  case moduleCycle = "N0241"
  case override = "N0242"
  case needs = "N0243"
  case parameter = "N0244"
  case unknownAlert = "N0217"
  case unknownPhase = "N0216"
  case later = "N0290"

  case mismatch = "T0301"
  case incomparable = "T0302"
  case unordered = "T0303"
  case notAChoice = "T0304"
  case missing = "T0305"
  case operands = "T0306"
  case branches = "T0307"
  case neverMissing = "T0308"
  case wholeNumbers = "T0309"
  case divisionByZero = "T0310"
  case format = "T0311"
  case argumentCount = "T0312"
  case callForm = "T0313"
  case duration = "T0314"
  case timeOfDay = "T0315"
  case notPeriodic = "T0316"
  case aggregateValue = "T0317"
  case rank = "T0318"
  case argumentNotHere = "T0319"
  case windowUnit = "T0320"
  case windowWithin = "T0321"
  case windowEmpty = "T0322"
  case windowBound = "T0323"
  case windowOrder = "T0324"
  case notEvents = "T0325"
  case aggregateInPattern = "T0330"
  case anonymous = "T0331"
  case subject = "T0332"
  case segmentType = "T0333"
  case tooLarge = "T0334"
  case tooDeep = "T0335"
  case scale = "T0336"
  case triggerMissing = "T0340"
  case awardMissing = "T0341"
  case clauseTwice = "T0342"
  case awardNotWhole = "T0343"
  case awardNegative = "T0344"
  case countNotPositive = "T0345"
  case attributeNotHere = "T0346"
  case limitPerAttribute = "T0347"
  case capWithoutPoints = "T0348"
  case cooldown = "T0349"
  case clausesApart = "T0350"
  case takenBack = "T0351"
  case board = "T0352"
  case budget = "T0353"
  case expiry = "T0354"
  case cost = "T0355"
  case lowestTierCondition = "T0360"
  case tierConditionMissing = "T0361"
  case tierTwice = "T0362"
  case tooFewTiers = "T0363"
  case keepOnLowest = "T0364"
  case grace = "T0365"
  case privateAward = "T0370"
  case privateDecides = "T0371"
  case pastColumn = "T0372"
  case privateOrder = "T0373"
  case privateMetric = "T0374"
  case metricGroup = "T0380"
  case metricType = "T0381"
  case notAMetric = "T0382"
  case privateShown = "T0375"
  case alertCondition = "T0390"
  case lengthApart = "T0385"
  case alertLength = "T0391"
  case severity = "T0392"
  case alertGroup = "T0393"
  case goal = "T0394"
  case goalDays = "T0395"
  case phases = "T0396"
  case phaseNeverBegins = "T0397"
  case pushes = "T0398"
  case sameForAll = "T0399"
}

/// The words of one problem.
struct CheckWords {
  let code: CheckCode
  var severity: Severity = .error
  let message: Wording
  var label: Wording?
  var hint: Wording?

  init(
    _ code: CheckCode, _ severity: Severity = .error, en: String, zh: String, label: Wording? = nil,
    hint: Wording? = nil
  ) {
    self.code = code
    self.severity = severity
    message = Wording(en: en, zh: zh).sentence
    self.label = label
    self.hint = hint?.sentence
  }
}

/// A problem whose words stand in one place.
protocol CheckProblem: Problem {
  var words: CheckWords { get }
}

extension CheckProblem {
  var code: DiagnosticCode { DiagnosticCode(words.code.rawValue) }
  var severity: Severity { words.severity }
  var message: Wording { words.message }
  var label: Wording? { words.label }
  var hint: Wording? { words.hint }
}

extension Wording {
  /// With a capital where the English begins with a letter.
  var sentence: Wording {
    let spaced = Wording.spaced(chinese)
    guard let first = english.first, first.isLowercase else { return Wording(en: english, zh: spaced) }
    return Wording(en: first.uppercased() + english.dropFirst(), zh: spaced)
  }

  /// A space between `code` and the Chinese characters around it, as Chinese typesetting has it.
  static func spaced(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var isInside = false
    var last: Unicode.Scalar = " "
    // Only what touches a backtick is looked up: nearly all text does not.
    for scalar in text.unicodeScalars {
      if scalar == "`" {
        if !isInside, last.value >= 0x80, last.properties.isIdeographic { result.append(" ") }
        isInside.toggle()
      } else if last == "`", !isInside, scalar.value >= 0x80, scalar.properties.isIdeographic {
        result.append(" ")
      }
      result.append(scalar)
      last = scalar
    }
    return String(result)
  }

  /// Names as code: `` `a` and `b` ``, “a”和“b”.
  static func names(_ names: [String]) -> Wording {
    Wording(
      en: some(of: names.map { "`\($0)`" }).english, zh: some(of: names.map { "“\($0)”" }).chinese)
  }

  /// Two languages out of lists: `a, b and c`, `a、b 和 c`.
  static func list(_ names: [String]) -> Wording {
    guard let last = names.last, names.count > 1 else { return Wording(names.first ?? "") }
    let front = names.dropLast()
    return Wording(
      en: front.joined(separator: ", ") + " and " + last, zh: front.joined(separator: "、") + "和" + last)
  }

  /// At most a dozen of a list, and how many more there are.
  static func some(of names: [String]) -> Wording {
    guard names.count > 12 else { return list(names) }
    let shown = names.prefix(10)
    let rest = names.count - 10
    return Wording(
      en: shown.joined(separator: ", ") + " and \(rest) more", zh: shown.joined(separator: "、") + "等 \(names.count) 个")
  }

  /// `did you mean x?`
  static func near(_ name: String?) -> Wording? {
    name.map { Wording(en: "did you mean `\($0)`?", zh: "是不是想写“\($0)”？") }
  }
}
