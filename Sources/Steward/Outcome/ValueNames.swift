/// The names of values that are kept as places: choices, tiers, members, items.
enum ValueNames {
  /// What a value of a type is called. - Missing: nil for types whose values are no places; a place that is none has no name.
  static func name(_ place: Int64, _ type: Type, _ program: TypedProgram, _ dataset: Dataset) -> String? {
    switch type.base {
    case .choice(let choice): name(place, in: choice.values)
    case .tier(let ladder): tier(place, ofLadder: ladder, program)
    case .member: name(place, in: dataset.members.ids)
    case .item: name(place, in: dataset.content.ids)
    default: nil
    }
  }

  static func tier(_ place: Int64, ofLadder ladder: Int, _ program: TypedProgram) -> String {
    guard program.ladders.indices.contains(ladder) else { return "" }
    let tiers = program.ladders[ladder].tiers
    let place = Int(clamping: place)
    return tiers.indices.contains(place) ? tiers[place].name : ""
  }

  private static func name(_ place: Int64, in names: [String]) -> String {
    let place = Int(clamping: place)
    return names.indices.contains(place) ? names[place] : ""
  }
}
