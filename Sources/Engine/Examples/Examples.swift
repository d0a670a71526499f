import Grammar

/// Examples: what the network gets of each, and what it should say.
public struct Examples: Sendable {
  /// The shape of one example.
  public let shape: Shape
  public let features: Features
  public let targets: Targets

  /// - Precondition: there are features for every target.
  public init(shape: Shape, features: Features, targets: Targets) {
    precondition(features.count >= shape.count * targets.count, "there are features for every target")
    self.shape = shape
    self.features = features
    self.targets = targets
  }

  /// Images of bytes, read as numbers from 0 to 1, with their classes.
  /// - Precondition: `pixels` holds `labels.count` examples, and every label is below `classes`.
  public init(shape: Shape, pixels: Bytes, labels: [Int], classes: Int) {
    self.init(shape: shape, features: .bytes(pixels, .unit), targets: .classes(labels, count: classes))
  }

  public var count: Int { targets.count }

  /// The class of each example; none where they have values instead.
  public var labels: [Int] { if case .classes(let labels, _) = targets { labels } else { [] } }

  /// How many classes there are; 0 where the examples have values instead.
  public var classes: Int { if case .classes(let count) = targets.kind { count } else { 0 } }

  /// The class of each example.
  /// - Parameter hint: a line that does without classes.
  /// - Throws: `Refusal` where they have values instead.
  public func requireClasses(hint: String) throws(Refusal) -> [Int] {
    guard case .classes(let labels, _) = targets else { throw .notClasses(hint: hint) }
    return labels
  }

  /// The bytes of all examples, `[count, shape]`; nil where the features are no bytes.
  public var pixels: Bytes? { if case .bytes(let bytes, _) = features { bytes } else { nil } }

  /// The memory of its features, and of the targets with them.
  public var held: [ObjectIdentifier: Int] { features.held.mapValues { $0 + targets.byteCount } }

  /// The first `count` examples.
  public func first(_ count: Int) -> Examples {
    Examples(shape: shape, features: features, targets: targets.first(count))
  }

  /// The numbers of one example, as the network gets them.
  public func numbers(of index: Int) -> [Float] { features.numbers(of: index, size: shape.count) }

  /// The bytes of one example; numbers that are no bytes are held within 0 to 1, and 1 becomes 255.
  public func bytes(of index: Int) -> [UInt8] {
    if let pixels { return pixels[index * shape.count..<(index + 1) * shape.count] }
    return numbers(of: index).map { UInt8(clamping: Int((min(max($0.isNaN ? 0 : $0, 0), 1) * 255).rounded())) }
  }

  /// The least and the largest number as they are stored, bytes as bytes; 0 when there is none.
  public var range: ClosedRange<Float> {
    func range<Number: Comparable>(_ numbers: some Collection<Number>, _ zero: Number) -> (Number, Number) {
      guard var minimum = numbers.first else { return (zero, zero) }
      var maximum = minimum
      for number in numbers { (minimum, maximum) = (min(minimum, number), max(maximum, number)) }
      return (minimum, maximum)
    }
    let size = count * shape.count
    switch features {
    case .bytes(let bytes, _):
      let (low, high) = bytes.withUnsafeBufferPointer { range($0.prefix(size), 0) }
      return Float(low)...Float(high)
    case .floats(let floats):
      let (low, high) = floats.withUnsafeBufferPointer { range($0.prefix(size).lazy.filter { !$0.isNaN }, 0) }
      return low...high
    case .source:
      // As far as some of them tell: reading all of them could take minutes.
      let some = stride(from: 0, to: count, by: max(1, count / 256)).flatMap { numbers(of: $0) }
      let (low, high) = range(some.filter { !$0.isNaN }, 0)
      return low...high
    case .lists(let lists):
      guard let values = lists.values else { return 0...(lists.indices.count > 0 ? 1 : 0) }
      return 0...max(0, values.withUnsafeBufferPointer { range($0, 0).1 })
    }
  }

  /// Bytes as the network gets them unless it is said otherwise.
  static var scale: [Float] { ByteScale.unit.numbers }
}

extension Refusal {
  /// What counts classes does not go with values.
  /// - Parameter hint: a line that does without classes.
  public static func notClasses(hint: String) -> Refusal {
    Refusal("the data set has values, not classes", hint: hint)
  }
}
