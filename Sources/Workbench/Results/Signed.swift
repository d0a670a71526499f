import Pictures

/// Numbers on both sides of 0 as bytes: 0 in the middle, the largest, of either sign, at an end.
enum Signed {
  static func bytes(_ values: some Collection<Float>) -> [UInt8] {
    let maximum = largest(values)
    return values.map { byte($0, maximum) }
  }

  /// The largest finite number, without its sign.
  static func largest(_ values: some Collection<Float>) -> Float {
    values.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
  }

  /// - Parameter maximum: the number at the upper end.
  static func byte(_ value: Float, _ maximum: Float) -> UInt8 {
    guard value.isFinite, maximum > 0 else { return 128 }
    return UInt8(clamping: Double(127.5 + value / maximum * 127.5))
  }
}
