import Pictures

/// What one case took.
struct Figures: Codable, Sendable {
  var seconds: Double
  /// Examples that went through in that time.
  var images: Int?
  /// Multiplications and additions, those with 0 counted too.
  var operations: Double?
  /// Bytes of memory at most, of the process that did the work.
  var memory: Int?

  var imagesPerSecond: Double? { images.map { Double($0) / seconds } }
  var operationsPerSecond: Double? { operations.map { $0 / seconds } }

  /// Of several runs the median of each figure.
  static func median(_ runs: [Figures]) -> Figures? {
    guard var figures = runs.first else { return nil }
    figures.seconds = runs.map(\.seconds).median ?? figures.seconds
    figures.memory = runs.compactMap { $0.memory.map(Double.init) }.median.map { (0...Int.max).clamping($0) }
    return figures
  }
}

extension [Double] {
  /// The middle one, of an even number the mean of the two in the middle.
  var median: Double? {
    guard !isEmpty else { return nil }
    let ordered = sorted()
    return (ordered[(count - 1) / 2] + ordered[count / 2]) / 2
  }
}
