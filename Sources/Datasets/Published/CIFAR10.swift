import Engine
import Files
import Glibc
import Grammar

/// Photographs in ten classes (Krizhevsky 2009): 50,000 to train and 10,000 to test, 32×32 in colour.
///
/// The binary version of the set, which needs no pickles. The hash is that of TensorFlow Datasets
/// (`url_checksums/cifar10.txt`); of a file that lies there, gzip's check sum, the names and the lengths of its six
/// parts are verified.
public struct CIFAR10: Source {
  public static let form = Form<CIFAR10>(
    "cifar10", "Photographs in ten classes: 50,000 to train and 10,000 to test, 32×32 in colour.",
    examples: [], make: { CIFAR10() }, settings: { _ in () })

  private static let (side, channels) = (32, 3)
  private static let classes = [
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
  ]
  private static let parts = (1...5).map { "data_batch_\($0).bin" } + ["test_batch.bin"]
  private static let remote = RemoteFile(
    "cifar-10-binary.tar.gz",
    at: [
      "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
      "https://storage.googleapis.com/s4tf-hosted-binaries/datasets/CIFAR10/cifar-10-binary.tar.gz",
    ], bytes: 170_052_171, kind: .gzip,
    digest: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd")

  /// Examples a file; a test may have fewer.
  var count = 10_000

  public init() {}

  private func found(_ environment: [String: String]) -> String? {
    (LoadContext.folders(for: "cifar10", environment) + [LoadContext.keras(environment)].compactMap { $0 })
      .map { "\($0)/\(CIFAR10.remote.name)" }.first { access($0, F_OK) == 0 }
  }

  public func isFound(in environment: [String: String]) -> Bool {
    found(environment) != nil || (Folders(environment: environment).cache != nil && !LoadContext.isOffline(environment))
  }

  public func load(_ context: LoadContext) throws(Refusal) -> Dataset {
    let path = try path(context)
    let record = 1 + CIFAR10.side * CIFAR10.side * CIFAR10.channels
    try Machine.require(2 * 6 * count * record, for: path, hint: "load digits")
    let files = try read(path, limit: count * record)
    return Dataset(
      name: "cifar10", train: try examples(Array(files.prefix(5)), path), test: try examples([files[5]], path),
      classes: CIFAR10.classes, origin: "from \(path)")
  }

  private func path(_ context: LoadContext) throws(Refusal) -> String {
    if let path = found(context.environment) { return path }
    let name = CIFAR10.remote.name
    return try context.fetch([CIFAR10.remote], of: "cifar10", title: "CIFAR-10", sought: name) + "/\(name)"
  }

  /// The six files in their order.
  private func read(_ path: String, limit: Int) throws(Refusal) -> [[UInt8]] {
    let archive = try Tar(path)
    var files: [String: [UInt8]] = [:]
    func name(_ entry: String) -> String { String(entry.split(separator: "/").last ?? "") }
    while let entry = try archive.next(limit: limit, where: { CIFAR10.parts.contains(name($0)) }) {
      if let bytes = entry.bytes { files[name(entry.name)] = bytes }
    }
    var all: [[UInt8]] = []
    for part in CIFAR10.parts {
      guard let bytes = files[part] else { throw Refusal("\(path) holds no \(part)") }
      guard bytes.count == limit else { throw Refusal("\(path): \(part) has \(bytes.count) bytes, expected \(limit)") }
      all.append(bytes)
    }
    return all
  }

  /// A label, then all reds, all greens and all blues of each image; here they stand together at each pixel.
  private func examples(_ files: [[UInt8]], _ path: String) throws(Refusal) -> Examples {
    let area = CIFAR10.side * CIFAR10.side
    let record = 1 + area * CIFAR10.channels
    var labels: [Int] = []
    for bytes in files { labels += (0..<count).map { Int(bytes[$0 * record]) } }
    if let row = labels.firstIndex(where: { $0 >= CIFAR10.classes.count }) {
      throw Refusal("\(path): label \(row) is \(labels[row]), expected 0 to \(CIFAR10.classes.count - 1)")
    }
    let pixels = Bytes(count: labels.count * (record - 1)) { pixels in
      var target = 0
      for bytes in files {
        for image in 0..<count {
          let start = image * record + 1
          for pixel in 0..<area {
            for channel in 0..<CIFAR10.channels {
              pixels[target] = bytes[start + channel * area + pixel]
              target += 1
            }
          }
        }
      }
    }
    return Examples(
      shape: [CIFAR10.side, CIFAR10.side, CIFAR10.channels], pixels: pixels, labels: labels,
      classes: CIFAR10.classes.count)
  }
}
