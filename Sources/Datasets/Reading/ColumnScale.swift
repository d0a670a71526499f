import Engine

/// A shift and a factor for each column: (x − shift) · factor.
struct ColumnScale: Equatable, Sendable {
  // In double precision, as single precision would move large numbers that are close together.
  let shifts: [Double]
  let factors: [Double]

  /// - Parameters:
  ///   - numbers: `[rows, columns]`.
  ///   - exact: columns that are taken from here instead.
  init(_ scaling: Scaling, _ numbers: UnsafeBufferPointer<Float>, columns: Int, exact: ExactColumns = [:]) {
    var (shifts, factors) = ([Double](), [Double]())
    let rows = numbers.count / max(1, columns)
    for column in 0..<columns {
      let (shift, spread): (Double, Double)
      if let exact = exact[column] {
        (shift, spread) = ColumnScale.measure(scaling, exact.prefix(rows))
      } else {
        (shift, spread) = ColumnScale.measure(
          scaling, stride(from: column, to: numbers.count, by: columns).lazy.map { Double(numbers[$0]) })
      }
      shifts.append(shift)
      // A column that is the same everywhere tells nothing, and stays 0.
      factors.append(spread > 0 ? 1 / spread : 1)
    }
    (self.shifts, self.factors) = (shifts, factors)
  }

  private init(shifts: [Double], factors: [Double]) { (self.shifts, self.factors) = (shifts, factors) }

  /// That of columns in another order, each from the place where it stands now.
  func reordered(_ places: [Int]) -> ColumnScale {
    ColumnScale(shifts: places.map { shifts[$0] }, factors: places.map { factors[$0] })
  }

  private static func measure(_ scaling: Scaling, _ values: some Sequence<Double>) -> (Double, Double) {
    scaling == .standard ? moments(values) : extent(values)
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
  /// - Parameter exact: columns that are taken from here instead.
  func applied(to numbers: Floats, _ exact: ExactColumns = [:]) -> Floats {
    let columns = shifts.count
    return Floats(count: numbers.count) { scaled in
      numbers.withUnsafeBufferPointer { numbers in
        for start in stride(from: 0, to: numbers.count, by: max(1, columns)) {
          for column in 0..<columns {
            scaled[start + column] = Float((Double(numbers[start + column]) - shifts[column]) * factors[column])
          }
        }
      }
      for (column, numbers) in exact {
        for (row, number) in numbers.prefix(scaled.count / max(1, columns)).enumerated() {
          scaled[row * columns + column] = Float((number - shifts[column]) * factors[column])
        }
      }
    }
  }
}
