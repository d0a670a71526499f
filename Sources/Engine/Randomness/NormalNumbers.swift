import Glibc

extension Random {
  /// A normal number of mean 0 and variance 1: √(−2·ln u)·cos 2πv (Box and Muller 1958), of two uniformly distributed
  /// numbers u and v.
  ///
  /// The second number that the method gives is dropped, so that the generator's state stays one number.
  public mutating func normal() -> Double {
    // From above 0 to 1, so the logarithm is finite.
    let u: Double = 1 - uniform()
    let v: Double = uniform()
    return (-2 * log(u)).squareRoot() * cos(2 * .pi * v)
  }

  /// The standard deviation of normal numbers truncated at ±2, by which they are made wider again.
  static let truncatedDeviation = 0.87962566103423978

  /// A normal number, drawn again until it lies within ±2.
  public mutating func truncatedNormal() -> Double {
    while true {
      let number = normal()
      if abs(number) <= 2 { return number }
    }
  }
}

extension FloatSpan {
  /// Even numbers of mean 0, as far from it as a limit.
  func fillEvenly(within limit: Double, random: inout Random) {
    let limit = Float(limit)
    for i in 0..<count { self[i] = (2 * random.uniform() - 1) * limit }
  }

  /// Normal numbers of mean 0, truncated at two deviations of the uncut ones.
  func fillNormally(deviation: Double, random: inout Random) {
    for i in 0..<count { self[i] = Float(deviation * random.truncatedNormal()) }
  }
}
