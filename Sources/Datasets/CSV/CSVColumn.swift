extension CSVTable {
  enum Content {
    /// Not a number where a value is missing.
    case numbers(CSVNumbers)
    /// Each row's place among the words, −1 where a value is missing; the words in the order of first appearance.
    case words([Int32], [String])
  }

  struct Column {
    let name: String
    var content: Content
    /// Rows without a value.
    var missing = 0
    /// The line of the first of them.
    var firstMissing: Int?

    /// Cells that are numbers, and others.
    var numberCount = 0
    var wordCount = 0
    /// The first of the others, and its line.
    var firstWord: (line: Int, text: String)?

    /// Whether nearly all of its cells are numbers, so that the others may be there by mistake.
    var isNearlyNumbers: Bool {
      !isNumbers && wordCount > 0 && numberCount + wordCount >= 10 && numberCount >= 9 * wordCount
    }

    /// Whether its name stands among its numbers, as where two files were put together.
    var hasSecondHeading: Bool { isNearlyNumbers && firstWord?.text == name }

    /// What its other cells are then, as the end of a sentence: `199 other rows are numbers`.
    var numbersText: String {
      let heading = hasSecondHeading ? "; the heading stands there a second time" : ""
      return wordCount == 1
        ? "\(numberCount) other rows are numbers\(heading)"
        : "\(numberCount) rows are numbers, \(wordCount) are not\(heading)"
    }

    var isNumbers: Bool { if case .numbers = content { true } else { false } }

    /// Whether none of these rows is without a value.
    func isFilled(_ rows: [Int]) -> Bool {
      guard missing > 0 else { return true }
      switch content {
      case .numbers(let numbers): return rows.allSatisfy { !numbers.float($0).isNaN }
      case .words(let codes, _): return rows.allSatisfy { codes[$0] >= 0 }
      }
    }
  }

  /// A column while it is read.
  struct Store {
    let isNumbers: Bool
    private var numbers: CSVNumbers
    private var codes: [Int32] = []
    private(set) var words: [String] = []
    private var known: [String: Int32] = [:]
    private var missing = 0
    private var firstMissing: Int?

    init(_ content: Content, rows: Int) {
      if case .numbers(let empty) = content {
        (isNumbers, numbers) = (true, empty)
        numbers.reserveCapacity(rows)
      } else {
        (isNumbers, numbers) = (false, CSVNumbers())
        codes.reserveCapacity(rows)
      }
    }

    mutating func add(_ number: Double?, line: Int) {
      if number == nil {
        missing += 1
        firstMissing = firstMissing ?? line
      }
      if isNumbers { numbers.append(number ?? .nan) } else { codes.append(-1) }
    }

    mutating func add(word: String) {
      if let code = known[word] { return codes.append(code) }
      let code = Int32(words.count)
      known[word] = code
      words.append(word)
      codes.append(code)
    }

    func give(to column: inout Column) {
      column.content = isNumbers ? .numbers(numbers) : .words(codes, words)
      (column.missing, column.firstMissing) = (missing, firstMissing)
    }
  }
}
