/// What an expression reads, through the `let`s that it names as well.
struct Traits {
  /// An aggregate about events.
  var aggregate = false
  /// Points, awards, badges.
  var rewards = false
  var tier = false
  /// What a value was.
  var previous = false
  /// The community's value: an aggregate about members.
  var community = false
  /// The firing event.
  var firing = false
  /// Columns of members, rewards, tiers: what only a member has.
  var member = false
  /// Attributes of the firing event, by their index.
  var firingAttributes: Set<Int> = []

  /// Ladders whose tier is read as it stands, by their index.
  var ladders: Set<Int> = []
  /// Columns of members, by their index, those of other members that a reference points to included.
  var columns: Set<Int> = []
  /// Columns of content, by their index.
  var itemColumns: Set<Int> = []

  mutating func add(_ other: Traits) {
    aggregate = aggregate || other.aggregate
    rewards = rewards || other.rewards
    tier = tier || other.tier
    previous = previous || other.previous
    community = community || other.community
    firing = firing || other.firing
    member = member || other.member
    firingAttributes.formUnion(other.firingAttributes)
    columns.formUnion(other.columns)
    itemColumns.formUnion(other.itemColumns)
    ladders.formUnion(other.ladders)
  }
}

extension ProgramChecker {
  func traits(of expression: TypedExpr) -> Traits {
    var result = ownTraits(of: expression)
    // Whose value the community's is made of, is not what is asked here.
    if case .ofCommunity = expression.node { return result }
    for child in expression.children { result.add(traits(of: child)) }
    // What was is no part of what is.
    if case .previous = expression.node { result.ladders = [] }
    return result
  }

  private func ownTraits(of expression: TypedExpr) -> Traits {
    switch expression.node {
    case .reference(let index): return lets.indices.contains(index) ? lets[index].traits : Traits()
    case .aggregate(let aggregate): return Traits(aggregate: true, firing: !aggregate.same.isEmpty)
    case .memberAggregate, .metric, .movingAverage, .ofCommunity: return Traits(community: true)
    case .balance, .earned, .spent, .awards, .lastAward, .badges: return Traits(rewards: true, member: true)
    case .tier(let ladder), .tierSince(let ladder): return Traits(tier: true, member: true, ladders: [ladder])
    case .subject: return Traits(member: expression.type.base == .member)
    case .previous: return Traits(previous: true)
    case .referenced(let reference, let index):
      return reference.type.base == .item ? Traits(itemColumns: [index]) : Traits(columns: [index])
    case .column(let index): return Traits(member: true, columns: [index])
    case .attribute(let index, .firing): return Traits(firing: true, firingAttributes: [index])
    case .eventTime(.firing), .eventKind(.firing), .eventMember(.firing): return Traits(firing: true)
    default: return Traits()
    }
  }

  /// The first spot that reads something, and the `let` through which it does.
  func spot(in expression: TypedExpr, _ trait: KeyPath<Traits, Bool>) -> (span: Span, related: [Diagnostic.Related])? {
    guard let found = expression.first(where: { ownTraits(of: $0)[keyPath: trait] }) else { return nil }
    guard case .reference(let index) = found.node, lets.indices.contains(index) else { return (found.span, []) }
    let name = lets[index].syntax.name
    let inner = spot(in: lets[index].typed.value, trait)?.span ?? name.span
    return (
      found.span, [.init(span: inner, message: Wording(en: "`\(name.text)` reads it here", zh: "“\(name.text)”在这里用到它"))]
    )
  }
}
