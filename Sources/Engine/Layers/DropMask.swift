/// Which numbers a dropout keeps: number i by its own random number, whatever thread asks.
struct DropMask: Sendable {
  private let seed: UInt64
  private let threshold: UInt64
  private let scale: Float

  init(rate: Double, seed: UInt64) {
    self.seed = seed
    threshold = UInt64(rate * 0x1p53)
    scale = Float(1 / (1 - rate))
  }

  /// 1 / (1 − rate) with the probability 1 − rate, else 0.
  func factor(_ index: Int) -> Float { Random.number(index, seed: seed) >> 11 >= threshold ? scale : 0 }
}
