/// The words of a sample community in one language.
struct SampleWords {
  struct Category {
    let name: [UInt8]
    let topics: [[UInt8]]
  }

  /// A title with places for a topic and a book.
  struct Title {
    enum Piece {
      case text([UInt8])
      case topic
      case book
    }
    let pieces: [Piece]

    /// `{t}` stands for the topic, `{b}` for a book.
    init(_ pattern: String) {
      var pieces: [Piece] = []
      var text: [UInt8] = []
      var rest = Array(pattern.utf8)[...]
      while let first = rest.first {
        if first == 0x7B, let name = rest.dropFirst().first {
          if !text.isEmpty { pieces.append(.text(text)) }
          text = []
          pieces.append(name == 0x74 ? .topic : .book)
          rest = rest.dropFirst(3)
        } else {
          text.append(first)
          rest = rest.dropFirst()
        }
      }
      if !text.isEmpty { pieces.append(.text(text)) }
      self.pieces = pieces
    }
  }

  let cities: [[UInt8]]
  let categories: [Category]
  let books: [[UInt8]]
  /// By layer: base, middle, top.
  let programme: [[Title]]
  let posts: [Title]
  let questions: [Title]
  /// Stands before a question's title in the title of its answers.
  let answer: [UInt8]
  /// Stand around the number of an issue in a series.
  let issueBefore: [UInt8]
  let issueAfter: [UInt8]
  let spend: [[UInt8]]

  init(
    cities: [String], categories: [(String, [String])], books: [String], programme: [[String]], posts: [String],
    questions: [String], answer: String, issue: (String, String), spend: [String]
  ) {
    self.cities = cities.map { Array($0.utf8) }
    self.categories = categories.map { entry in
      Category(name: Array(entry.0.utf8), topics: entry.1.map { Array($0.utf8) })
    }
    self.books = books.map { Array($0.utf8) }
    self.programme = programme.map { layer in layer.map(Title.init) }
    self.posts = posts.map(Title.init)
    self.questions = questions.map(Title.init)
    self.answer = Array(answer.utf8)
    issueBefore = Array(issue.0.utf8)
    issueAfter = Array(issue.1.utf8)
    self.spend = spend.map { Array($0.utf8) }
  }

  static func of(_ language: Language) -> SampleWords {
    switch language {
    case .english: english
    case .chinese: chinese
    }
  }

  func title(_ title: Title, category: Int, topic: Int, book: Int, to text: inout [UInt8]) {
    for piece in title.pieces {
      switch piece {
      case .text(let words): text.append(contentsOf: words)
      case .topic: text.append(contentsOf: categories[category].topics[topic])
      case .book: text.append(contentsOf: books[book % books.count])
      }
    }
  }
}
