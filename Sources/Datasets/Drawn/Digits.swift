import Engine
import Grammar

/// Digits drawn by code, of the size and look of MNIST: no file, no network.
public struct Digits: Source {
  public static let form = Form<Digits>(
    "digits", "Digits drawn by code, as large as MNIST and as hard: needs no file.",
    examples: ["load digits train=1000 test=200"], make: { Digits() }, settings: { _ in () })

  public init() {}

  public func load(_ surroundings: LoadContext) throws(Refusal) -> Dataset {
    let (train, test) = (count(.train, surroundings.train), count(.test, surroundings.test))
    // A byte a pixel, and both forms of a label.
    let room = DigitDrawing.pixelCount + MemoryLayout<UInt8>.size + MemoryLayout<Int>.size
    try Machine.require((train + test) * room, for: "the set of digits", hint: "load digits train=1000 test=200")
    return Dataset(
      name: "digits", train: draw(.train, surroundings.train, surroundings.threads),
      test: draw(.test, surroundings.test, surroundings.threads), classes: (0...9).map(String.init),
      origin: "drawn by code")
  }

  private func count(_ split: DigitImages.Split, _ maximum: Int?) -> Int { min(split.count, maximum ?? split.count) }

  /// The first images of a split, all when `most` is nil, in pieces; each is drawn by its number, so it does not matter
  /// who draws which.
  private func draw(_ split: DigitImages.Split, _ maximum: Int?, _ threads: Threads) -> Examples {
    let count = count(split, maximum)
    var labels = [UInt8](repeating: 0, count: count)
    let images = Bytes(count: count * DigitDrawing.pixelCount) { images in
      labels.withUnsafeMutableBufferPointer { labels in
        let sheet = Sheet(images: images, labels: labels)
        threads.split(count, into: 64) { sheet.draw($0, of: split) }
      }
    }
    return Examples(shape: [28, 28], pixels: images, labels: labels.map(Int.init), classes: 10)
  }
}

/// Where the images of a split go; threads draw in parts that do not overlap.
private struct Sheet: @unchecked Sendable {
  let images: UnsafeMutableBufferPointer<UInt8>
  let labels: UnsafeMutableBufferPointer<UInt8>

  func draw(_ range: Range<Int>, of split: DigitImages.Split) {
    let pixels = range.lowerBound * DigitDrawing.pixelCount..<range.upperBound * DigitDrawing.pixelCount
    DigitImages.draw(
      range, of: split, images: UnsafeMutableBufferPointer(rebasing: images[pixels]),
      labels: UnsafeMutableBufferPointer(rebasing: labels[range]))
  }
}
