import Engine
import Foundation
import Grammar
import TestSupport
import Testing

@testable import Datasets

@Suite("MNIST")
struct MNISTTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
    try FileManager.default.createDirectory(atPath: folder["mnist"], withIntermediateDirectories: false)
  }

  private static let names = [
    "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte",
  ]

  private func refusal() throws -> Refusal {
    let surroundings = LoadContext(environment: ["SUMI_DATA": folder.path], threads: Threads(count: 1))
    return try #require(#expect(throws: Refusal.self) { try MNIST().load(surroundings) })
  }

  private func write(images: [UInt8] = IDXFile.images, labels: [UInt8] = IDXFile.labels) throws {
    for name in MNISTTests.names { try folder.write(name.contains("images") ? images : labels, to: "mnist/\(name)") }
  }

  @Test("where no file is, the folders that were searched are named, and digits are offered")
  func missing() throws {
    let refusal = try refusal()
    #expect(refusal.message.hasPrefix("MNIST is not on this machine; looked for train-images-idx3-ubyte"))
    #expect(refusal.message.hasSuffix("in: \(folder["mnist"])"))
    #expect(refusal.hint == "load digits")
  }

  @Test("where one of the four is missing, it is named")
  func incomplete() throws {
    try write()
    try FileManager.default.removeItem(atPath: folder["mnist/train-labels-idx1-ubyte"])
    let refusal = try refusal()
    #expect(refusal.message == "\(folder["mnist"]) has no train-labels-idx1-ubyte and no train-labels-idx1-ubyte.gz")
    #expect(refusal.hint == "load digits")
  }

  @Test("images and labels of different counts are refused with both counts")
  func counts() throws {
    try write(labels: [0, 0, 8, 1, 0, 0, 0, 3, 7, 9, 1])
    #expect(
      try refusal().message == "\(folder["mnist"])/train-images-idx3-ubyte has 2 images, and "
        + "\(folder["mnist"])/train-labels-idx1-ubyte has 3 labels")
  }

  @Test("a label that is no class is refused with its place")
  func labels() throws {
    try write(labels: [0, 0, 8, 1, 0, 0, 0, 2, 9, 10])
    #expect(try refusal().message == "\(folder["mnist"])/train-labels-idx1-ubyte: label 1 is 10, expected 0 to 9")
  }

  @Test("files that are sound but not the published ones are refused with both hashes")
  func hash() throws {
    try write()
    let message = try refusal().message
    #expect(message.contains("is not the published file: its SHA-256 is "))
    #expect(message.contains(#/its SHA-256 is [0-9a-f]{64}, expected [0-9a-f]{64}$/#))
  }

  @Test("a plain file is taken before its gzip")
  func plainFirst() throws {
    try write()
    try folder.write("rubbish", to: "mnist/train-labels-idx1-ubyte.gz")
    #expect(try refusal().message.contains("SHA-256"))
  }

  private static let hasFiles = ProcessInfo.processInfo.environment["SUMI_DATA"] != nil
  private static let isRequired = ProcessInfo.processInfo.environment["SUMI_NEEDS_MNIST"] != nil

  @Test(
    "the published files load with their known counts, and from the cache the same",
    .enabled(if: hasFiles || isRequired, "SUMI_DATA is not set"))
  func published() throws {
    var environment = ProcessInfo.processInfo.environment
    environment["XDG_CACHE_HOME"] = folder.path
    let surroundings = LoadContext(
      environment: environment, threads: Threads(count: 2), mayCache: true)
    let (dataset, again) = (try MNIST().load(surroundings), try MNIST().load(surroundings))
    let kept = try FileManager.default.contentsOfDirectory(atPath: folder["sumi/inflated"])
    // Plain files need no cache.
    #expect(kept.isEmpty || kept.sorted() == ["t10k-images-idx3-ubyte", "train-images-idx3-ubyte"])
    for (one, other) in [(dataset.train, again.train), (dataset.test, again.test)] {
      #expect(one.labels == other.labels)
      #expect((0..<one.count).allSatisfy { one.bytes(of: $0) == other.bytes(of: $0) })
    }
    #expect(dataset.shape == [28, 28])
    #expect(dataset.classes == (0...9).map(String.init))
    #expect(dataset.train.count == 60_000)
    // Counts of the published labels (LeCun, Cortes, Burges 1998).
    #expect(counts(dataset.train) == [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949])
    #expect(counts(dataset.test) == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009])
    #expect(Array(dataset.train.labels.prefix(5)) == [5, 0, 4, 1, 9])
    #expect(dataset.train.bytes(of: 0).reduce(0) { $0 + Int($1) } == 27_525)
  }

  private func counts(_ examples: Examples) -> [Int] {
    examples.labels.reduce(into: [Int](repeating: 0, count: 10)) { $0[$1] += 1 }
  }
}
