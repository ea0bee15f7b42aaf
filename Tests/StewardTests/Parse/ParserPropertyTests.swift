import Steward
import Testing

/// Whatever the bytes, the parser gives a tree, ends, and stays within its limits.
@Suite struct ParserPropertyTests {
  /// SplitMix64, so that a failure can be repeated by its seed. Source: G. Steele et al., "Fast splittable pseudorandom
  /// number generators", 2014.
  struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }

  private func check(_ bytes: [UInt8], _ what: String) {
    let file = SourceFile(id: FileID(0), name: "random.steward", bytes: bytes)
    let (tokens, _) = Lexer.tokens(of: file)
    var last: UInt32 = 0
    var areInOrder = true
    for token in tokens {
      areInOrder = areInOrder && token.start <= token.end && Int(token.end) <= bytes.count && token.start >= last
      last = token.start
    }
    #expect(areInOrder, "\(what)")
    #expect(tokens.last?.isEnd == true, "\(what)")
    let (tree, problems) = Parser.parse(file)
    _ = SyntaxDump.text(of: tree, spans: true)
    let spans = problems.compactMap(\.span)
    #expect(spans.allSatisfy { $0.start <= $0.end && Int($0.end) <= bytes.count }, "\(what)")
    if tree.declarations.contains(where: { if case .error = $0.kind { true } else { false } }) {
      #expect(!problems.isEmpty, "\(what): an error node without a message")
    }
  }

  @Test(arguments: 0..<8) func randomBytes(seed: Int) {
    var random = Generator(state: UInt64(seed))
    for round in 0..<250 {
      let count = Int.random(in: 0...120, using: &random)
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      check(bytes, "seed \(seed), round \(round)")
    }
  }

  static let soup: [String] =
    Keyword.allCases.map(\.rawValue) + Symbol.allCases.map(\.rawValue) + [
      "\n", "\n", "\n", ";", "\"", "\"a\"", "\"{", "}\"", "{{", "'", "1", "2026-01-31", "2026-02-30", "09:00", "15%",
      "0.8",
      "1_000", "99999999999999999999", "沉默成员", "，", "；", "（", "）", "“", "”", "｛", "｝", "＝", "//", "///", "&&", "||",
      "!", "#", "/*", "*/", "\\", "\u{0}", "elif", "30 days", "count(", "last 7 days", "x", "y", "\r\n", "\t",
    ]

  @Test(arguments: 0..<8) func randomTokens(seed: Int) {
    var random = Generator(state: UInt64(seed) &+ 1000)
    for round in 0..<250 {
      var text = ""
      for _ in 0..<Int.random(in: 1...60, using: &random) {
        text += Self.soup.randomElement(using: &random) ?? ""
        if Bool.random(using: &random) { text += " " }
      }
      check(Array(text.utf8), "seed \(seed), round \(round): \(text)")
    }
  }

  @Test(arguments: 0..<8) func mutatedPrograms(seed: Int) {
    var random = Generator(state: UInt64(seed) &+ 2000)
    let program = Array(ParserSamples.everything.utf8)
    for round in 0..<60 {
      var bytes = program
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes.remove(at: place)
        case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 2: bytes.insert(contentsOf: Array((Self.soup.randomElement(using: &random) ?? "").utf8), at: place)
        default: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...40, using: &random)))
        }
      }
      check(bytes, "seed \(seed), round \(round)")
    }
  }

  /// Every prefix of a program, as while it is being typed.
  @Test func prefixes() {
    let program = Array(ParserSamples.everything.utf8)
    for count in stride(from: 0, to: program.count, by: 7) { check(Array(program[..<count]), "prefix \(count)") }
  }

  @Test(arguments: [
    ("(", ")"), ("not ", ""), ("-", ""), ("f(", ")"), ("if a then ", " else b"), ("case { when ", " then 1 }"),
    ("[", "]"), ("x in [", "]"), ("day of ", ""), ("\"{", "}\""), ("{", "}"), ("a.", ""), ("1 + ", ""), ("a or ", ""),
    ("if a then b elif c then ", ""), ("a ?? ", ""), ("a < ", ""), ("x[", "]"), ("count(x where ", ")"),
  ])
  func deepNesting(open: String, close: String) {
    let deep = 4_000
    for text in [
      "let x = " + String(repeating: open, count: deep) + "1" + String(repeating: close, count: deep) + "\n",
      "incentive a { when " + String(repeating: open, count: deep) + "1; award 5 points }",
    ] {
      let file = SourceFile(id: FileID(0), name: "deep.steward", text: text)
      let (tree, problems) = Parser.parse(file)
      // A chain of comparisons is flat; each `elif` is a mistake of its own.
      #expect(!problems.isEmpty || open == "a < ")
      #expect(problems.count < 10 || open.contains("elif"), "\(open): \(problems.count) messages")
      _ = SyntaxDump.text(of: tree)
    }
  }

  @Test func nestingWithinTheLimit() {
    let text = "let x = " + String(repeating: "(", count: 150) + "1" + String(repeating: ")", count: 150)
    let chain = "let y = " + Array(repeating: "1", count: 400).joined(separator: " + ")
    let (_, problems) = Parser.parse(SourceFile(id: FileID(0), name: "deep.steward", text: text + "\n" + chain))
    #expect(problems.isEmpty)
  }
}
