import Grammar

/// What layers for images, `[height, width, channels]`, have in common.
enum Images {
  /// Images as they come from a data set, with an axis for the channel where they have none.
  static func withChannels(_ data: Shape) -> Shape { data.rank == 2 ? Shape(data.extents + [1]) : data }

  /// - Throws: `Refusal` when examples of this shape are no images.
  static func require(_ input: Shape, for layer: String) throws(Refusal) {
    guard input.rank == 3 else { throw .noImage(layer, input) }
  }
}

extension Refusal {
  fileprivate static func noImage(_ layer: String, _ input: Shape) -> Refusal {
    let side = Int(Double(input.count).squareRoot())
    let isSquare = input.rank == 1 && side * side == input.count
    let extents = input.rank == 2 ? input.extents + [1] : isSquare ? [side, side, 1] : nil
    return Refusal(
      "\(layer) needs images, height × width × channels, and gets \(input)",
      hint: extents.map { "add reshape " + $0.map(String.init).joined(separator: " ") } ?? "remove")
  }
}
