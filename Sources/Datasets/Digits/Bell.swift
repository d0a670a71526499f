import Engine

extension Random {
  /// A bell-shaped value of mean 0 and variance 1, never beyond ±3.47: the sum of four even ones, which every machine
  /// computes alike, as it would not a logarithm or a cosine.
  mutating func bell() -> Float {
    let sum: Float = uniform() + uniform() + uniform() + uniform() - 2
    return sum * 1.7320508
  }
}
