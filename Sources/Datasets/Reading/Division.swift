import Engine
import Grammar

/// Which rows of a table train and which test, by chance.
public struct Division {
  /// How many rows are put aside.
  public enum Part: Equatable, Sendable {
    case share(Double)
    case count(Int)

    /// Above 0 and below 1, if there are rows for both parts.
    func share(of rows: Int) -> Double {
      switch self {
      case .share(let share): share
      case .count(let count): Double(count) / Double(max(1, rows))
      }
    }

    public var isShare: Bool { if case .share = self { true } else { false } }

    /// `20 % of the rows`, `100 rows`
    var text: String {
      switch self {
      case .share(let share): "\(Int((share * 100).rounded())) % of the rows"
      case .count(let count): "\(count) \(count == 1 ? "row" : "rows")"
      }
    }
  }

  let train: [Int]
  let test: [Int]

  /// Puts a share of the rows aside, of every class where there are some; both parts are in random order, so that what
  /// `validation` takes from the end is mixed too.
  /// - Parameters:
  ///   - labels: the class of each row; nil where rows have values.
  ///   - part: the test examples.
  ///   - line: what loads the same with another part, to be typed next.
  /// - Throws: `Refusal` when nothing is left for one of the parts.
  init(
    count: Int, labels: [Int]?, _ part: Part, seed: UInt64, name: String,
    line: (TestPart) -> String? = { _ in nil }
  ) throws(Refusal) {
    // Of two rows a fifth is none.
    let hint = count < 2 ? nil : line(.part(.share(count == 2 ? 0.5 : 0.2)))
    let share = part.share(of: count)
    guard share < 1 else {
      throw Refusal(
        "\(name) has \(count) \(count == 1 ? "row" : "rows"), so \(part.text) to test with leave none to train with",
        hint: hint)
    }
    let order = Division.mixed(count, seed: seed)
    var wanted = Division.quotas(labels ?? [Int](repeating: 0, count: count), share)
    var (train, test) = ([Int](), [Int]())
    for row in order {
      let group = labels?[row] ?? 0
      if wanted[group, default: 0] > 0 {
        wanted[group, default: 0] -= 1
        test.append(row)
      } else {
        train.append(row)
      }
    }
    guard !train.isEmpty, !test.isEmpty else {
      throw Refusal(
        "of the \(count) rows of \(name) a share of \(share) leaves none to \(train.isEmpty ? "train" : "test") with",
        hint: hint)
    }
    (self.train, self.test) = (train, test)
  }

  /// Rows in an order that follows from the seed alone. Tables and folders often have a class behind the other, and what
  /// `validation` or `train` takes from one end has to be of all.
  static func mixed(_ count: Int, seed: UInt64) -> [Int] {
    var random = Random(seed: seed)
    return Array(0..<count).shuffled(using: &random)
  }

  /// What to say of classes of which no row is left to train with.
  func notes(_ labels: [Int]?, _ classes: [String]) -> [String] {
    guard let labels else { return [] }
    let lost = Set(test.map { labels[$0] }).subtracting(train.map { labels[$0] }).sorted().map { classes[$0] }
    guard !lost.isEmpty else { return [] }
    let names = lost.prefix(10).joined(separator: ", ") + (lost.count > 10 ? " …" : "")
    return ["all rows of \(names.visible) are put aside to test with, so no network can learn what they are"]
  }

  /// How many of each class are put aside: the share of all in whole, each class's as nearly as that goes (the largest
  /// remainders are rounded up first; Hamilton's method), and the last row of a class after all others.
  private static func quotas(_ labels: [Int], _ share: Double) -> [Int: Int] {
    var counts: [Int: Int] = [:]
    for label in labels { counts[label, default: 0] += 1 }
    var quotas = counts.mapValues { Int(Double($0) * share) }
    let left = Int((Double(labels.count) * share).rounded()) - quotas.values.reduce(0, +)
    func remainder(_ label: Int) -> Double { Double(counts[label] ?? 0) * share - Double(quotas[label] ?? 0) }
    func isLast(_ label: Int) -> Int { (counts[label] ?? 0) - (quotas[label] ?? 0) > 1 ? 0 : 1 }
    let order = counts.keys.sorted { (isLast($0), remainder($1), $0) < (isLast($1), remainder($0), $1) }
    for label in order.prefix(max(0, left)) { quotas[label, default: 0] += 1 }
    return quotas
  }
}
