import Engine
import Grammar
import Pictures

/// Shows what a layer has learnt, as pictures and in figures.
struct ShowWeights: Command {
  let layer: Int?

  static let form = Form<ShowWeights>(
    "show weights", "Shows a layer's weights: as pictures, in figures, and how they are distributed.",
    Parameter(
      "layer", ArgumentType<Int>.integer(1...).optional, default: .some(nil),
      "counted from 1; the first with weights otherwise"
    ),
    examples: ["show weights", "show weights 2"], make: { ShowWeights(layer: $0) }, settings: { $0.layer })

  static var givesTable: Bool { true }

  static func canRun(on session: Session) -> Bool { session.isBuilt }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let network = try draft.built()
    guard let first = network.tensors.first?.layer else { throw Refusal("no layer of the network has weights") }
    let index = layer.map { $0 - 1 } ?? first
    guard network.layers.indices.contains(index) else { throw .noSuchLayer(index + 1, network) }
    let tensors = network.tensors.filter { $0.layer == index }
    guard let main = tensors.first, let tiles = WeightTiles(network, layer: index) else {
      throw .noWeights(index + 1, network, first + 1)
    }
    return Output(
      title: "layer \(index + 1), \(Layers.catalogue.line(network.layers[index]) ?? "")", tiles: tiles,
      histogram: Histogram("\(main.weight.name): how its \(grouped(main.count)) numbers are spread", network[main]),
      figures: tensors.map { TensorFigures($0, network[$0]) })
  }

  private struct Output: Answer {
    let title: String
    let tiles: WeightTiles
    let histogram: Histogram
    let figures: [TensorFigures]

    var json: JSON { .object([("tensors", .list(figures.map(\.json)))]) }
    var pictures: [any Picture] { [Paragraph(Line(title, .bold)), TensorFigures.table(figures), histogram] }
    var shown: [any Picture] {
      [
        Paragraph([Line(title, .bold), Line("\(tiles.caption): ", .dim) + Line("blue below 0, yellow above", .dim)]),
        TileGrid(tiles.tiles, map: .cividis), TensorFigures.table(figures), Paragraph(Line()), histogram,
      ]
    }
  }
}

/// A tensor in figures.
struct TensorFigures: Sendable {
  let name: String
  let shape: Shape
  let count: Int
  let minimum: Double
  let maximum: Double
  let mean: Double
  let deviation: Double

  init(_ tensor: WeightSlot, _ values: [Float]) {
    (name, shape, count) = (tensor.name, tensor.weight.shape, values.count)
    (minimum, maximum) = values.bounds
    let sum = values.reduce(0.0) { $0 + Double($1) }
    let mean = sum / Double(max(1, count))
    self.mean = mean
    deviation = (values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(max(1, count)))
      .squareRoot()
  }

  fileprivate var json: JSON {
    .object([
      ("name", .text(name)), ("shape", .list(shape.extents.map(JSON.integer))), ("least", .number(minimum)),
      ("most", .number(maximum)), ("mean", .number(mean)), ("deviation", .number(deviation)),
    ])
  }

  fileprivate static func table(_ all: [TensorFigures]) -> Table {
    Table(
      [
        .init("tensor", leansRight: false), .init("shape"), .init("numbers"), .init("least"), .init("mean"),
        .init("most"),
        .init("deviation"),
      ],
      rows: all.map { one in
        [Line(one.name, .bold), Line("\(one.shape)"), Line(grouped(one.count))]
          + [one.minimum, one.mean, one.maximum, one.deviation].map { Line(fixed($0, 4)) }
      },
      values: all.map {
        ["\($0.name)", "\($0.shape)", "\($0.count)", "\($0.minimum)", "\($0.mean)", "\($0.maximum)", "\($0.deviation)"]
      })
  }
}

extension Refusal {
  static func noSuchLayer(_ number: Int, _ network: Network) -> Refusal {
    Refusal("there is no layer \(number): the network has \(network.layers.count)", hint: "summary")
  }
  fileprivate static func noWeights(_ number: Int, _ network: Network, _ first: Int) -> Refusal {
    Refusal("layer \(number), \(network.layers[number - 1].name), has no weights", hint: "show weights \(first)")
  }
}
