import Engine
import Grammar

/// Writes a data set as NumPy arrays under Keras's names: x_train, y_train, x_test and y_test, stored in a zip archive.
public enum NPZWriter {
  /// The bytes of the file; images are bytes in it, whatever they stand for.
  /// - Throws: `Refusal` when they are too many for memory or for an archive.
  public static func bytes(_ dataset: Dataset) throws(Refusal) -> [UInt8] {
    let need = size(dataset.train) + size(dataset.test)
    guard need < NPZArchive.limit else {
      throw Refusal("\(dataset.name) has \(need) bytes, and an .npz holds at most \(NPZArchive.limit)")
    }
    try Machine.require(2 * need, for: dataset.name, hint: "load \(dataset.name) train=1000")
    return NPZArchive.bytes([
      features(dataset.train, "x_train"), targets(dataset.train, "y_train"), features(dataset.test, "x_test"),
      targets(dataset.test, "y_test"),
    ])
  }

  private static func size(_ examples: Examples) -> Int {
    let width = examples.pixels == nil ? 4 : 1
    let (count, isHuge) = examples.count.multipliedReportingOverflow(by: examples.shape.count * width + 8)
    return isHuge ? .max / 4 : count
  }

  private static func features(_ examples: Examples, _ name: String) -> NPZArchive.Array {
    let shape = [examples.count] + examples.shape.extents
    if let pixels = examples.pixels {
      return .init(name, .bytes, shape, pixels[0..<examples.count * examples.shape.count])
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(4 * examples.count * examples.shape.count)
    for row in 0..<examples.count { bytes += little(examples.numbers(of: row).map(\.bitPattern)) }
    return .init(name, .floats, shape, bytes)
  }

  private static func targets(_ examples: Examples, _ name: String) -> NPZArchive.Array {
    switch examples.targets {
    case .classes(let labels, _):
      .init(name, .integers, [labels.count], little(labels.map { UInt64(bitPattern: Int64($0)) }))
    case .values(let values, let width):
      .init(
        name, .floats, width == 1 ? [values.count] : [values.count / width, width],
        little(values.map(\.bitPattern)))
    }
  }
}

extension Dataset {
  /// The same with numbers as a network gets them, unless they are bytes that stand for 0 to 1.
  /// - Throws: `Refusal` when they do not fit into memory.
  public func asNumbers() throws(Refusal) -> Dataset {
    var numbers = self
    (numbers.train, numbers.test) = (try train.asNumbers(), try test.asNumbers())
    return numbers
  }

  /// Whether its numbers are bytes that stand for 0 to 1.
  public var isUnitBytes: Bool { train.isUnitBytes && test.isUnitBytes }
}

extension Examples {
  fileprivate var isUnitBytes: Bool { if case .bytes(_, .unit) = features { true } else { false } }

  fileprivate func asNumbers() throws(Refusal) -> Examples {
    guard pixels != nil, !isUnitBytes else { return self }
    let (size, isHuge) = count.multipliedReportingOverflow(by: shape.count)
    try Machine.require(isHuge || size > .max / 8 ? .max : 4 * size, for: "\(count) examples", hint: "load digits")
    return Examples(shape: shape, features: .floats(Floats((0..<count).flatMap(numbers(of:)))), targets: targets)
  }
}
