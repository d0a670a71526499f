import Glibc

/// An axis of numbers: where its round numbers stand.
struct Scale: Equatable {
  let minimum: Double
  let maximum: Double
  let step: Double
  /// The first of its round numbers; where it lies below the axis, it is not on it.
  private let first: Double

  /// An axis that holds both numbers and has about `count` steps of 1, 2 or 5 times a power of ten.
  init(_ minimum: Double, _ maximum: Double, steps count: Int) {
    let (minimum, maximum) = (Scale.drawable(minimum), Scale.drawable(maximum))
    let size = max(abs(minimum), abs(maximum))
    // Steps below the precision of the numbers would all be the same place.
    let span = maximum > minimum ? max(maximum - minimum, size * 1e-9) : max(size, 1) * 0.1
    let rough = span / Double(max(1, count))
    var power = 1.0
    while power > rough { power /= 10 }
    while power * 10 <= rough { power *= 10 }
    let step = [1.0, 2, 5, 10].first { $0 * power >= rough * 0.999 }.map { $0 * power } ?? power
    self.step = step
    self.minimum = (minimum / step + 1e-9).rounded(.down) * step
    self.maximum = max(self.minimum + step, (maximum / step - 1e-9).rounded(.up) * step)
    first = self.minimum
  }

  /// An axis of exactly these ends, with round numbers between them.
  init(within range: ClosedRange<Double>, steps count: Int) {
    let round = Scale(range.lowerBound, range.upperBound, steps: count)
    step = round.step
    minimum = Scale.drawable(range.lowerBound)
    maximum = max(Scale.drawable(range.upperBound), minimum + round.step * 1e-6)
    first = round.minimum
  }

  /// Whether a number lies on the axis.
  func holds(_ value: Double) -> Bool { value >= minimum - step * 1e-6 && value <= maximum + step * 1e-6 }

  /// The number at a place, 0 … 1.
  func value(_ place: Double) -> Double { minimum + (maximum - minimum) * place }

  /// A number whose distance to any other is a number too: the largest are held, the smallest taken for 0.
  private static func drawable(_ value: Double) -> Double {
    abs(value) >= 1e-300 ? min(1e300, max(-1e300, value)) : 0
  }

  /// Its round numbers, from below.
  var ticks: [Double] {
    (0...(1...1000).clamping((maximum - first) / step)).map { first + Double($0) * step }.filter(holds)
  }

  /// Where a number lies, 0 … 1; what lies outside is put at the end.
  func place(_ value: Double) -> Double {
    let place = (Scale.drawable(value) - minimum) / (maximum - minimum)
    return place > 0 ? min(1, place) : 0
  }

  /// A number with as many digits as the steps need; very small and very large ones with an exponent.
  func label(_ value: Double) -> String {
    guard value.isFinite else { return "\(value)" }
    let size = max(abs(minimum), abs(maximum), abs(value))
    if size >= 1e6 || size < 1e-3 { return scientific(value) }
    var (digits, unit) = (0, 1.0)
    while digits < 6, abs((step * unit).rounded() - step * unit) > 1e-6 * step * unit {
      (digits, unit) = (digits + 1, unit * 10)
    }
    let whole = (0...Int.max).clamping(abs(value) * unit)
    let parts = (1...1_000_000).clamping(unit)
    let tail = String(whole % parts)
    let sign = value < 0 && whole > 0 ? "-" : ""
    return digits == 0
      ? "\(sign)\(whole)"
      : "\(sign)\(whole / parts).\(String(repeating: "0", count: digits - tail.count))\(tail)"
  }

  /// `9.8e-4`, with as many digits as tell it from the next tick.
  private func scientific(_ value: Double) -> String {
    if value == 0 { return "0" }
    var (mantissa, exponent) = (value, 0)
    while abs(mantissa) >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while abs(mantissa) < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    let unit = pow(10, Double((1...12).clamping(Double(exponent) - log10(step).rounded(.down))))
    mantissa = (mantissa * unit).rounded() / unit
    return abs(mantissa) < 10 ? "\(mantissa)e\(exponent)" : "\(mantissa / 10)e\(exponent + 1)"
  }
}
