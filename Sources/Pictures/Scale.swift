/// An axis of numbers: where its round numbers stand.
struct Scale: Equatable {
  let least: Double
  let most: Double
  let step: Double

  /// An axis that holds both numbers and has about `count` steps of 1, 2 or 5 times a power of ten.
  init(_ least: Double, _ most: Double, steps count: Int) {
    let span = most > least ? most - least : max(abs(most), 1) * 0.1
    let rough = span / Double(max(1, count))
    var power = 1.0
    while power > rough { power /= 10 }
    while power * 10 <= rough { power *= 10 }
    let step = [1.0, 2, 5, 10].first { $0 * power >= rough * 0.999 }.map { $0 * power } ?? power
    self.step = step
    self.least = (least / step + 1e-9).rounded(.down) * step
    self.most = max(self.least + step, (most / step - 1e-9).rounded(.up) * step)
  }

  /// Its round numbers, from below.
  var ticks: [Double] {
    (0...Int(((most - least) / step).rounded())).map { least + Double($0) * step }
  }

  /// Where a number lies, 0 … 1.
  func place(_ value: Double) -> Double { (value - least) / (most - least) }

  /// A number with as many digits as the steps need; very small and very large ones with an exponent.
  func label(_ value: Double) -> String {
    let size = max(abs(least), abs(most))
    if size >= 1e6 || size < 1e-3 { return Scale.scientific(value) }
    var (digits, unit) = (0, 1.0)
    while digits < 6, abs((step * unit).rounded() - step * unit) > 1e-6 * step * unit {
      (digits, unit) = (digits + 1, unit * 10)
    }
    let whole = Int((abs(value) * unit).rounded())
    let tail = String(whole % Int(unit))
    let sign = value < 0 && whole > 0 ? "-" : ""
    return digits == 0
      ? "\(sign)\(whole)"
      : "\(sign)\(whole / Int(unit)).\(String(repeating: "0", count: digits - tail.count))\(tail)"
  }

  /// `9.8e-4`
  private static func scientific(_ value: Double) -> String {
    if value == 0 { return "0" }
    var (mantissa, exponent) = (value, 0)
    while abs(mantissa) >= 9.95 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while abs(mantissa) < 0.995 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    return "\((mantissa * 10).rounded() / 10)e\(exponent)"
  }
}
