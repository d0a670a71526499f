import Engine
import Grammar

/// What is done to the numbers of examples before a network gets them; always found on the training part alone, as the
/// test examples stand for what nobody has seen.
public enum Scaling: String, CaseIterable, Sendable {
  /// (x − mean) / deviation, column by column; the deviation is that of the whole, as NumPy's `std`.
  case standard
  /// (x − minimum) / (maximum − minimum), column by column.
  case minmax
  /// As they are.
  case none

  public var help: String {
    switch self {
    case .standard: "mean 0 and deviation 1, by the training part"
    case .minmax: "from 0 to 1, by the training part"
    case .none: "as they are; bytes from 0 to 255"
    }
  }
}

extension Dataset {
  /// The same with scaled numbers.
  /// - Throws: `Refusal` where the examples are lists of words, or there is no memory.
  public func scaled(_ scaling: Scaling) throws(Refusal) -> Dataset {
    var scaled = self
    switch (train.features, test.features) {
    case (.bytes(let train, _), .bytes(let test, _)):
      let scale = Dataset.byteScale(scaling, train, count: self.train.count * shape.count)
      scaled.train = Examples(shape: shape, features: .bytes(train, scale), targets: self.train.targets)
      scaled.test = Examples(shape: shape, features: .bytes(test, scale), targets: self.test.targets)
      scaled.rows?.byteScale = scale
    case (.floats(let train), .floats(let test)) where scaling != .none:
      try Machine.require((train.count + test.count) * 4, for: "scale=\(scaling.rawValue)", hint: "load digits")
      let scale = train.withUnsafeBufferPointer { numbers in
        ColumnScale(
          scaling, UnsafeBufferPointer(rebasing: numbers[..<(self.train.count * shape.count)]), columns: shape.count,
          exact: exact.train)
      }
      scaled.train = Examples(
        shape: shape, features: .floats(scale.applied(to: train, exact.train)), targets: self.train.targets)
      scaled.test = Examples(
        shape: shape, features: .floats(scale.applied(to: test, exact.test)), targets: self.test.targets)
      scaled.rows?.scale = scale
      scaled.exact = ([:], [:])
    case (.lists, _) where scaling != .none:
      throw Refusal(
        "\(name) is lists of words, which are 0 or 1 already, so scale= does not go with it", hint: "load \(name)")
    default: break
    }
    return scaled.rounded
  }

  /// The same in single precision, with a note on columns that lose digits by that.
  public var rounded: Dataset {
    var rounded = self
    for (column, numbers) in exact.train.sorted(by: { $0.key < $1.key }) {
      guard let lost = CSVNumbers.firstLost(numbers) else { continue }
      let name = columns.indices.contains(column) ? columns[column].visible : "column \(column + 1)"
      rounded.notes.append(CSVNumbers.lossNote(name, lost) + "; scale=standard subtracts the mean before that")
    }
    rounded.exact = ([:], [:])
    return rounded
  }

  /// Bytes are scaled as a whole, as the pixels of an image belong together.
  private static func byteScale(_ scaling: Scaling, _ bytes: Bytes, count: Int) -> ByteScale {
    switch scaling {
    case .minmax: return .unit
    case .none: return .plain
    case .standard:
      var counts = [Int](repeating: 0, count: 256)
      bytes.withUnsafeBufferPointer { for byte in $0.prefix(count) { counts[Int(byte)] += 1 } }
      let total = Double(max(1, count))
      let mean = counts.indices.reduce(0) { $0 + Double($1) * Double(counts[$1]) } / total
      let square =
        counts.indices.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) * Double(counts[$1]) } / total
      return ByteScale(mean: mean / 255, deviation: square > 0 ? square.squareRoot() / 255 : 1)
    }
  }
}
