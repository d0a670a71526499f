import Engine
import Grammar

/// Examples cut into parts of nearly the same size, each of which validates once what the others have trained.
public struct Folds: Sendable {
  private let examples: Examples
  /// The rows of each part.
  private let parts: [[Int]]

  /// - Parameter seed: what the parts follow from; of classes each part gets its share.
  /// - Throws: `Refusal` when there are not as many examples as parts.
  public init(_ examples: Examples, count: Int, seed: UInt64) throws(Refusal) {
    guard examples.count >= count else {
      throw Refusal(
        "\(examples.count) examples cannot be cut into \(count) parts", hint: "fit 1 folds=\(max(2, examples.count))")
    }
    var random = Random(seed: seed)
    var order = Array(0..<examples.count).shuffled(using: &random)
    if examples.targets.kind.isClasses {
      let labels = examples.labels
      // Stable, so that rows of a class stay in random order.
      order = order.enumerated().sorted { (labels[$0.element], $0.offset) < (labels[$1.element], $1.offset) }.map(
        \.element)
    }
    var parts = [[Int]](repeating: [], count: count)
    for (place, row) in order.enumerated() { parts[place % count].append(row) }
    self.examples = examples
    self.parts = parts.map { $0.sorted() }
  }

  public var count: Int { parts.count }

  /// The examples that train and those that validate.
  /// - Throws: `Refusal` when there is no memory for them.
  public func fold(_ index: Int) throws(Refusal) -> (train: Examples, validation: Examples) {
    let rows = parts.enumerated().filter { $0.offset != index }.flatMap(\.element).sorted()
    return (try examples.picked(rows), try examples.picked(parts[index]))
  }
}
