import Synchronization

/// What members were given and hold, as one run decided it: whoever asks afterwards reads it and decides nothing anew.
///
/// A run without it fills it, batch by batch; a run over the same data, rules and as-of with it complete only evaluates lets.
public final class KeptStanding: Sendable {
  private let pages = Mutex<[Int: StandingBook.Pages]>([:])
  private let complete = Mutex<Bool>(false)

  public init() {}

  public var isComplete: Bool { complete.withLock { $0 } }

  func finish() { complete.withLock { $0 = true } }

  /// - Parameter members: those of a batch. - Missing: nil until a run has decided them.
  func pages(of members: Range<Int>) -> StandingBook.Pages? {
    isComplete ? pages.withLock { $0[members.lowerBound] } : nil
  }

  func keep(_ book: StandingBook, of members: Range<Int>) {
    pages.withLock { $0[members.lowerBound] = book.pages }
  }
}

extension KeptStanding {
  /// A program that reads all that there is of standing, so that all of it is kept; what is added stands behind its lets.
  static func probing(_ program: TypedProgram) -> TypedProgram {
    var probes: [TypedExpr.Node] = [.badges]
    for purse in program.schema.purses.indices {
      let balance = TypedExpr(.balance(purse), .int, KeptStanding.nowhere)
      probes += [.balance(purse), .earned(purse, .all), .spent(purse, .all), .previous(balance, days: 1)]
    }
    probes += program.incentives.indices.map { .awards($0, .all) }
    var program = program
    program.lets += probes.map { node in
      var type = Type.int
      if case .badges = node { type = .list }
      if case .previous = node { type = Type.int.optional }
      return TypedLet(
        name: "", isSegment: false, subject: .member, value: TypedExpr(node, type, KeptStanding.nowhere),
        span: KeptStanding.nowhere)
    }
    return program
  }

  private static let nowhere = Span(file: FileID(.max), start: 0, end: 0)
}
