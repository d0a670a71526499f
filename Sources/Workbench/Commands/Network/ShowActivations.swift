import Engine
import Grammar
import Pictures

/// Shows what a layer makes of an example.
struct ShowActivations: Command {
  let layer: Int
  let index: Int
  let split: Split

  static let form = Form<ShowActivations>(
    "show activations", "Shows what a layer makes of an example, after its activation.",
    Parameter("layer", .integer(1...), "counted from 1"),
    Parameter("index", .integer(0...), "the example's number, from 0"),
    Parameter("split", Split.kind, default: .test, "which examples"),
    examples: ["show activations 1 0", "show activations 2 8 train"],
    make: { ShowActivations(layer: $0, index: $1, split: $2) }, settings: { ($0.layer, $0.index, $0.split) })

  static func canRun(on session: Session) -> Bool { session.isBuilt }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let (network, dataset) = (try draft.built(), try draft.loaded())
    guard network.layers.indices.contains(layer - 1) else { throw .noSuchLayer(layer, network) }
    let examples = split == .test ? dataset.test : dataset.train
    guard index < examples.count else { throw .noExample(index, split, examples.count) }
    let activity = try LayerOutput(
      behind: layer, of: network, example: index, in: examples, threads: host.pool)
    let label = Line(ExampleTable(dataset: dataset, split: split).truth(index), Style(.blue, isBold: true))
    return Output(
      title:
        "what layer \(layer), \(Layers.catalogue.line(network.layers[layer - 1]) ?? ""), makes of "
        + "\(split.rawValue) #\(index)",
      example: examples.tile(index, [label], note: Line("\(split.rawValue) #\(index)", .dim)), activity: activity)
  }

  private struct Output: Answer {
    let title: String
    let example: TileGrid.Tile
    let activity: LayerOutput

    /// Pictures of maps at most.
    private static let maximum = 50
    /// Units that get a bar each.
    private static let bars = 20

    private var shape: Shape { activity.shape }
    private var values: [Float] { activity.values }

    var json: JSON {
      .object([
        ("shape", .list(shape.extents.map(JSON.integer))), ("values", .list(values.map(JSON.float))),
      ])
    }

    var pictures: [any Picture] {
      let rows = values.enumerated().map { [Line("\($0.offset)"), Line("\($0.element)")] }
      return [Paragraph(Line(title, .bold)), Table([.init("number"), .init("value")], rows: rows)]
    }

    var shown: [any Picture] {
      [Paragraph(Line(title, .bold)), TileGrid([example]), Paragraph([Line(facts, .dim), Line()])] + body
    }

    private var facts: String {
      let active = values.count { $0 != 0 }
      let (minimum, maximum) = (fixed(values.bounds.minimum, 3), fixed(values.bounds.maximum, 3))
      return "\(shape): \(grouped(active)) of \(grouped(values.count)) numbers are not 0; minimum \(minimum), "
        + "maximum \(maximum)"
    }

    private var body: [any Picture] {
      if shape.rank >= 2 { return [TileGrid(maps, map: map)] }
      guard values.count > Output.bars else { return [bars] }
      let width = (1...values.count).clamping(Double(2 * values.count).squareRoot(), .up)
      let height = (values.count + width - 1) / width
      let padded = bytes(values) + [UInt8](repeating: bytes([0]).first ?? 0, count: width * height - values.count)
      let tile = TileGrid.Tile(
        [Line("unit by unit, row by row", .dim)], pixels: padded[...], width: width, height: height)
      return [TileGrid([tile], map: map), Histogram("how the numbers are spread", values)]
    }

    /// Numbers of one sign are as ink on paper; of both, blue and yellow.
    private var map: ColourMap { values.contains(where: { $0 < 0 }) ? .cividis : .writing }

    private func bytes(_ some: [Float]) -> [UInt8] {
      let maximum = Signed.largest(values)
      if values.contains(where: { $0 < 0 }) { return some.map { Signed.byte($0, maximum) } }
      return some.map { $0.isFinite && maximum > 0 ? UInt8(clamping: Double($0 / maximum * 255)) : 0 }
    }

    private var maps: [TileGrid.Tile] {
      let (height, width) = (shape[0], shape[1])
      let channels = shape.count / (height * width)
      let all = bytes(values)
      return (0..<min(channels, Output.maximum)).map { channel in
        let pixels = (0..<height * width).map { all[$0 * channels + channel] }
        return TileGrid.Tile([Line("\(channel + 1)", .dim)], pixels: pixels[...], width: width, height: height)
      }
    }

    private var bars: Table {
      let maximum = Signed.largest(values)
      return Table(
        [.init("unit"), .init("value")],
        rows: values.enumerated().map { [Line("\($0.offset + 1)"), Line(fixed(Double($0.element), 4))] },
        bars: values.map { Table.Bar(maximum > 0 ? Double(abs($0) / maximum) : 0, Style($0 < 0 ? .red : .blue)) },
        values: values.enumerated().map { ["\($0.offset + 1)", "\($0.element)"] })
    }
  }
}
