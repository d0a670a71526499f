import Engine

/// What kind of numbers the examples of a data set are.
struct InputFacts {
  /// `uint8`, `float32` or `lists`.
  let type: String
  /// The least and the largest number as they are stored.
  let range: ClosedRange<Double>
  /// The share of numbers that are 0.
  let zeros: Double
  /// Numbers that are missing.
  let missing: Int
  /// In words.
  let sentence: String

  init(_ examples: Examples) {
    let range = examples.range
    self.range = Double(range.lowerBound)...Double(range.upperBound)
    let total = examples.count * examples.shape.count
    let ends = "\(InputFacts.text(range.lowerBound)) … \(InputFacts.text(range.upperBound))"
    func share(_ count: Int) -> Double { total == 0 ? 0 : Double(count) / Double(total) }
    switch examples.features {
    case .bytes(let bytes, let scale):
      func given(_ byte: Float) -> String { InputFacts.text(scale[UInt8(clamping: Int(exactly: byte) ?? 0)]) }
      zeros = share(bytes.withUnsafeBufferPointer { $0.prefix(total).count { $0 == 0 } })
      (type, missing) = ("uint8", 0)
      sentence =
        "bytes \(ends), \(percent(zeros)) of them 0, given to the network as \(given(range.lowerBound)) … "
        + given(range.upperBound)
    case .floats(let floats):
      let (zeros, missing) = floats.withUnsafeBufferPointer { floats in
        (floats.prefix(total).count { $0 == 0 }, floats.prefix(total).count { $0.isNaN })
      }
      (type, self.missing, self.zeros) = ("float32", missing, share(zeros))
      sentence =
        "numbers \(ends), \(percent(self.zeros)) of them 0, \(missing == 0 ? "none" : grouped(missing)) missing"
    case .lists(let lists):
      let entries = (0..<examples.count).reduce(0) { $0 + lists.entries(of: $1).count }
      (type, missing, zeros) = ("lists", 0, 1 - share(entries))
      sentence =
        "each 0 or 1, \(grouped(entries / max(1, examples.count))) of them 1 in an example, \(percent(zeros)) 0"
    case .source:
      (type, missing, zeros) = ("float32", 0, 0)
      sentence = "numbers that are read from a file when they are wanted"
    }
  }

  static func text(_ number: Float) -> String {
    if let whole = Int(exactly: number) { return String(whole) }
    return abs(number) < 0.01 ? ValueTable.text(number) : fixed(Double(number), 2)
  }
}
