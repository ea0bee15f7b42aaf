/// Gives names of the language to columns, kinds and tables, each once.
struct Namer {
  /// Words that a rule would not read as a name.
  private static let reserved: Set<String> =
    Set(Entity.BuiltIn.allCases.map(\.rawValue)).union([
      "not", "and", "or", "if", "then", "else", "case", "when", "true", "false", "in", "is", "of", "where", "same",
      "div",
      "mod", "contains",
    ])

  private(set) var taken: Set<String>

  init(taken: Set<String> = []) { self.taken = taken }

  /// Keeps a name for its role.
  mutating func keep(_ name: String) { taken.insert(name) }

  /// A name made of a spelling: the spelling itself where the language takes it; else one near it.
  /// - Parameter prefix: goes before a name that means something else.
  mutating func name(_ spelling: String, prefix: String) -> String {
    var name = Namer.identifier(spelling)
    if name.isEmpty { name = prefix }
    if Namer.reserved.contains(name) || taken.contains(name) { name = "\(prefix)_\(name)" }
    var number = 2
    let first = name
    while taken.contains(name) {
      name = "\(first)_\(number)"
      number += 1
    }
    taken.insert(name)
    return name
  }

  /// The letters, digits and underscores of a text, what stands between them as one underscore.
  static func identifier(_ spelling: String) -> String {
    if isName(spelling) { return spelling }
    var name = ""
    var isApart = false
    for scalar in spelling.unicodeScalars {
      guard scalar == "_" || (scalar.properties.isXIDContinue && !isFullWidth(scalar)) else {
        isApart = true
        continue
      }
      if isApart, !name.isEmpty, name.last != "_" { name.append("_") }
      isApart = false
      name.unicodeScalars.append(scalar)
    }
    while name.last == "_" { name.removeLast() }
    if let first = name.unicodeScalars.first, !first.properties.isXIDStart, first != "_" { name = "n_" + name }
    name = name.lowercased()
    return isName(name) ? name : ""
  }

  private static func isFullWidth(_ scalar: Unicode.Scalar) -> Bool { (0xFF00...0xFFEF).contains(scalar.value) }

  /// Whether the lexer reads a text as one name.
  private static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, first.properties.isXIDStart || first == "_", text.count <= 60 else {
      return false
    }
    return text.unicodeScalars.allSatisfy { ($0.properties.isXIDContinue || $0 == "_") && !isFullWidth($0) }
  }
}
