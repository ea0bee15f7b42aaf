/// What an expression reads, through the `let`s that it names as well.
struct Traits {
  /// An aggregate about events.
  var aggregate = false
  /// Points, awards, badges.
  var rewards = false
  var tier = false
  /// The community's value: an aggregate about members.
  var community = false
  /// The firing event.
  var firing = false
  /// Columns of members, rewards, tiers: what only a member has.
  var member = false
  /// Attributes of the firing event, by their index.
  var firingAttributes: Set<Int> = []

  /// Columns of members, by their index.
  var columns: Set<Int> = []

  mutating func add(_ other: Traits) {
    aggregate = aggregate || other.aggregate
    rewards = rewards || other.rewards
    tier = tier || other.tier
    community = community || other.community
    firing = firing || other.firing
    member = member || other.member
    firingAttributes.formUnion(other.firingAttributes)
    columns.formUnion(other.columns)
  }
}

extension ProgramChecker {
  func traits(of expression: TypedExpr) -> Traits {
    var result = ownTraits(of: expression)
    for child in expression.children { result.add(traits(of: child)) }
    return result
  }

  private func ownTraits(of expression: TypedExpr) -> Traits {
    switch expression.node {
    case .reference(let index): return lets.indices.contains(index) ? lets[index].traits : Traits()
    case .aggregate(let aggregate): return Traits(aggregate: true, firing: !aggregate.same.isEmpty)
    case .memberAggregate: return Traits(community: true)
    case .balance, .earned, .spent, .awards, .lastAward, .badges: return Traits(rewards: true, member: true)
    case .tier, .tierSince: return Traits(tier: true, member: true)
    case .subject: return Traits(member: true)
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
