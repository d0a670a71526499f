import Engine
import Grammar
import Pictures

/// Shows one example as the network gets it.
struct ShowExample: Command {
  let index: Int
  let split: Split

  static let form = Form<ShowExample>(
    "show example", "Shows one example as the network gets it: picture, numbers, label, and the prediction.",
    Parameter("index", .integer(0...), "the example's number, from 0"),
    Parameter("split", Split.kind, default: .test, "which examples"),
    examples: ["show example 8", "show example 0 train"],
    make: { ShowExample(index: $0, split: $1) }, settings: { ($0.index, $0.split) })

  static func canRun(on session: Session) -> Bool { session.isLoaded }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let dataset = try draft.loaded()
    let examples = split == .test ? dataset.test : dataset.train
    guard index < examples.count else { throw .noExample(index, split, examples.count) }
    let predictions = draft.network.map({ $0.canPredict(dataset.classes.count) }) == true ? try Predictions(draft, split, rows: index..<index + 1, host) : nil
    return Finding(
      index: index, split: split, examples: examples, classes: dataset.classes,
      probabilities: predictions?.probabilities(index))
  }

  private struct Finding: Answer {
    let index: Int
    let split: Split
    let examples: Examples
    let classes: [String]
    let probabilities: [Float]?

    private var label: Int { examples.labels[index] }
    private var oneHot: [Int] { classes.indices.map { $0 == label ? 1 : 0 } }

    var json: JSON {
      .object([
        ("index", .integer(index)), ("split", .text(split.rawValue)), ("class", .integer(label)),
        ("label", .text(classes[label])), ("shape", .list(examples.shape.extents.map(JSON.integer))),
        ("one_hot", .list(oneHot.map(JSON.integer))),
        ("pixels", .list(examples.bytes(of: index).map { .integer(Int($0)) })),
        ("probabilities", probabilities.map { .list($0.map(JSON.float)) } ?? .null),
      ])
    }

    var pictures: [any Picture] {
      let bytes = examples.bytes(of: index)
      let facts = Paragraph([
        Line("\(examples.shape) bytes \(bytes.min() ?? 0) … \(bytes.max() ?? 0), to the network "
          + "\(examples.shape.count) numbers 0 … 1, float32"),
        Line("the middle row: ") + Line(middle, .dim),
        Line("label \(classes[label]), one-hot \(oneHot.map(String.init).joined(separator: " "))"),
      ])
      let caption = Line(classes[label], Style(.blue, isBold: true)) + Line("  \(split.rawValue) #\(index)", .dim)
      return [TileGrid([examples.tile(index, caption)]), facts] + (probabilities.map { [bars($0)] } ?? [])
    }

    private var middle: String {
      let (rows, columns) = examples.shape.rank >= 2 ? (examples.shape[0], examples.shape[1]) : (1, examples.shape.count)
      let start = examples.bytes(of: index).startIndex + rows / 2 * columns
      let shown = examples.bytes(of: index)[start..<start + columns]
      return shown.drop { $0 == 0 }.prefix(10).map { fixed(Double($0) / 255, 2) }.joined(separator: " ") + " …"
    }

    private func bars(_ probabilities: [Float]) -> Table {
      let best = probabilities.indices.reduce(0) { probabilities[$1] > probabilities[$0] ? $1 : $0 }
      return Table(
        [.init("class", leansRight: false), .init("probability"), .init("", leansRight: false)],
        rows: probabilities.indices.map { index in
          let style = index == label ? Style(.blue) : index == best ? Style(.red) : .plain
          let cells = Int((min(max(probabilities[index], 0), 1) * 40).rounded())
          let mark = (index == label ? " true" : "") + (index == best ? " predicted" : "")
          return [
            Line(classes[index], style), Line(fixed(Double(probabilities[index]), 4)),
            Line(String(repeating: "█", count: cells), style) + Line(mark, .dim),
          ]
        })
    }
  }
}

extension Network {
  /// Whether its last layer gives a number for each class, as it does once the network is complete.
  fileprivate func canPredict(_ classes: Int) -> Bool {
    !layers.isEmpty && output.rank == 1 && (output.count == classes || (output.count == 1 && classes == 2))
  }
}

extension Refusal {
  static func noExample(_ index: Int, _ split: Split, _ count: Int) -> Refusal {
    Refusal("there is no \(split.rawValue) example \(index): they go from 0 to \(count - 1)")
  }
}
