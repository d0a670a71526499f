import Engine
import Foundation
import Grammar
import TestSupport
import Testing

@testable import Datasets
@testable import Files

@Suite("Published sets of images")
struct ImageSetTests {
  private let folder: Folder
  private let server: FileServer

  init() throws { (folder, server) = (try Folder(), try FileServer()) }

  private func idx(_ extents: [Int], _ bytes: [UInt8]) -> [UInt8] {
    [0, 0, 8, UInt8(extents.count)] + extents.flatMap { ArchiveFile.number($0, 4).reversed() } + bytes
  }

  /// A set of five images of 2×2 to train and three to test.
  private func small(_ change: (inout ImageSet) -> Void = { _ in }) -> ImageSet {
    var set = ImageSet(
      name: "small", title: "Small", files: ImageSet.files(),
      remote: ImageSet.remote(at: [server.address("x")], bytes: [1000, 1000, 1000, 1000]), classes: ["a", "b", "c"],
      torch: "Small",
      counts: [5, 3], side: 2)
    change(&set)
    return set
  }

  private func parts(_ labels: [UInt8] = [0, 1, 2, 0, 1]) throws -> [(String, [UInt8])] {
    let names = ImageSet.files().map { "\($0.name).gz" }
    let bytes = [
      idx([5, 2, 2], Array(0..<20)), idx([5], labels), idx([3, 2, 2], Array(100..<112)),
      idx([3], Array(labels.prefix(3))),
    ]
    return Array(zip(names, try bytes.map { try folder.gzip($0) }))
  }

  private func context(_ environment: [String: String]) -> LoadContext {
    LoadContext(environment: environment, threads: Threads(count: 1), mayCache: true)
  }

  @Test func `with an empty cache the four files are fetched, checked and loaded, once`() throws {
    for (name, bytes) in try parts() { server.serve("x/\(name)", .bytes(bytes)) }
    let environment = ["XDG_CACHE_HOME": folder["cache"]]
    let dataset = try small().load(context(environment))
    #expect(dataset.train.count == 5 && dataset.test.count == 3 && dataset.shape == [2, 2])
    #expect(dataset.origin == "from \(folder["cache/sumi/small"])")
    #expect(server.asked.count == 4)
    _ = try small().load(context(environment))
    #expect(server.asked.count == 4)
  }

  @Test func `a set that broke off is gone on with, and fetches what is missing alone`() throws {
    let (parts, environment) = (try parts(), ["XDG_CACHE_HOME": folder["cache"]])
    for (name, bytes) in parts.prefix(2) { server.serve("x/\(name)", .bytes(bytes)) }
    #expect(throws: Refusal.self) { try small().load(context(environment)) }
    for (name, bytes) in parts { server.serve("x/\(name)", .bytes(bytes)) }
    #expect(try small().load(context(environment)).test.count == 3)
    for (name, _) in parts.prefix(2) { #expect(server.asked.filter { $0 == "x/\(name)" }.count == 1) }
  }

  @Test func `a folder that holds some of the files does not hide one that holds them all`() throws {
    let parts = try parts()
    for name in ["data/small", "cache/sumi/small"] { try Folders.make(folder[name]) }
    try folder.write(parts[0].1, to: "data/small/\(parts[0].0)")
    let environment = ["SUMI_DATA": folder["data"], "XDG_CACHE_HOME": folder["cache"], "SUMI_OFFLINE": "yes"]
    let refusal = #expect(throws: Refusal.self) { try small().load(context(environment)) }
    #expect(refusal?.message.hasPrefix("\(folder["data/small"]) has no train-labels-idx1-ubyte") == true)
    for (name, bytes) in parts { try folder.write(bytes, to: "cache/sumi/small/\(name)") }
    #expect(try small().load(context(environment)).origin == "from \(folder["cache/sumi/small"])")
  }

  @Test func `a file of the cache that is not the published one is told with what to do`() throws {
    try Folders.make(folder["cache/sumi/small"])
    for (name, bytes) in try parts() { try folder.write(bytes, to: "cache/sumi/small/\(name)") }
    let refusal = #expect(throws: Refusal.self) {
      try small { $0.counts = [6, 3] }.load(context(["XDG_CACHE_HOME": folder["cache"]]))
    }
    #expect(refusal?.message.hasSuffix("; load small fetches it again once it is deleted") == true)
  }

  @Test func `labels may count from 1, and images may lie on their side`() throws {
    for (name, bytes) in try parts([1, 2, 3, 1, 2]) { server.serve("x/\(name)", .bytes(bytes)) }
    let set = small {
      $0.firstLabel = 1
      $0.isTransposed = true
    }
    let dataset = try set.load(context(["XDG_CACHE_HOME": folder["cache"]]))
    #expect(dataset.train.labels == [0, 1, 2, 0, 1])
    #expect(dataset.train.bytes(of: 1) == [4, 6, 5, 7])
  }

  @Test(arguments: ["small", ".keras/datasets/small", "Small/raw", "small/raw"])
  func `files that others left are found`(place: String) throws {
    try FileManager.default.createDirectory(atPath: folder[place], withIntermediateDirectories: true)
    for (name, bytes) in try parts() { try folder.write(bytes, to: "\(place)/\(name)") }
    let dataset = try small().load(context(["SUMI_DATA": folder.path, "HOME": folder.path, "SUMI_OFFLINE": "1"]))
    #expect(dataset.train.labels == [0, 1, 2, 0, 1])
    #expect(server.asked.isEmpty)
  }

  @Test func `names with a dot before idx are understood`() throws {
    try FileManager.default.createDirectory(atPath: folder["small"], withIntermediateDirectories: true)
    for (name, bytes) in try parts() { try folder.write(bytes, to: "small/" + name.replacing("-idx", with: ".idx")) }
    #expect(try small().load(context(["SUMI_DATA": folder.path])).train.count == 5)
  }

  @Test func `another number of images than was published is refused`() throws {
    for (name, bytes) in try parts() { server.serve("x/\(name)", .bytes(bytes)) }
    let refusal = #expect(throws: Refusal.self) {
      try small { $0.counts = [6, 3] }.load(context(["XDG_CACHE_HOME": folder["cache"]]))
    }
    #expect(
      refusal?.message.hasPrefix(
        "\(folder["cache/sumi/small"])/train-images-idx3-ubyte.gz holds 5×2×2, and Small has 6×2×2 there") == true)
  }

  @Test func `a page under a gzip name is called one`() throws {
    try FileManager.default.createDirectory(atPath: folder["small"], withIntermediateDirectories: true)
    for (name, _) in try parts() { try folder.write("<!DOCTYPE html><html>log in</html>", to: "small/\(name)") }
    let refusal = #expect(throws: Refusal.self) { try small().load(context(["SUMI_DATA": folder.path])) }
    #expect(
      refusal?.message == "\(folder["small"])/train-images-idx3-ubyte.gz is no IDX file of images but an HTML page")
  }

  @Test func `EMNIST's files are taken out of its archive, which goes`() throws {
    let members = try parts().map { ArchiveFile.Member(name: "gzip/\($0.0)", content: $0.1) }
    server.serve("gzip.zip", .bytes(ArchiveFile.zip(members)))
    let letters = EMNISTLetters.set
    #expect(letters.files.map(\.name).last == "emnist-letters-test-labels-idx1-ubyte")
    let set = small {
      $0 = ImageSet(
        name: "small", title: "Small", files: $0.files,
        remote: [RemoteFile("gzip.zip", at: [server.address("gzip.zip")], bytes: 10_000, kind: .zip)],
        classes: $0.classes, torch: "S",
        counts: [5, 3], side: 2)
      let names = $0.files.map { "\($0.name).gz" }
      $0.unpack = { (archive, folder) throws(Refusal) in try EMNIST.unpack(names, from: archive, to: folder) }
    }
    #expect(try set.load(context(["XDG_CACHE_HOME": folder["cache"]])).train.count == 5)
    #expect(!FileManager.default.fileExists(atPath: folder["cache/sumi/small/gzip.zip"]))
  }

  @Test func `what is fetched is known by its SHA-256, MNIST by that of what is inside`() {
    let fetched = [FashionMNIST.set, KMNIST.set, EMNISTLetters.set].flatMap(\.remote).map(\.digest)
    let known = fetched + MNIST.set.remote.map(\.contents)
    #expect(known.count == 4 + 4 + 1 + 4)
    #expect(known.allSatisfy { $0?.count == 64 && $0?.allSatisfy(\.isHexDigit) == true })
    #expect(Set(known).count == known.count)
  }

  @Test(arguments: [true, false])
  func `a file of another SHA-256 is not taken, and the next address is asked`(isContents: Bool) throws {
    let files = try parts()
    for (name, bytes) in files {
      server.serve("good/\(name)", .bytes(bytes))
      server.serve("bad/\(name)", .bytes(try folder.gzip(idx([1], [0]))))
    }
    let digests = try files.map { name, bytes -> String? in
      let path = try folder.write(bytes, to: name)
      return isContents ? try InflatedFile.digest(of: path) : try SHA256.digest(of: path)
    }
    let none = [String?](repeating: nil, count: 4)
    let set = small {
      $0 = ImageSet(
        name: "small", title: "Small", files: $0.files,
        remote: ImageSet.remote(
          at: [server.address("bad"), server.address("good")], bytes: [1000, 1000, 1000, 1000],
          digests: isContents ? none : digests, contents: isContents ? digests : none),
        classes: $0.classes, torch: "Small", counts: [5, 3], side: 2)
    }
    #expect(try set.load(context(["XDG_CACHE_HOME": folder["cache"]])).train.labels == [0, 1, 2, 0, 1])
    #expect(server.asked.filter { $0.contains("good/") }.count == 4)
  }

  @Test func `every published set names its classes and at least one address for each file`() {
    for set in [MNIST.set, FashionMNIST.set, KMNIST.set, EMNISTLetters.set, EMNISTDigits.set] {
      #expect(Set(set.classes).count == set.classes.count && set.classes.count >= 10, "\(set.name)")
      #expect(
        set.remote.allSatisfy { file in
          !file.addresses.isEmpty && file.addresses.allSatisfy { $0.hasPrefix("http") } && file.bytes > 1000
        }, "\(set.name)")
      #expect(set.files.count == 4)
    }
    #expect(EMNISTLetters.set.classes.first == "a" && EMNISTLetters.set.classes.last == "z")
  }
}
