import Engine

/// A digit drawn as if by hand, in the frame of MNIST: 28 × 28 bytes, 0 the paper, 255 the ink.
enum DigitDrawing {
  /// Bytes of an image.
  static let pixelCount = InkBox.sheetSide * InkBox.sheetSide

  /// Draws a digit, 0 … 9, in a way, by a hand and with a pen that `random` chooses: → [784].
  ///
  /// Only + − × ÷ and square root, which IEEE 754 makes exact, so the bytes are the same on every machine.
  static func draw(
    _ digit: Int, random: inout Random, into pixels: UnsafeMutableBufferPointer<UInt8>
  ) {
    precondition(pixels.count == pixelCount, "an image is 784 bytes")
    let template = DigitTemplate.choose(for: digit, random: &random)
    let hand = Hand(random: &random)
    withUnsafeTemporaryAllocation(of: PenPath.Point.self, capacity: PenPath.capacity) { points in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: InkBox.side * InkBox.side) { ink in
        var path = PenPath(points: points)
        path.write(template, by: hand, random: &random)
        // The faintest edge of the line may fall outside the box.
        path.fit(side: Float(InkBox.side), margin: hand.radius + hand.softness / 2 - 0.3)
        let box = InkBox(ink: ink)
        box.draw(path, radius: hand.radius, softness: hand.softness)
        box.lay(on: pixels)
      }
    }
  }
}
