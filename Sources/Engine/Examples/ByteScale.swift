/// The numbers that a network gets for the 256 bytes.
public struct ByteScale: Equatable, Sendable {
  /// One for each byte.
  let numbers: [Float]

  /// x / 255, in float32 as the example divides: 0 to 1.
  public static let unit = ByteScale(numbers: (0...255).map { Float($0) / 255 })

  /// (x / 255 − mean) / deviation, so that inputs of this mean and deviation get 0 and 1.
  /// - Precondition: the deviation is above 0.
  public init(mean: Double, deviation: Double) {
    precondition(deviation > 0, "a deviation is above 0")
    numbers = (0...255).map { Float((Double($0) / 255 - mean) / deviation) }
  }

  private init(numbers: [Float]) { self.numbers = numbers }

  /// Whether bytes of 0 are 0 to the network, and so need not be computed with.
  var keepsZeros: Bool { numbers[0] == 0 }

  /// The number of one byte.
  public subscript(byte: UInt8) -> Float { numbers[Int(byte)] }
}
