import Glibc
import Pictures

/// A count with commas: `60,000`.
public func grouped(_ count: Int) -> String {
  let digits = String(count.magnitude)
  var text = ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
    text.append(digit)
  }
  return (count < 0 ? "-" : "") + text
}

/// A count with its noun: `1 command`, `1,200 commands`.
public func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
  "\(grouped(count)) \(count == 1 ? noun : plural ?? noun + "s")"
}

/// A number with so many digits after the point: `0.9790`.
public func fixed(_ value: Double, _ digits: Int) -> String {
  guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
  guard abs(value) < 1e12 else { return scientific(value, digits) }
  var scale = 1
  for _ in 0..<digits { scale *= 10 }
  let scaled = (abs(value) * Double(scale)).rounded()
  guard scaled < 9e18 else { return scientific(value, digits) }
  let whole = Int(scaled)
  let tail = String(whole % scale)
  let sign = value < 0 && whole > 0 ? "-" : ""
  if digits == 0 { return sign + String(whole) }
  return sign + String(whole / scale) + "." + String(repeating: "0", count: digits - tail.count) + tail
}

/// A figure with four decimals, or as `1.2345e-05` where these would all be 0, as Keras 3.15 shows it.
public func figureText(_ figure: Double) -> String {
  figure != 0 && abs(figure) < 0.000_05 ? scientific(figure, 4) : fixed(figure, 4)
}

/// A finite number other than 0 with so many digits behind the first, without zeros at the end: `1.2345e-05`.
private func scientific(_ value: Double, _ digits: Int) -> String {
  var exponent = (-400...400).clamping(log10(abs(value)).rounded(.down))
  // In two steps, as the power alone may be too small for a number.
  func mantissa() -> Double { value / pow(10, Double(exponent / 2)) / pow(10, Double(exponent - exponent / 2)) }
  var text = fixed(mantissa(), digits)
  if text.drop(while: { $0 == "-" }).hasPrefix("10") {
    exponent += 1
    text = fixed(mantissa(), digits)
  }
  if text.contains(".") {
    text = String(text.reversed().drop { $0 == "0" }.drop { $0 == "." }.reversed())
  }
  let power = String(exponent.magnitude)
  return text + "e" + (exponent < 0 ? "-" : "+") + (power.count < 2 ? "0" : "") + power
}

/// A share as a percentage: `97.9 %`.
public func percent(_ share: Double) -> String { fixed(share * 100, 1) + " %" }

/// A time as people read it: `0.31 s`, `2 min 5 s`.
public func duration(_ seconds: Double) -> String {
  guard seconds.isFinite else { return fixed(seconds, 0) + " s" }
  if seconds < 10 { return fixed(seconds, 2) + " s" }
  if seconds < 60 { return fixed(seconds, 1) + " s" }
  let whole = (0...1_000_000_000_000_000).clamping(seconds)
  return whole < 3600 ? "\(whole / 60) min \(whole % 60) s" : "\(whole / 3600) h \(whole / 60 % 60) min"
}
