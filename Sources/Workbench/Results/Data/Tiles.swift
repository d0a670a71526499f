import Datasets
import Engine
import Grammar
import Pictures

extension Examples {
  /// One example as a small picture; what is no image becomes a strip one pixel high, and colours become their mean.
  func tile(_ row: Int, _ labels: [Line], note: Line = Line()) -> TileGrid.Tile {
    let (height, width) = shape.rank >= 2 ? (shape[0], shape[1]) : (1, shape.count)
    let depth = shape.count / (height * width)
    return TileGrid.Tile(
      labels, note: note, pixels: Examples.means(bytes(of: row), depth)[...], width: width, height: height)
  }

  /// The mean of every `depth` bytes.
  private static func means(_ bytes: [UInt8], _ depth: Int) -> [UInt8] {
    guard depth > 1 else { return bytes }
    return stride(from: 0, to: bytes.count, by: depth).map { start in
      let sum = bytes[start..<start + depth].reduce(0) { $0 + Int($1) }
      return UInt8(sum / depth)
    }
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
