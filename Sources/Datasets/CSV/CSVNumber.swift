/// Reads a number from bytes, faster than by way of a `String`.
enum CSVNumber {
  /// Powers of ten that are exact in double precision.
  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  /// The same of a text.
  static func read(_ text: String, decimal: UInt8) -> Double? {
    Array(text.utf8).withUnsafeBufferPointer { read($0, decimal: decimal) }
  }

  /// nil when it is no number; infinite when it is one without end, or too large.
  /// - Parameter decimal: what stands before the decimals.
  static func read(_ field: UnsafeBufferPointer<UInt8>, decimal: UInt8) -> Double? {
    let text = field.trimmed
    guard !text.isEmpty else { return nil }
    let (start, end) = (0, text.count)
    var place = start
    let isNegative = text[place] == UInt8(ascii: "-")
    if isNegative || text[place] == UInt8(ascii: "+") { place += 1 }
    var (mantissa, digits, exponent) = (UInt64(0), 0, 0)
    var isFraction = false
    while place < end {
      let byte = text[place]
      if byte >= 0x30, byte <= 0x39 {
        // Nineteen digits fit into 64 bits; longer ones take the slow way.
        if digits < 19 { mantissa = mantissa &* 10 &+ UInt64(byte - 0x30) }
        digits += mantissa == 0 ? 0 : 1
        if isFraction { exponent -= 1 }
      } else if byte == decimal, !isFraction {
        isFraction = true
      } else {
        break
      }
      place += 1
    }
    let hasDigits = place > start + (isNegative || text[start] == UInt8(ascii: "+") ? 1 : 0) + (isFraction ? 1 : 0)
    guard hasDigits else { return endless(text[start..<end]) }
    if place < end {
      guard text[place] | 0x20 == UInt8(ascii: "e"), let power = power(text[(place + 1)..<end]) else { return nil }
      exponent += power
    }
    guard digits <= 19, mantissa < 1 << 53, abs(exponent) < powers.count else {
      return slow(text[start..<end], decimal)
    }
    // Both are exact, so the result is the nearest number (Clinger 1990).
    let value = exponent < 0 ? Double(mantissa) / powers[-exponent] : Double(mantissa) * powers[exponent]
    return isNegative ? -value : value
  }

  /// The whole number behind an e; huge ones are cut to where everything is 0 or endless.
  private static func power(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    var rest = text
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    guard !rest.isEmpty else { return nil }
    var value = 0
    for byte in rest {
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      value = min(100_000, value * 10 + Int(byte - 0x30))
    }
    return isNegative ? -value : value
  }

  private static func slow(_ text: Slice<UnsafeBufferPointer<UInt8>>, _ decimal: UInt8) -> Double? {
    Double(String(decoding: text.map { $0 == decimal ? UInt8(ascii: ".") : $0 }, as: UTF8.self))
  }

  /// `inf`, `-Infinity`.
  private static func endless(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Double? {
    // Most texts are words, and are told from these by a letter.
    let signs = [UInt8(ascii: "-"), UInt8(ascii: "+")]
    guard text.count <= 9, text.first(where: { !signs.contains($0) }).map({ $0 | 0x20 }) == UInt8(ascii: "i") else {
      return nil
    }
    let word = String(decoding: text, as: UTF8.self).lowercased()
    let plain = word.hasPrefix("-") || word.hasPrefix("+") ? String(word.dropFirst()) : word
    return ["inf", "infinity"].contains(plain) ? (word.hasPrefix("-") ? -.infinity : .infinity) : nil
  }
}
