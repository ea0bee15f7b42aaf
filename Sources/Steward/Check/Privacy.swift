// Private values: every operator passes the mark on (`Type.tainted`); here it is found where it matters.
//
// A private value may decide whether an award or a change happens, which is noted; never how much.

extension ProgramChecker {
  /// The innermost part that makes an expression private.
  func privateSpot(in expression: TypedExpr) -> TypedExpr {
    guard let child = expression.children.first(where: \.type.isPrivate) else { return expression }
    return privateSpot(in: child)
  }

  func notePrivate(_ condition: TypedExpr, decides what: Wording) {
    let spot = privateSpot(in: condition)
    report(RuleProblem.privateDecides(what), at: spot.span, related: whence(spot))
  }
}
