/// Names near a misspelt one.
public enum Suggestions {
  /// The name most like `name` among `candidates`, if one is really near: as `NearNames` finds it.
  /// - Missing: nil if nothing is near.
  public static func near(_ name: String, in candidates: some Sequence<String>) -> String? {
    var names = NearNames(candidates)
    return names.near(name)?.name
  }
}

/// Names prepared for being misspelt, many times over.
///
/// Near is: the same but for case, or few enough slips for its length, where a slip is a letter too many, too few, wrong,
/// or swapped with its neighbour (optimal string alignment distance; L. Boytsov, "Indexing methods for approximate
/// dictionary searching", 2011). A Chinese character says as much as three letters, so there one slip in three
/// characters is the most. Of equally near names the first by its bytes is taken.
///
/// - Cost: a glance at each name of about the same length; where its letters are nearly the same ones, the product of the
///   length and the slips allowed. After some ten million glances nothing is near any more: nobody reads so many hints.
struct NearNames {
  private struct Prepared {
    var name: String
    var letters: [UInt32]
    /// One bit for each letter that occurs, letters sharing bits.
    var bits: UInt64
    var isIdeographic: Bool
  }

  /// By length, then by bytes.
  private var candidates: [Prepared] = []
  /// Candidates of length n begin at `starts[n]`.
  private var starts: [Int] = [0]
  /// A number for each character beyond ASCII.
  private var numbers: [Character: UInt32] = [:]
  private var known: [String: Near?] = [:]
  private var glances = 0
  private static let mostGlances = 10_000_000
  /// Nobody misspells a name of a page's length.
  private static let longest = 200

  init(_ names: some Sequence<String>) {
    candidates = Set(names).filter { $0.utf8.count <= NearNames.longest }.map { prepare($0) }
    candidates.sort { left, right in
      if left.letters.count != right.letters.count { return left.letters.count < right.letters.count }
      return left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }
    for (place, candidate) in candidates.enumerated() {
      while starts.count <= candidate.letters.count { starts.append(place) }
    }
  }

  /// A name, and by how many slips it is another.
  struct Near {
    var slips: Int
    var name: String

    func comes(before other: Near) -> Bool {
      slips == other.slips ? name.utf8.lexicographicallyPrecedes(other.name.utf8) : slips < other.slips
    }
  }

  /// The name most like another. - Missing: nil if none is near.
  mutating func near(_ name: String) -> Near? {
    if let known = known[name] { return known }
    let found = nearest(name)
    known[name] = .some(found)
    return found
  }

  private mutating func nearest(_ name: String) -> Near? {
    if name.utf8.count > NearNames.longest { return nil }
    let wanted = prepare(name)
    let length = wanted.letters.count
    var best: Near?
    let reach = max(3, length / 2)
    for place in start(of: length - reach)..<start(of: length + reach + 1) {
      glances += 1
      if glances > NearNames.mostGlances { return nil }
      let candidate = candidates[place]
      let longer = candidate.letters.count > length ? candidate : wanted
      let allowed = min(best?.slips ?? .max, NearNames.slipsAllowed(longer))
      // A slip adds one letter at most, and takes one away.
      if (candidate.bits & ~wanted.bits).nonzeroBitCount > allowed { continue }
      if (wanted.bits & ~candidate.bits).nonzeroBitCount > allowed { continue }
      if abs(candidate.letters.count - length) > allowed || candidate.name == name { continue }
      glances += 8 * length
      guard let slips = NearNames.slips(wanted.letters, candidate.letters, atMost: allowed) else { continue }
      let found = Near(slips: slips, name: candidate.name)
      if best.map({ found.comes(before: $0) }) ?? true { best = found }
    }
    return best
  }

  private func start(of length: Int) -> Int {
    if length <= 0 { return 0 }
    return starts.indices.contains(length) ? starts[length] : candidates.count
  }

  private mutating func prepare(_ name: String) -> Prepared {
    var letters: [UInt32] = []
    var bits: UInt64 = 0
    var ideographs = 0
    for character in name.lowercased() {
      let letter: UInt32
      if let ascii = character.asciiValue {
        letter = UInt32(ascii)
      } else {
        letter = numbers[character] ?? UInt32(128 + numbers.count)
        numbers[character] = letter
        if character.unicodeScalars.contains(where: { $0.properties.isIdeographic }) { ideographs += 1 }
      }
      letters.append(letter)
      bits |= 1 &<< UInt64(letter)
    }
    return Prepared(name: name, letters: letters, bits: bits, isIdeographic: 2 * ideographs > letters.count)
  }

  private static func slipsAllowed(_ longer: Prepared) -> Int {
    let length = longer.letters.count
    // Where most characters are ideographs, a third of them; else by the number of letters.
    if longer.isIdeographic { return length / 3 }
    switch length {
    case ..<3: return 0
    case 3...5: return 1
    case 6...9: return 2
    default: return 3
    }
  }

  /// The slips between two words. - Missing: nil if there are more than `most`.
  private static func slips(_ left: [UInt32], _ right: [UInt32], atMost most: Int) -> Int? {
    var before = [Int](repeating: 0, count: right.count + 1)
    var above = Array(0...right.count)
    var line = above
    for row in left.indices {
      line[0] = row + 1
      var least = line[0]
      for column in right.indices {
        var slips = min(above[column] + (left[row] == right[column] ? 0 : 1), above[column + 1] + 1, line[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          slips = min(slips, before[column - 1] + 1)
        }
        line[column + 1] = slips
        least = min(least, slips)
      }
      // A row later a swap may still take its slips from the row above.
      if least > most + 1 { return nil }
      (before, above, line) = (above, line, before)
    }
    return above[right.count] <= most ? above[right.count] : nil
  }
}
