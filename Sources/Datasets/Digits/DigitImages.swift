import Engine

/// The images of the built-in data set, any part of which can be drawn by itself.
enum DigitImages {
  /// A part of the data set, and the seed from which it is drawn.
  enum Split: UInt64, Sendable {
    case train = 0x7472_6169_6E
    case test = 0x7465_7374

    /// Images in the split.
    var count: Int {
      switch self {
      case .train: 60_000
      case .test: 10_000
      }
    }
  }

  /// Draws a range of a split: → images [range.count, 28, 28], labels [range.count], each 0 … 9.
  ///
  /// Image i depends on the split and on i alone, so any threads may draw any ranges.
  static func draw(
    _ range: Range<Int>, of split: Split, images: UnsafeMutableBufferPointer<UInt8>,
    labels: UnsafeMutableBufferPointer<UInt8>
  ) {
    let size = DigitDrawing.pixelCount
    precondition(images.count == range.count * size, "784 bytes an image")
    precondition(labels.count == range.count, "a byte a label")
    // A split is numbered from a place of its own that no index of the other reaches.
    var first = Random(seed: split.rawValue)
    let start = first.next()
    for (place, index) in range.enumerated() {
      // Seeds in a row give streams that overlap; the numbers that they give first do not.
      var seeds = Random(seed: start &+ UInt64(index))
      var random = seeds.split()
      let chance: Float = random.uniform()
      let digit = Int(chance * 10)
      labels[place] = UInt8(digit)
      let pixels = UnsafeMutableBufferPointer(rebasing: images[place * size..<(place + 1) * size])
      DigitDrawing.draw(digit, random: &random, into: pixels)
    }
  }
}
