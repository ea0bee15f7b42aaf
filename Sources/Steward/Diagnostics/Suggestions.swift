/// Names near a misspelt one.
public enum Suggestions {
  /// The name most like `name` among `candidates`, if one is really near.
  ///
  /// Near is: the same but for case, or few enough slips for its length, where a slip is a letter too many, too few, wrong,
  /// or swapped with its neighbour (optimal string alignment distance; L. Boytsov, "Indexing methods for approximate
  /// dictionary searching", 2011). A Chinese character says as much as three letters, so there one slip in three
  /// characters is the most.
  /// - Missing: nil if nothing is near.
  /// - Cost: the product of the lengths, for each candidate of about the same length.
  public static func near(_ name: String, in candidates: some Sequence<String>) -> String? {
    // Nobody misspells a name of a page's length.
    if name.utf8.count > 200 { return nil }
    let wanted = fold(name)
    var best: (slips: Int, name: String)?
    for candidate in candidates where candidate != name {
      let letters = fold(candidate)
      let allowed = slipsAllowed(wanted, letters)
      guard abs(letters.count - wanted.count) <= allowed else { continue }
      let slips = distance(wanted, letters)
      guard slips <= allowed else { continue }
      // Equally near ones: the first in the alphabet, whatever the order of the candidates.
      if let found = best, (found.slips, found.name) <= (slips, candidate) { continue }
      best = (slips, candidate)
    }
    return best?.name
  }

  private static func fold(_ name: String) -> [Character] { Array(name.lowercased()) }

  private static func slipsAllowed(_ left: [Character], _ right: [Character]) -> Int {
    let longer = left.count >= right.count ? left : right
    let weight = longer.reduce(0) { $0 + (isIdeograph($1) ? 3 : 1) }
    let length = longer.count
    // Where most characters are ideographs, a third of them; else by the number of letters.
    if weight > 2 * length { return length / 3 }
    switch length {
    case ..<3: return 0
    case 3...5: return 1
    case 6...9: return 2
    default: return 3
    }
  }

  private static func isIdeograph(_ character: Character) -> Bool {
    character.unicodeScalars.contains { $0.properties.isIdeographic }
  }

  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    if left == right { return 0 }
    var before: [Int] = []
    var above = Array(0...right.count)
    for (row, letter) in left.enumerated() {
      var line = [row + 1]
      line.reserveCapacity(right.count + 1)
      for (column, other) in right.enumerated() {
        var least = min(above[column] + (letter == other ? 0 : 1), above[column + 1] + 1, line[column] + 1)
        if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
          least = min(least, before[column - 1] + 1)
        }
        line.append(least)
      }
      before = above
      above = line
    }
    return above[right.count]
  }
}
