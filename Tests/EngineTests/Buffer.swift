@testable import Engine

/// Floats for a test, and a view of them; never freed, so that the view may outlive the buffer. The process ends soon.
struct Buffer {
  let floats: FloatSpan

  init(_ values: [Float]) {
    let base = UnsafeMutablePointer<Float>.allocate(capacity: max(1, values.count))
    base.initialize(repeating: 0, count: max(1, values.count))
    floats = FloatSpan(base, count: values.count)
    for (index, value) in values.enumerated() { floats[index] = value }
  }

  init(count: Int) { self.init([Float](repeating: 0, count: count)) }

  init(_ values: [Double]) { self.init(values.map { Float($0) }) }

  var values: [Float] { (0..<floats.count).map { floats[$0] } }

  /// The same numbers in double precision.
  var doubles: [Double] { values.map { Double($0) } }
}

extension Random {
  /// So many numbers, even over a range.
  mutating func numbers(_ count: Int, in range: ClosedRange<Double>) -> [Double] {
    (0..<count).map { _ in
      // Rounded to single precision, so that the engine and its twin in double precision see the same number.
      Double(Float(range.lowerBound + (range.upperBound - range.lowerBound) * uniform()))
    }
  }
}

/// The slope of a function of several numbers at `x`, by central differences in double precision.
func outputGradient(at x: [Double], of function: ([Double]) -> Double) -> [Double] {
  let step = 1e-5
  return x.indices.map { index in
    var (above, below) = (x, x)
    above[index] += step
    below[index] -= step
    return (function(above) - function(below)) / (2 * step)
  }
}

/// Whether `value` is `expected` within a share of it, or of `floor` where it is smaller than that.
func isNear(_ value: Float, _ expected: Double, within share: Double, floor: Double = 1) -> Bool {
  abs(Double(value) - expected) <= share * max(abs(expected), floor)
}
