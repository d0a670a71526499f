/// An initializer whose numbers are the smaller, the more of them meet: after Keras 3.15 `VarianceScaling`.
public protocol ScaledInitializer: Initializer {
  /// Whether numbers lie evenly over a range; else they are normal, truncated at two deviations of the uncut ones.
  static var isEven: Bool { get }

  func variance(_ fans: Fans) -> Double
}

extension ScaledInitializer {
  public func fill(_ values: FloatSpan, shape: Shape, random: inout Random) {
    if Self.isEven {
      values.fillEvenly(within: spread(shape), random: &random)
    } else {
      values.fillNormally(deviation: spread(shape), random: &random)
    }
  }

  /// As far as even numbers go from 0 in a tensor of a shape; the deviation of normal ones before they are cut.
  public func spread(_ shape: Shape) -> Double {
    let variance = self.variance(Fans(shape))
    return Self.isEven ? (3 * variance).squareRoot() : variance.squareRoot() / Random.truncatedDeviation
  }
}
