import CKernels

/// Examples with their classes: images of bytes, read as numbers from 0 to 1.
public struct Examples: Sendable {
  /// The shape of one example.
  public let shape: Shape
  /// `[count, shape]`, row by row.
  public let pixels: Bytes
  /// The class of each example, below `classes`.
  public let labels: [Int]
  public let classes: Int

  /// - Precondition: `pixels` holds `labels.count` examples, and every label is below `classes`.
  public init(shape: Shape, pixels: Bytes, labels: [Int], classes: Int) {
    precondition(pixels.count >= shape.count * labels.count, "there are pixels for every label")
    self.shape = shape
    self.pixels = pixels
    self.labels = labels
    self.classes = classes
  }

  public var count: Int { labels.count }

  /// The memory of its pixels, and of the labels with them.
  public var held: [ObjectIdentifier: Int] {
    [ObjectIdentifier(pixels): pixels.count + labels.count * MemoryLayout<Int>.stride]
  }

  /// The first `count` examples.
  public func first(_ count: Int) -> Examples {
    Examples(shape: shape, pixels: pixels, labels: Array(labels.prefix(count)), classes: classes)
  }

  /// The bytes of one example.
  public func bytes(of index: Int) -> [UInt8] { pixels[index * shape.count..<(index + 1) * shape.count] }

  /// The least and the largest byte; 0 when there is none.
  public var range: ClosedRange<UInt8> {
    pixels.withUnsafeBufferPointer { pixels in
      var (minimum, maximum) = (UInt8.max, UInt8.min)
      for byte in pixels.prefix(count * shape.count) { (minimum, maximum) = (min(minimum, byte), max(maximum, byte)) }
      return min(minimum, maximum)...maximum
    }
  }

  /// Bytes as the network gets them: x / 255, in float32 as the example divides.
  static let scale: [Float] = (0...255).map { Float($0) / 255 }

  /// All bytes, and the numbers as which the 256 bytes are read, held for the time.
  func withBytes(_ body: (UnsafePointer<UInt8>, UnsafePointer<Float>) -> Void) {
    pixels.withUnsafeBufferPointer { pixels in
      Examples.scale.withUnsafeBufferPointer { scale in
        guard let pixels = pixels.baseAddress, let scale = scale.baseAddress else { return }
        body(pixels, scale)
      }
    }
  }

  /// Writes the given examples, `[rows, shape]` from 0 to 1.
  func gather(_ rows: ArraySlice<Int>, into input: FloatSpan, threads: Threads) {
    let (size, first) = (shape.count, rows.startIndex)
    withBytes { pixels, scale in
      // Only read, while this call lasts.
      nonisolated(unsafe) let (pixels, scale) = (pixels, scale)
      threads.split(rows.count, into: 8) { range in
        for row in range {
          let (source, target) = (pixels + rows[first + row] * size, input.base + row * size)
          kernels.read_bytes(source, scale, size, target)
        }
      }
    }
  }

  /// Writes the targets of the given examples, `[rows, width]`: one-hot, or with a width of 1 the class itself, 0 or 1.
  func gatherTargets(_ rows: ArraySlice<Int>, into targets: FloatSpan, width: Int) {
    targets.fill(0)
    for (row, example) in rows.enumerated() {
      if width == 1 { targets[row] = Float(labels[example]) } else { targets[row * width + labels[example]] = 1 }
    }
  }
}
