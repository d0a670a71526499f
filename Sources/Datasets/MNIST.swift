import Engine
import Glibc
import Grammar

/// Handwritten digits (LeCun, Cortes, Burges 1998): 60,000 images to train and 10,000 to test, 28×28, 0 … 255.
public struct MNIST: Source {
  public static let form = Form<MNIST>(
    "mnist", "Handwritten digits: 60,000 images to train and 10,000 to test, 28×28.",
    examples: [], make: { MNIST() }, settings: { _ in () })

  /// Each file and the SHA-256 of its uncompressed bytes as published.
  private static let files = (
    trainImages: PublishedFile(
      "train-images-idx3-ubyte", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
    trainLabels: PublishedFile(
      "train-labels-idx1-ubyte", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
    testImages: PublishedFile(
      "t10k-images-idx3-ubyte", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
    testLabels: PublishedFile(
      "t10k-labels-idx1-ubyte", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2")
  )

  public func load(_ surroundings: Surroundings) throws(Refusal) -> Dataset {
    let folders = surroundings.folders(for: "mnist")
    let names = [MNIST.files.trainImages, MNIST.files.trainLabels, MNIST.files.testImages, MNIST.files.testLabels]
    guard let folder = folders.first(where: { folder in names.contains { $0.path(in: folder) != nil } }) else {
      throw .notFound(folders, names.map(\.name))
    }
    return Dataset(
      name: "mnist", train: try examples(MNIST.files.trainImages, MNIST.files.trainLabels, folder),
      test: try examples(MNIST.files.testImages, MNIST.files.testLabels, folder),
      classes: (0...9).map(String.init), origin: "from \(folder)")
  }

  public func isFound(in environment: [String: String]) -> Bool {
    Surroundings.folders(for: "mnist", environment).contains { MNIST.files.trainImages.path(in: $0) != nil }
  }

  private func examples(
    _ images: PublishedFile, _ labels: PublishedFile, _ folder: String
  ) throws(Refusal) -> Examples {
    let labels = try labels.read(in: folder, rank: 1)
    let images = try images.read(in: folder, rank: 3)
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
    if let row = labels.bytes.firstIndex(where: { $0 >= classes }) { throw .noClass(labels, row, classes) }
    return Examples(
      shape: Shape(Array(images.extents.dropFirst())), pixels: Bytes(images.bytes), labels: labels.bytes.map(Int.init),
      classes: classes)
  }
}

/// A file that others publish, with the hash that tells whether it is theirs.
struct PublishedFile {
  let name: String
  let digest: String

  init(_ name: String, _ digest: String) {
    self.name = name
    self.digest = digest
  }

  /// Where it is in a folder, plain before gzip.
  func path(in folder: String) -> String? {
    ["\(folder)/\(name)", "\(folder)/\(name).gz"].first { access($0, F_OK) == 0 }
  }

  /// The file as it was read, with what its hash should be.
  struct Copy {
    let idx: IDX
    let digest: String

    /// - Throws: `Refusal` when it is not the published file.
    func check() throws(Refusal) {
      guard idx.digest == digest else { throw .notThePublished(idx, digest) }
    }
  }

  func read(in folder: String, rank: Int) throws(Refusal) -> Copy {
    guard let path = path(in: folder) else {
      throw Refusal("\(folder) has no \(name) and no \(name).gz", hint: "load digits")
    }
    return Copy(idx: try IDX(path, rank: rank), digest: digest)
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
  fileprivate static func noClass(_ labels: IDX, _ row: Int, _ classes: Int) -> Refusal {
    Refusal("\(labels.path): label \(row) is \(labels.bytes[row]), expected 0 to \(classes - 1)")
  }
  fileprivate static func notThePublished(_ idx: IDX, _ digest: String) -> Refusal {
    Refusal("\(idx.path) is not the published file: its SHA-256 is \(idx.digest), expected \(digest)")
  }
}
