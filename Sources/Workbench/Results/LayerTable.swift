import Engine
import Pictures

/// The layers of a network with their shapes and parameters.
struct LayerTable: Answer {
  private let network: Network
  /// The one layer that is shown to a person; all when nil.
  private let only: Int?
  let notes: [Line]
  /// Examples at once, for the memory: `fit`'s batch.
  private static let batch = 32

  init(_ network: Network, only: Int? = nil, notes: [Line] = []) {
    self.network = network
    self.only = only
    self.notes = notes
  }

  var json: JSON {
    .object([
      (
        "layers",
        .list(
          network.layers.indices.map { index in
            .object([
              ("name", .text(network.layers[index].name)),
              ("output", .list(network.shapes[index + 1].extents.map(JSON.integer))),
              ("parameters", .integer(network.parameters(of: index))),
            ])
          })
      ), ("parameters", .integer(network.parameters)), ("trainable", .integer(network.trainable)),
      (
        "memory",
        .object([
          ("batch", .integer(LayerTable.batch)), ("training", LayerTable.json(memory(isTraining: true))),
          ("inference", LayerTable.json(memory(isTraining: false))),
        ])
      ),
    ])
  }

  var pictures: [any Picture] { [table, totals] }

  var shown: [any Picture] {
    guard let only else { return pictures }
    return [
      Paragraph(
        Line("\(only + 1)  ", .dim) + Line(Layers.catalogue.line(network.layers[only]) ?? "", .bold)
          + Line(
            "  \(network.shapes[only]) → \(network.shapes[only + 1])  "
              + counted(network.parameters(of: only), "parameter")))
    ]
  }

  private var table: Table {
    Table(
      [
        .init("#"), .init("layer", leansRight: false), .init("input"), .init("output"), .init("parameters"),
        .init("multiply-adds"),
      ],
      rows: network.layers.indices.map { index in
        [
          Line("\(index + 1)"), Line(Layers.catalogue.line(network.layers[index]) ?? ""),
          Line("\(network.shapes[index])"), Line("\(network.shapes[index + 1])"),
          Line(grouped(network.parameters(of: index))),
          Line(grouped(network.layers[index].products(for: network.shapes[index]))),
        ]
      },
      values: network.layers.indices.map { index in
        [
          "\(index + 1)", Layers.catalogue.line(network.layers[index]) ?? "", "\(network.shapes[index])",
          "\(network.shapes[index + 1])", "\(network.parameters(of: index))",
          "\(network.layers[index].products(for: network.shapes[index]))",
        ]
      })
  }

  private var totals: Paragraph {
    let fixed = network.parameters - network.trainable
    let bytes = network.parameters * MemoryLayout<Float>.stride
    return Paragraph([
      Line(
        "parameters: \(grouped(network.parameters)) (\(Machine.text(bytes))), trainable "
          + "\(grouped(network.trainable))\(fixed > 0 ? ", fixed \(grouped(fixed))" : "")"),
      // Kernels of other processors need other workspaces.
      """
      memory for a batch of \(LayerTable.batch): training \(volatile: LayerTable.text(memory(isTraining: true))) \
      without what the optimizer keeps, inference \(volatile: LayerTable.text(memory(isTraining: false)))
      """,
    ])
  }

  private func memory(isTraining: Bool) -> Int? { network.memory(batch: LayerTable.batch, isTraining: isTraining) }

  private static func json(_ bytes: Int?) -> JSON { bytes.map(JSON.integer) ?? .null }

  private static func text(_ bytes: Int?) -> String { bytes.map(Machine.text) ?? "more than there is anywhere" }
}
