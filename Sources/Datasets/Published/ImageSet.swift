import Engine
import Files
import Glibc
import Grammar

/// A published set of images in four IDX files: images and labels to train, images and labels to test.
struct ImageSet: Sendable {
  let name: String
  /// What messages call it: `MNIST`.
  let title: String
  let files: [PublishedFile]
  /// Where they can be fetched.
  let remote: [RemoteFile]
  let classes: [String]
  /// What torchvision calls its folder.
  let torch: String
  /// How many examples there are to train and to test, and the sides of the images.
  var counts = [60_000, 10_000]
  var side = 28
  /// The number of the first class.
  var firstLabel = 0
  /// Whether the images lie on their side and are to be mirrored at the diagonal.
  var isTransposed = false
  /// Takes the files out of what was fetched; nil where they are fetched as they are.
  var unpack: (@Sendable (_ archive: String, _ folder: String) throws(Refusal) -> Void)?

  /// The usual names of the four files, and their hashes where they are known; the largest first, as it takes longest.
  static func files(_ prefix: (_ part: String) -> String = { $0 }, digests: [String?] = [nil, nil, nil, nil])
    -> [PublishedFile]
  {
    let names = [
      prefix("train") + "-images-idx3-ubyte", prefix("train") + "-labels-idx1-ubyte",
      prefix("t10k") + "-images-idx3-ubyte",
      prefix("t10k") + "-labels-idx1-ubyte",
    ]
    return zip(names, digests).map { PublishedFile($0, rank: $0.contains("images") ? 3 : 1, $1) }
  }

  /// The four files under each of some addresses.
  /// - Parameters:
  ///   - digests: SHA-256 of the files as they are fetched; nil where others compress them otherwise.
  ///   - contents: SHA-256 of what they hold.
  static func remote(
    at bases: [String], bytes: [Int], digests: [String?] = [nil, nil, nil, nil],
    contents: [String?] = [nil, nil, nil, nil]
  ) -> [RemoteFile] {
    files().enumerated().map { place, file in
      RemoteFile(
        "\(file.name).gz", at: bases.map { "\($0)/\(file.name).gz" }, bytes: bytes[place], kind: .gzip,
        digest: digests[place], contents: contents[place])
    }
  }

  /// Folders in which the files may be, in order: the person's own, the cache, Keras's, torchvision's.
  private func folders(_ environment: [String: String]) -> [String] {
    let own = LoadContext.folders(for: name, environment)
    let data = environment["SUMI_DATA"].flatMap { $0.isEmpty ? nil : $0 }
    return own + [LoadContext.keras(environment).map { "\($0)/\(name)" }].compactMap { $0 }
      + [data, "data"].compactMap { $0 }.map { "\($0)/\(torch)/raw" } + own.map { "\($0)/raw" }
  }

  /// The first folder that holds all four.
  private func found(_ environment: [String: String]) -> String? {
    folders(environment).first { folder in files.allSatisfy { $0.path(in: folder) != nil } }
  }

  /// The first folder that holds some of them, which is worth a word where the others are not to be had.
  private func begun(_ environment: [String: String]) -> String? {
    folders(environment).first { folder in files.contains { $0.path(in: folder) != nil } }
  }

  /// Whether its files are on this machine.
  func isThere(in environment: [String: String]) -> Bool { found(environment) != nil }

  /// Whether it is there, or can be fetched.
  func isFound(in environment: [String: String]) -> Bool {
    begun(environment) != nil || (Folders(environment: environment).cache != nil && !LoadContext.isOffline(environment))
  }

  func load(_ context: LoadContext) throws(Refusal) -> Dataset {
    let folder = try folder(context)
    do throws(Refusal) { return try load(from: folder, context) } catch {
      guard folder == context.downloads(of: name) else { throw error }
      throw Refusal("\(error.message); load \(name) fetches it again once it is deleted", hint: error.hint)
    }
  }

  private func load(from folder: String, _ context: LoadContext) throws(Refusal) -> Dataset {
    let cache = Cache(context)
    let copies = try PublishedFile.read(files, of: name, in: folder, cache, context.threads)
    let (train, test) = (try examples(copies[0], copies[1]), try examples(copies[2], copies[3]))
    // Labels are inflated in less time than a file takes to be written safely.
    for copy in [copies[0], copies[2]] { copy.keep(in: cache) }
    try check(copies)
    return Dataset(name: name, train: train, test: test, classes: classes, origin: "from \(folder)")
  }

  /// Where the files are; they are fetched when they are nowhere.
  private func folder(_ context: LoadContext) throws(Refusal) -> String {
    if let folder = found(context.environment) { return folder }
    if context.downloads(of: name) == nil, let folder = begun(context.environment) { return folder }
    let folder = try context.fetch(
      remote, of: name, title: title, sought: "\(files[0].name) and its three companions (or .gz)")
    if let unpack, let archive = remote.first { try unpack("\(folder)/\(archive.name)", folder) }
    return folder
  }

  /// Where nobody published hashes, counts and extents tell whether it is the whole set.
  private func check(_ copies: [PublishedFile.Copy]) throws(Refusal) {
    for (index, copy) in copies.enumerated() where files[index].digest == nil {
      let expected = Shape(files[index].rank == 3 ? [counts[index / 2], side, side] : [counts[index / 2]])
      guard Shape(copy.idx.extents) == expected else {
        throw Refusal("\(copy.idx.path) holds \(Shape(copy.idx.extents)), and \(title) has \(expected) there")
      }
    }
  }

  private func examples(_ images: PublishedFile.Copy, _ labels: PublishedFile.Copy) throws(Refusal) -> Examples {
    let examples = try LabelledImages.join(images.idx, labels.idx, classes: classes.count, first: firstLabel)
    try labels.check()
    try images.check()
    guard isTransposed, let pixels = examples.pixels else { return examples }
    return Examples(
      shape: examples.shape, features: .bytes(try transposed(pixels, images.idx), .unit), targets: examples.targets)
  }

  /// Rows and columns of every image exchanged.
  private func transposed(_ pixels: Bytes, _ idx: IDX) throws(Refusal) -> Bytes {
    try Machine.require(pixels.count, for: idx.path, hint: "load digits")
    let (rows, columns) = (idx.extents[1], idx.extents[2])
    guard rows == columns else { throw Refusal("\(idx.path) holds images of \(rows)×\(columns); expected squares") }
    return Bytes(count: pixels.count) { turned in
      pixels.withUnsafeBufferPointer { pixels in
        for start in stride(from: 0, to: pixels.count, by: rows * columns) {
          for row in 0..<rows {
            for column in 0..<columns { turned[start + column * rows + row] = pixels[start + row * columns + column] }
          }
        }
      }
    }
  }
}

/// Images and their labels from two files that belong together.
enum LabelledImages {
  /// - Parameter first: the label of the first class.
  /// - Throws: `Refusal` when there are not as many labels as images, or a label is not below `classes`.
  static func join(_ images: IDX, _ labels: IDX, classes: Int, first: Int = 0) throws(Refusal) -> Examples {
    guard images.extents[0] == labels.extents[0] else { throw .differentCounts(images, labels) }
    let numbers = labels.bytes.withUnsafeBufferPointer { $0.map { Int($0) - first } }
    if let row = numbers.firstIndex(where: { $0 >= classes || $0 < 0 }) {
      throw .noClass(labels, row, numbers[row] + first, first...(classes + first - 1))
    }
    return Examples(
      shape: Shape(Array(images.extents.dropFirst())), pixels: images.bytes, labels: numbers, classes: classes)
  }
}

extension Refusal {
  fileprivate static func differentCounts(_ images: IDX, _ labels: IDX) -> Refusal {
    Refusal("\(images.path) has \(images.extents[0]) images, and \(labels.path) has \(labels.extents[0]) labels")
  }
  fileprivate static func noClass(_ labels: IDX, _ row: Int, _ label: Int, _ range: ClosedRange<Int>) -> Refusal {
    Refusal("\(labels.path): label \(row) is \(label), expected \(range.lowerBound) to \(range.upperBound)")
  }
}
