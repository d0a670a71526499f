import Datasets
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
    let canPredict = draft.network.map { $0.canPredict(dataset.targets) } == true
    let predictions = canPredict ? try Predictions(draft, split, rows: index..<index + 1, host) : nil
    let input = draft.network.flatMap { $0.layers.isEmpty ? nil : $0.shapes[0] }
    guard dataset.targets.isClasses, examples.pixels != nil else {
      return NumbersOutput(index: index, split: split, dataset: dataset, input: input, predictions: predictions)
    }
    return Output(
      index: index, split: split, examples: examples, classes: dataset.classes, input: input,
      outputs: predictions?.classOutputs(index))
  }

  private struct Output: Answer {
    let index: Int
    let split: Split
    let examples: Examples
    let classes: [String]
    /// The shape in which the first layer gets it; nil before there is one.
    let input: Shape?
    let outputs: ClassOutputs?

    private var label: Int { examples.labels[index] }
    private var oneHot: [Int] { classes.indices.map { $0 == label ? 1 : 0 } }

    var held: HeldArrays { examples.held }

    var json: JSON {
      .object([
        ("index", .integer(index)), ("split", .text(split.rawValue)), ("class", .integer(label)),
        ("label", .text(classes[label])), ("shape", .list(examples.shape.extents.map(JSON.integer))),
        ("one_hot", .list(oneHot.map(JSON.integer))),
        ("pixels", .list(examples.bytes(of: index).map { .integer(Int($0)) })),
        outputs?.json ?? ("probabilities", .null),
      ])
    }

    var pictures: [any Picture] {
      let bytes = examples.bytes(of: index)
      let tile = examples.tile(
        index, [Line(classes[label], Style(.blue, isBold: true))], note: Line("\(split.rawValue) #\(index)", .dim))
      let before = Paragraph([
        Line("before: ", .bold) + Line("\(examples.shape), uint8, \(bytes.min() ?? 0) … \(bytes.max() ?? 0)")
      ])
      let after = Paragraph([
        Line(),
        Line("after: ", .bold)
          + Line("\(input.map { "\($0)" } ?? "\(examples.shape)"), float32, \(scaling)"),
        Line("label: ", .bold) + Line(classes[label], Style(.blue)),
        Line("one-hot: ", .bold) + Line(oneHot.map(String.init).joined(separator: " ")),
      ])
      return [TileGrid([tile]), before, part, after]
        + (outputs.map { [Paragraph(Line()), ClassBars.picture(classes, $0, label: label)] } ?? [])
    }

    /// What the network gets in place of the example's bytes: `0 … 1; each number / 255`.
    private var scaling: String {
      guard case .bytes(_, let scale) = examples.features else { return "as they are" }
      let bytes = examples.bytes(of: index)
      let (low, high) = (scale[0], scale[255])
      let ends = "\(InputFacts.text(scale[bytes.min() ?? 0])) … \(InputFacts.text(scale[bytes.max() ?? 0]))"
      if scale == .unit { return "\(ends); each number / 255" }
      if (low, high) == (0, 255) { return "\(ends); each number as it is" }
      let deviation = 255 / Double(high - low)
      return "\(ends); (each number − \(fixed(-Double(low) * deviation, 2))) / \(fixed(deviation, 2))"
    }

    /// The numbers in the middle of the picture, with their rows and columns.
    private var part: Table {
      let bytes = Array(examples.bytes(of: index))
      let (rows, columns) =
        examples.shape.rank >= 2 ? (examples.shape[0], examples.shape[1]) : (1, examples.shape.count)
      let depth = examples.shape.count / (rows * columns)
      let across = (columns / 2 - min(5, columns / 2))..<min(columns, columns / 2 + 5)
      let down = (rows / 2 - min(4, rows / 2))..<min(rows, rows / 2 + 4)
      return Table(
        [.init("row")] + across.map { .init("\($0)") },
        rows: down.map { row in
          [Line("\(row)", .dim)]
            + across.map { column in
              let byte = bytes[(row * columns + column) * depth]
              return Line("\(byte)", byte == 0 ? .dim : .plain)
            }
        }, axis: "column")
    }
  }
}

extension Network {
  /// Whether its last layer gives what the targets want, as it does once the network is complete.
  fileprivate func canPredict(_ targets: Targets.Kind) -> Bool {
    !layers.isEmpty && output.rank == 1 && targets.fits(outputs: output.count)
  }
}

extension Refusal {
  static func noExample(_ index: Int, _ split: Split, _ count: Int) -> Refusal {
    Refusal("there is no \(split.rawValue) example \(index): they go from 0 to \(count - 1)")
  }
}
