import CKernels

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

  /// Multiplies numbers by their factors, which it keeps; the first of them is number `first`.
  func apply(
    to x: UnsafeMutablePointer<Float>, from first: Int, count: Int, saved: UnsafeMutablePointer<Float>,
    into y: UnsafeMutablePointer<Float>
  ) {
    kernels.drop(x, first, seed, threshold, scale, count, saved, y)
  }
}
