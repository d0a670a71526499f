import Datasets
import Engine
import Grammar
import Pictures

extension Examples {
  /// One example as a small picture; what is no image becomes a strip one pixel high, and colours become their mean.
  func tile(_ row: Int, _ labels: [Line], note: Line = Line()) -> TileGrid.Tile {
    let (height, width) = shape.rank >= 2 ? (shape[0], shape[1]) : (1, shape.count)
    let depth = shape.count / (height * width)
    let bytes = bytes(of: row)
    let pixels = depth == 1 ? bytes : ArraySlice(stride(from: bytes.startIndex, to: bytes.endIndex, by: depth).map {
      UInt8(bytes[$0..<$0 + depth].reduce(0) { $0 + Int($1) } / depth)
    })
    return TileGrid.Tile(labels, note: note, pixels: pixels, width: width, height: height)
  }
}

extension Dataset {
  /// The number of the class with this name.
  /// - Throws: `Refusal` with the names there are.
  func index(of name: String) throws(Refusal) -> Int {
    if let index = classes.firstIndex(of: name) { return index }
    let near = Suggestion.nearest(to: name, among: classes).map { "; did you mean \($0)?" }
    throw Refusal(
      "no class is called \"\(name)\"" + (near ?? "; there are: \(classes.prefix(20).joined(separator: ", "))"))
  }
}
