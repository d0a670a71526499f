/// A random generator that is a value: the same seed gives the same numbers, and copies go on alike.
///
/// SplitMix64 (Steele, Lea and Flood 2014): number i is a mix of seed + i·γ, so it can also be had out of order.
public struct Random: RandomNumberGenerator, Equatable, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  /// The seed of a generator that goes on as this one does.
  package var position: UInt64 { state }

  /// 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Random.mix(state)
  }

  /// A generator of its own for one part of the work, whose numbers do not overlap with this one's.
  public mutating func split() -> Random { Random(seed: next()) }

  /// From 0 to below 1, in steps of 2⁻²⁴.
  public mutating func uniform() -> Float { Float(next() >> 40) * 0x1p-24 }

  /// From 0 to below 1, in steps of 2⁻⁵³.
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Number `index` of the generator seeded with `seed`, without the ones before it.
  static func number(_ index: Int, seed: UInt64) -> UInt64 {
    mix(seed &+ UInt64(truncatingIfNeeded: index + 1) &* 0x9E37_79B9_7F4A_7C15)
  }

  /// Number `index` of the generator seeded with `seed`, from 0 to below 1, in steps of 2⁻⁵³.
  static func uniform(_ index: Int, seed: UInt64) -> Double { Double(number(index, seed: seed) >> 11) * 0x1p-53 }

  /// Number `index` of the generator seeded with `seed`, from −limit to below limit.
  static func uniform(_ index: Int, seed: UInt64, within limit: Double) -> Double {
    (2 * uniform(index, seed: seed) - 1) * limit
  }

  private static func mix(_ bits: UInt64) -> UInt64 {
    var z = bits
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
