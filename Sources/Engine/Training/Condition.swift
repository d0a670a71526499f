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

  /// What is expected, to follow "expected".
  public static let expected = "a metric, a comparison and a number, as in accuracy >= 0.97"

  /// Reads `METRIC OP NUMBER`.
  public static let kind = ArgumentType<Condition>(
    expected: expected,
    read: { (word) throws(Misread) -> Condition in
      let text = word.plain.filter { !$0.isWhitespace }
      guard let comparison = Comparison.allCases.first(where: { text.contains($0.rawValue) }) else {
        throw .noComparison(word)
      }
      let parts = text.split(separator: comparison.rawValue, maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty, let bound = parts[1].decimal, bound.isFinite else {
        throw .noBound(comparison, word)
      }
      return Condition(metric: String(parts[0]), comparison: comparison, bound: bound)
    },
    write: { "\"\($0.text)\"" })

  /// Whether the figure stands to the bound as it should; a figure that is no number never does.
  ///
  /// Figures are shown with four decimals, so what counts is what is shown: a loss of 0.06363 is equal to 0.0636, and
  /// not above it. A bound with more decimals asks for as many.
  public func holds(_ value: Double) -> Bool {
    let value = Condition.rounded(value, decimals: max(Condition.shownDecimals, decimals))
    return switch comparison {
    case .atLeast: value >= bound
    case .atMost: value <= bound
    case .equal: value == bound
    case .different: value != bound && !value.isNaN
    case .below: value < bound
    case .above: value > bound
    }
  }

  /// A figure as it counts: with as many decimals as are looked at.
  public func shown(_ value: Double) -> String {
    "\(Condition.rounded(value, decimals: max(Condition.shownDecimals, decimals)))"
  }

  /// Decimals with which figures are shown.
  private static let shownDecimals = 4

  /// Decimals of the bound, as it is written.
  private var decimals: Int {
    let parts = "\(bound)".split(separator: "e")
    let fraction = parts[0].split(separator: ".").dropFirst().first ?? ""
    let written = fraction == "0" ? 0 : fraction.count
    return min(22, max(0, written - (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)))
  }

  /// To the nearest number of so many decimals; as it is where a float has no more of them.
  private static func rounded(_ value: Double, decimals: Int) -> Double {
    let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
    let scaled = abs(value) * scale
    guard scaled < 0x1p52 else { return value }
    return (value < 0 ? -1 : 1) * scaled.rounded() / scale
  }

  /// As it is typed.
  public var text: String { "\(metric) \(comparison.rawValue) \(bound)" }
}

extension Misread {
  fileprivate static func noComparison(_ word: Word) -> Misread {
    Misread(
      "expected \(Condition.expected), not \"\(word.text)\"", at: word.span)
  }
  fileprivate static func noBound(_ comparison: Condition.Comparison, _ word: Word) -> Misread {
    Misread(
      "expected a metric before \(comparison.rawValue) and a number after it, not \"\(word.text)\"", at: word.span)
  }
}
