extension ClosedRange<Int> {
  /// The whole number that a figure rounds to, held within the range; NaN gives the lower bound.
  ///
  /// `Int(value)` ends the program where the value is not finite or too large; every figure that a person or a file
  /// can influence comes through here instead.
  public func clamping(
    _ value: Double, _ rule: FloatingPointRoundingRule = .toNearestOrAwayFromZero
  ) -> Int {
    guard value > Double(lowerBound) else { return lowerBound }
    guard value < Double(upperBound) else { return upperBound }
    return Swift.min(upperBound, Swift.max(lowerBound, Int(value.rounded(rule))))
  }
}

extension UInt8 {
  /// The byte that a figure rounds to, 0 below the range, 255 above it; NaN gives 0.
  public init(clamping value: Double) { self = UInt8((0...255).clamping(value)) }
}
