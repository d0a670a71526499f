/// Numbers in rows and columns, such as how much ink is on each pixel.
struct Plane: Equatable {
  let width: Int
  let height: Int
  /// Row by row.
  var values: [Double]

  /// A part of it.
  struct Box: Equatable {
    var x: Int
    var y: Int
    var width: Int
    var height: Int
  }

  var all: Box { Box(x: 0, y: 0, width: width, height: height) }

  /// Those along the four sides.
  var edge: [Double] {
    let rows = (0..<width).flatMap { [values[$0], values[(height - 1) * width + $0]] }
    return rows + (0..<height).flatMap { [values[$0 * width], values[($0 + 1) * width - 1]] }
  }

  /// The smallest box around everything above 0; nil where there is nothing.
  var inked: Box? {
    var (left, right, top, bottom) = (width, -1, height, -1)
    for y in 0..<height {
      for x in 0..<width where values[y * width + x] > 0 {
        (left, right, top, bottom) = (min(left, x), max(right, x), min(top, y), max(bottom, y))
      }
    }
    return right < left ? nil : Box(x: left, y: top, width: right - left + 1, height: bottom - top + 1)
  }

  /// A part of it at another size: the mean of what lies below each new pixel, those at its edges by their part.
  func resized(_ box: Box, width: Int, height: Int) -> Plane {
    var small = [Double](repeating: 0, count: width * height)
    let (stepX, stepY) = (Double(box.width) / Double(width), Double(box.height) / Double(height))
    for y in 0..<height {
      for x in 0..<width {
        small[y * width + x] = mean(box, Double(x) * stepX, Double(y) * stepY, stepX, stepY)
      }
    }
    return Plane(width: width, height: height, values: small)
  }

  private func mean(_ box: Box, _ left: Double, _ top: Double, _ wide: Double, _ tall: Double) -> Double {
    var (sum, weight) = (0.0, 0.0)
    for y in Int(top)..<min(box.height, Int(top + tall) + 1) {
      let down = min(Double(y + 1), top + tall) - max(Double(y), top)
      for x in Int(left)..<min(box.width, Int(left + wide) + 1) {
        let part = down * (min(Double(x + 1), left + wide) - max(Double(x), left))
        guard part > 0 else { continue }
        sum += part * values[(box.y + y) * width + box.x + x]
        weight += part
      }
    }
    return weight > 0 ? sum / weight : 0
  }

  /// Another number at each place.
  func mapped(at change: (_ place: Int) -> Double) -> Plane {
    Plane(width: width, height: height, values: values.indices.map(change))
  }

  /// 0 … 1 as 0 … 255.
  var bytes: [UInt8] { values.map { UInt8(($0 > 0 ? min(1, $0) : 0) * 255 + 0.5) } }
}

extension Plane {
  /// Morphological closing by a square: dark marks that the square does not fit into are gone, edges stay where they
  /// are (Serra 1982).
  /// - Parameter side: pixels of the square's sides, odd.
  func closed(by side: Int) -> Plane { extremes(side, max).extremes(side, min) }

  /// The same for a plane that goes on as it is at its sides, so that the edge of a shadow may run out of it.
  func closedWithinMore(by side: Int) -> Plane {
    let reach = side / 2
    let (wide, tall) = (width + 2 * reach, height + 2 * reach)
    let grown = (0..<wide * tall).map { place in
      let (x, y) = (min(width - 1, max(0, place % wide - reach)), min(height - 1, max(0, place / wide - reach)))
      return values[y * width + x]
    }
    let closed = Plane(width: wide, height: tall, values: grown).closed(by: side)
    return mapped(at: { closed.values[($0 / width + reach) * wide + $0 % width + reach] })
  }

  /// The largest or the smallest number in the square around each, along rows and then along columns.
  private func extremes(_ side: Int, _ choose: (Double, Double) -> Double) -> Plane {
    var result = self
    for y in 0..<height { Plane.slide(&result.values, y * width, 1, width, side / 2, choose) }
    for x in 0..<width { Plane.slide(&result.values, x, width, height, side / 2, choose) }
    return result
  }

  /// One row or column, in time that does not depend on the reach: prefixes and suffixes of blocks (van Herk 1992).
  private static func slide(
    _ values: inout [Double], _ start: Int, _ step: Int, _ count: Int, _ reach: Int,
    _ choose: (Double, Double) -> Double
  ) {
    let side = 2 * reach + 1
    let line = (0..<count).map { values[start + $0 * step] }
    var (ahead, behind) = (line, line)
    for i in 1..<max(1, count) where i % side != 0 { ahead[i] = choose(ahead[i - 1], line[i]) }
    for i in (0..<max(0, count - 1)).reversed() where (i + 1) % side != 0 { behind[i] = choose(behind[i + 1], line[i]) }
    for i in 0..<count {
      let (first, last) = (max(0, i - reach), min(count - 1, i + reach))
      // Within one block only at either end of the line, where a prefix or a suffix is all there is.
      let isWithin = first / side == last / side
      values[start + i * step] = isWithin ? (first % side == 0 ? ahead[last] : behind[first])
        : choose(behind[first], ahead[last])
    }
  }
}
