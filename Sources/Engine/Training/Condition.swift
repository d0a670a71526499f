import Grammar

/// A figure held against a number: `accuracy >= 0.98`.
public struct Condition: Equatable, Sendable {
  /// How a figure may stand to the number.
  enum Comparison: String, CaseIterable, Sendable {
    case atLeast = ">="
    case atMost = "<="
    case equal = "=="
    case different = "!="
    case below = "<"
    case above = ">"
  }

  public let metric: String
  let comparison: Comparison
  let bound: Double

  /// Reads `METRIC OP NUMBER`.
  public static let kind = ArgumentType<Condition>(
    expected: "a metric, a comparison and a number, as in accuracy >= 0.97",
    read: { (word) throws(Misread) -> Condition in
      let text = word.text.filter { !$0.isWhitespace }
      guard let comparison = Comparison.allCases.first(where: { text.contains($0.rawValue) }) else {
        throw .noComparison(word)
      }
      let parts = text.split(separator: comparison.rawValue, maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty, let bound = Double(parts[1]), bound.isFinite else {
        throw .noBound(comparison, word)
      }
      return Condition(metric: String(parts[0]), comparison: comparison, bound: bound)
    },
    write: { "\"\($0.text)\"" })

  /// Whether the figure stands to the bound as it should; a figure that is no number never does.
  public func holds(_ value: Double) -> Bool {
    switch comparison {
    case .atLeast: value >= bound
    case .atMost: value <= bound
    case .equal: value == bound
    case .different: value != bound && !value.isNaN
    case .below: value < bound
    case .above: value > bound
    }
  }

  /// As it is typed.
  public var text: String { "\(metric) \(comparison.rawValue) \(bound)" }
}

extension Misread {
  fileprivate static func noComparison(_ word: Word) -> Misread {
    Misread(
      "expected a metric, a comparison and a number, as in accuracy >= 0.97, not \"\(word.text)\"",
      hint: "\"accuracy > 0.97\" in quotes: a bare > begins a file's name", at: word.span)
  }
  fileprivate static func noBound(_ comparison: Condition.Comparison, _ word: Word) -> Misread {
    Misread(
      "expected a metric before \(comparison.rawValue) and a number behind it, not \"\(word.text)\"", at: word.span)
  }
}
