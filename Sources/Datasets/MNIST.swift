import Engine
import Grammar

/// Handwritten digits (LeCun, Cortes, Burges 1998): 60,000 images to train and 10,000 to test, 28×28, 0 … 255.
public struct MNIST: Source {
  public static let form = Form<MNIST>(
    "mnist", "Handwritten digits: 60,000 images to train and 10,000 to test, 28×28.",
    examples: [], make: { MNIST() }, settings: { _ in () })

  /// Each file and the SHA-256 of its uncompressed bytes as published; the largest first, as it takes longest.
  private static let files = [
    PublishedFile(
      "train-images-idx3-ubyte", rank: 3, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
    PublishedFile(
      "train-labels-idx1-ubyte", rank: 1, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
    PublishedFile(
      "t10k-images-idx3-ubyte", rank: 3, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
    PublishedFile(
      "t10k-labels-idx1-ubyte", rank: 1, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
  ]

  public func load(_ surroundings: LoadContext) throws(Refusal) -> Dataset {
    let folders = surroundings.folders(for: "mnist")
    guard let folder = folders.first(where: { folder in MNIST.files.contains { $0.path(in: folder) != nil } }) else {
      throw .notFound(folders, MNIST.files.map(\.name))
    }
    let cache = Cache(surroundings)
    let copies = try PublishedFile.read(MNIST.files, in: folder, cache, surroundings.threads)
    let (train, test) = (try examples(copies[0], copies[1]), try examples(copies[2], copies[3]))
    // Labels are inflated in less time than a file takes to be written safely.
    for copy in [copies[0], copies[2]] { copy.keep(in: cache) }
    return Dataset(
      name: "mnist", train: train, test: test, classes: (0...9).map(String.init), origin: "from \(folder)")
  }

  public func isFound(in environment: [String: String]) -> Bool {
    LoadContext.folders(for: "mnist", environment).contains { folder in
      MNIST.files.contains { $0.path(in: folder) != nil }
    }
  }

  private func examples(_ images: PublishedFile.Copy, _ labels: PublishedFile.Copy) throws(Refusal) -> Examples {
    let examples = try LabelledImages.join(images.idx, labels.idx, classes: 10)
    try labels.check()
    try images.check()
    return examples
  }
}

/// Images and their labels from two files that belong together.
enum LabelledImages {
  /// - Throws: `Refusal` when there are not as many labels as images, or a label is not below `classes`.
  static func join(_ images: IDX, _ labels: IDX, classes: Int) throws(Refusal) -> Examples {
    guard images.extents[0] == labels.extents[0] else { throw .differentCounts(images, labels) }
    let numbers = labels.bytes.withUnsafeBufferPointer { $0.map(Int.init) }
    if let row = numbers.firstIndex(where: { $0 >= classes }) { throw .noClass(labels, row, numbers[row], classes) }
    return Examples(
      shape: Shape(Array(images.extents.dropFirst())), pixels: images.bytes, labels: numbers, classes: classes)
  }
}

extension Refusal {
  fileprivate static func notFound(_ folders: [String], _ names: [String]) -> Refusal {
    let places = folders.isEmpty ? "nowhere, as neither SUMI_DATA nor HOME is set" : folders.joined(separator: ", ")
    return Refusal(
      "MNIST is not on this machine; looked for \(names[0]) and its three companions (or .gz) in: \(places)",
      hint: "load digits")
  }
  fileprivate static func differentCounts(_ images: IDX, _ labels: IDX) -> Refusal {
    Refusal("\(images.path) has \(images.extents[0]) images, and \(labels.path) has \(labels.extents[0]) labels")
  }
  fileprivate static func noClass(_ labels: IDX, _ row: Int, _ label: Int, _ classes: Int) -> Refusal {
    Refusal("\(labels.path): label \(row) is \(label), expected 0 to \(classes - 1)")
  }
}
