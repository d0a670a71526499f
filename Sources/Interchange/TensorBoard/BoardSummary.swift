import FoundationEssentials
import Schemas

/// Figures of one step, as TensorBoard shows them.
public struct BoardSummary {
  var message = Tensorboard_Summary()

  public init() {}

  public mutating func add(scalar value: Double, _ tag: String) {
    add(tag) { $0.simpleValue = Float(value) }
  }

  /// A picture, as the bytes of a PNG file.
  public mutating func add(png bytes: [UInt8], _ tag: String) {
    // Its head holds the width and the height, big-endian, from byte 16 on.
    guard bytes.count >= 24 else { return }
    func number(at place: Int) -> Int32 {
      Int32(truncatingIfNeeded: bytes[place..<place + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
    }
    add(tag) {
      ($0.image.width, $0.image.height) = (number(at: 16), number(at: 20))
      // Red, green, blue and how much they cover.
      $0.image.colorspace = 4
      $0.image.encodedImageString = Data(bytes)
    }
  }

  /// How many numbers lie in each of thirty parts of their range; numbers that are not finite are left out.
  public mutating func add(histogram values: [Float], _ tag: String) {
    let numbers = values.lazy.filter(\.isFinite).map(Double.init)
    guard let minimum = numbers.min(), let maximum = numbers.max() else { return }
    var histogram = Tensorboard_Histogram()
    let (parts, width) = (30, (maximum - minimum) / 30)
    var counts = [Double](repeating: 0, count: parts)
    for number in numbers {
      let place = width > 0 ? (number - minimum) / width : 0
      counts[min(parts - 1, Int(place))] += 1
      histogram.sum += number
      histogram.sumSquares += number * number
    }
    (histogram.min, histogram.max, histogram.num) = (minimum, maximum, counts.reduce(0, +))
    histogram.bucket = counts
    // The last limit is the maximum itself, whatever rounding makes of the sum.
    histogram.bucketLimit = (1...parts).map { $0 == parts ? maximum : minimum + Double($0) * width }
    add(tag) { $0.histo = histogram }
  }

  private mutating func add(_ tag: String, _ fill: (inout Tensorboard_Summary.Value) -> Void) {
    var value = Tensorboard_Summary.Value()
    value.tag = tag
    fill(&value)
    message.value.append(value)
  }
}
