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

/// A shift and a factor for each column: (x − shift) · factor.
struct ColumnScale: Equatable, Sendable {
  let shifts: [Float]
  let factors: [Float]

  /// - Parameter numbers: `[rows, columns]`.
  init(_ scaling: Scaling, _ numbers: UnsafeBufferPointer<Float>, columns: Int) {
    var (shifts, factors) = ([Float](), [Float]())
    for column in 0..<columns {
      let values = stride(from: column, to: numbers.count, by: columns).lazy.map { Double(numbers[$0]) }
      let (shift, spread) = scaling == .standard ? ColumnScale.moments(values) : ColumnScale.extent(values)
      shifts.append(Float(shift))
      // A column that is the same everywhere tells nothing, and stays 0.
      factors.append(spread > 0 ? Float(1 / spread) : 1)
    }
    (self.shifts, self.factors) = (shifts, factors)
  }

  private init(shifts: [Float], factors: [Float]) { (self.shifts, self.factors) = (shifts, factors) }

  /// That of columns in another order, each from the place where it stands now.
  func reordered(_ places: [Int]) -> ColumnScale {
    ColumnScale(shifts: places.map { shifts[$0] }, factors: places.map { factors[$0] })
  }

  private static func moments(_ values: some Sequence<Double>) -> (Double, Double) {
    var (count, mean, squares) = (0.0, 0.0, 0.0)
    // One pass without loss (Welford 1962).
    for value in values {
      count += 1
      let step = value - mean
      mean += step / count
      squares += step * (value - mean)
    }
    return (mean, count > 0 ? (squares / count).squareRoot() : 0)
  }

  private static func extent(_ values: some Sequence<Double>) -> (Double, Double) {
    var (minimum, maximum) = (Double.infinity, -Double.infinity)
    for value in values { (minimum, maximum) = (min(minimum, value), max(maximum, value)) }
    return minimum <= maximum ? (minimum, maximum - minimum) : (0, 0)
  }

  /// The numbers scaled, `[rows, columns]`.
  func applied(to numbers: Floats) -> Floats {
    let columns = shifts.count
    return Floats(count: numbers.count) { scaled in
      numbers.withUnsafeBufferPointer { numbers in
        for index in numbers.indices {
          scaled[index] = (numbers[index] - shifts[index % columns]) * factors[index % columns]
        }
      }
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
    case (.floats(let train), .floats(let test)) where scaling != .none:
      try Machine.require((train.count + test.count) * 4, for: "scale=\(scaling.rawValue)", hint: "load digits")
      let scale = train.withUnsafeBufferPointer { numbers in
        ColumnScale(
          scaling, UnsafeBufferPointer(rebasing: numbers[..<(self.train.count * shape.count)]), columns: shape.count)
      }
      scaled.train = Examples(shape: shape, features: .floats(scale.applied(to: train)), targets: self.train.targets)
      scaled.test = Examples(shape: shape, features: .floats(scale.applied(to: test)), targets: self.test.targets)
      scaled.rows?.scale = scale
    case (.lists, _) where scaling != .none:
      throw Refusal(
        "\(name) is lists of words, which are 0 or 1 already, so scale= does not go with it", hint: "load \(name)")
    default: break
    }
    return scaled
  }

  /// Bytes are scaled as a whole, as the pixels of an image belong together.
  private static func byteScale(_ scaling: Scaling, _ bytes: Bytes, count: Int) -> ByteScale {
    switch scaling {
    case .minmax: return .unit
    case .none: return ByteScale(mean: 0, deviation: 1.0 / 255)
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
