@testable import Pictures

/// One picture of each kind, for tests that hold for all.
struct Samples: Sendable, CustomStringConvertible {
  let description: String
  let picture: any Picture

  static let all = [
    Samples(description: "tiles", picture: TileGrid((0..<12).map { tile($0) })),
    Samples(description: "words", picture: TileGrid((0..<7).map { tile($0, "Ankle boot", "×Sneaker") })),
    Samples(description: "weights", picture: TileGrid((0..<5).map { tile($0) }, map: .cividis)),
    Samples(
      description: "matrix",
      picture: ConfusionMatrix(
        labels: ["cat", "dog", "<b>owl"], counts: [[90, 5, 1], [2, 97, 1], [0, 0, 0]])),
    Samples(
      description: "curve",
      picture: Curve(
        "loss",
        [
          Curve.Series("training", Style(.blue), values: [0.9, 0.5, 0.3, 0.2, 0.15]),
          Curve.Series("validation", strokes: .heavy, Style(.yellow), values: [0.8, nil, 0.4, 0.35, .nan]),
        ], labels: [1, 2, 3, 4, 5], marked: 3)),
    Samples(
      description: "diagram",
      picture: Diagram([
        .init("input", "", shape: "28×28", parameters: "", .maps(1, height: 28, width: 28)),
        .init(
          "conv2d 16 3", "relu", shape: "28×28×1 → 26×26×16", parameters: "160 parameters",
          .maps(16, height: 26, width: 26)),
        .init("flatten", "", shape: "→ 10816", parameters: "", .units(10_816)),
        .init("dense 10", "softmax", shape: "10816 → 10", parameters: "108,170 parameters", .units(10), hearsAll: true),
      ])),
    Samples(description: "histogram", picture: Histogram("kernel", (-50...70).map { Float($0 * $0 * $0) / 1000 })),
    Samples(
      description: "bars",
      picture: Table(
        [.init("class", leansRight: false), .init("probability")], rows: [["cat", "0.9000"], ["dog", "0.1000"]],
        bars: [.init(0.9, Style(.green), note: "predicted"), .init(0.1, .dim)])),
    Samples(
      description: "text", picture: Paragraph([Line("<script>alert(1)</script>", .bold), Line("\u{1b}[2J plain")])),
  ]

  private static func tile(_ index: Int, _ label: String? = nil, _ other: String? = nil) -> TileGrid.Tile {
    let pixels = (0..<64).map { UInt8(($0 * 4 + index * 16) % 256) }
    return TileGrid.Tile(
      [Line(label ?? "\(index)", Style(.blue, isBold: true)), Line(other ?? "×<\(index)", Style(.red))],
      note: Line("#\(index)", .dim),
      pixels: pixels[...], width: 8, height: 8)
  }
}
