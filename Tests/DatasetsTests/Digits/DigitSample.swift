@testable import Datasets

/// Some images of the built-in digits, drawn for a test.
struct DigitSample {
  let images: [UInt8]
  let labels: [UInt8]

  init(_ range: Range<Int>, of split: DigitImages.Split) {
    var images = [UInt8](repeating: 7, count: range.count * 784)
    var labels = [UInt8](repeating: 77, count: range.count)
    images.withUnsafeMutableBufferPointer { images in
      labels.withUnsafeMutableBufferPointer { labels in
        DigitImages.draw(range, of: split, images: images, labels: labels)
      }
    }
    self.images = images
    self.labels = labels
  }

  var count: Int { labels.count }

  func image(_ index: Int) -> ArraySlice<UInt8> { images[index * 784..<(index + 1) * 784] }

  /// FNV-1a, 64 bits, over the images and then the labels.
  var fingerprint: UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in images { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    for byte in labels { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    return hash
  }

  /// How many rows and columns the ink of an image spans, and its centre of mass, in pixels.
  func frame(_ index: Int) -> (height: Int, width: Int, x: Float, y: Float) {
    let inked = image(index).enumerated().filter { $0.element > 0 }
    let rows = inked.map { $0.offset / 28 }
    let columns = inked.map { $0.offset % 28 }
    let weights = inked.map { Float($0.element) }
    let mass = weights.reduce(0, +)
    return (
      (rows.max() ?? 0) - (rows.min() ?? 0) + 1, (columns.max() ?? 0) - (columns.min() ?? 0) + 1,
      zip(weights, columns).map { $0 * Float($1) }.reduce(0, +) / mass,
      zip(weights, rows).map { $0 * Float($1) }.reduce(0, +) / mass
    )
  }
}
