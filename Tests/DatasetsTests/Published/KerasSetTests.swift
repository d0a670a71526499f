import Engine
import Foundation
import Grammar
import TestSupport
import Testing

@testable import Datasets

@Suite("Keras's sets, from files made like them")
struct KerasSetTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private func context(_ more: [String: String] = [:]) -> LoadContext {
    LoadContext(
      environment: ["SUMI_DATA": folder.path].merging(more) { $1 }, threads: Threads(count: 1), mayCache: false)
  }

  private func write(_ bytes: [UInt8], to name: String) throws {
    let path = URL(fileURLWithPath: folder[name])
    try FileManager.default.createDirectory(at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
    try folder.write(bytes, to: name)
  }

  private static func bytes(_ numbers: [Int], _ width: Int) -> [UInt8] {
    numbers.flatMap { ArchiveFile.number($0, width) }
  }

  static let reviews = ArchiveFile.npz(
    [
      ("x_train", ArchiveFile.npy(lists: [[1, 14, 22], [9000, 5], [7], []])),
      ("y_train", ArchiveFile.npy("<i8", [4], bytes([1, 0, 1, 0], 8))),
      ("x_test", ArchiveFile.npy(lists: [[4], [20, 20], [3]])),
      ("y_test", ArchiveFile.npy("<i8", [3], bytes([0, 1, 1], 8))),
    ], isDeflated: true)

  @Test func `imdb has Keras's order, its start, its unknown words and its offset`() throws {
    try write(KerasSetTests.reviews, to: "imdb/imdb.npz")
    try write(Array(#"{"the": 1, "fawn": 7, "good": 14}"#.utf8), to: "imdb/imdb_word_index.json")
    let dataset = try IMDB(words: 100).load(context())
    // RandomState(113) orders four as 3 1 0 2, then three as 0 1 2 (numpy 2.4); words are 3 more, a 1 begins, 9003 is
    // unknown.
    var random = RandomState(seed: 113)
    let (order, testOrder) = (random.shuffled(4), random.shuffled(3))
    let all = [[1, 4, 17, 25], [1, 2, 8], [1, 10], [1]]
    let texts = try #require(dataset.texts)
    #expect((0..<4).map { texts.numbers(of: $0, inTest: false) } == order.map { all[$0] })
    #expect(dataset.train.labels == order.map { [1, 0, 1, 0][$0] })
    #expect(dataset.test.labels == testOrder.map { [0, 1, 1][$0] })
    #expect(dataset.shape == [100] && dataset.classes == ["bad", "good"])
    let row = try #require(order.firstIndex(of: 0))
    #expect(texts.text(of: row, inTest: false) == "? the good ?")
    #expect(dataset.train.numbers(of: row).enumerated().filter { $0.element != 0 }.map(\.offset) == [1, 4, 17, 25])
    #expect(
      dataset.notes == ["\(folder["imdb/imdb.npz"]) is not the file that Keras publishes: its SHA-256 is another"])
  }

  @Test func `without the list of words texts stay numbers, which is told`() throws {
    try write(KerasSetTests.reviews, to: ".keras/datasets/imdb.npz")
    let dataset = try IMDB(words: 100).load(context(["HOME": folder.path]))
    #expect(dataset.texts?.hasWords == false)
    #expect(dataset.notes.last == "texts are shown as numbers, as imdb_word_index.json is not there")
  }

  @Test func `the list of words is fetched where the texts lie in Keras's folder, and texts do without it`() throws {
    try write(KerasSetTests.reviews, to: ".keras/datasets/imdb.npz")
    let server = try FileServer()
    let environment = [
      "HOME": folder.path, "XDG_CACHE_HOME": folder["cache"], "SUMI_MIRROR": server.address("mirror"),
      "http_proxy": "http://127.0.0.1:1", "https_proxy": "http://127.0.0.1:1", "no_proxy": "127.0.0.1",
    ]
    let context = LoadContext(environment: environment, threads: Threads(count: 1), mayCache: true)
    server.serve("mirror/imdb/imdb_word_index.json", .bytes(Array(#"{"the": 1}"#.utf8)))
    #expect(try IMDB(words: 100).load(context).texts?.hasWords == true)
    #expect(server.asked == ["mirror/imdb/imdb_word_index.json"])
  }

  @Test func `reuters is cut after four fifths, and its topics have names`() throws {
    let lists = (0..<10).map { [$0 + 1] }
    try write(
      ArchiveFile.npz([
        ("x", ArchiveFile.npy(lists: lists)),
        ("y", ArchiveFile.npy("<i8", [10], KerasSetTests.bytes([Int](0..<10), 8))),
      ]), to: "reuters/reuters.npz")
    let dataset = try Reuters(words: 50).load(context())
    #expect(dataset.train.count == 8 && dataset.test.count == 2)
    // numpy.random.RandomState(113) orders ten so.
    #expect(dataset.train.labels + dataset.test.labels == [9, 3, 6, 1, 0, 7, 4, 8, 2, 5])
    #expect(dataset.classes.count == 46 && dataset.classes[3] == "earn")
  }

  @Test func `boston-housing has values, named columns and Keras's order`() throws {
    let numbers = (0..<10 * 13).map { Float($0) }
    try write(
      ArchiveFile.npz([
        ("x", ArchiveFile.npy(floats: numbers, [10, 13])),
        ("y", ArchiveFile.npy(floats: (0..<10).map { Float($0) * 2 }, [10])),
      ]), to: "boston-housing/boston_housing.npz")
    let dataset = try BostonHousing().load(context())
    #expect(dataset.targets == .values(1) && dataset.classes.isEmpty)
    #expect(dataset.train.targets.first == [18, 6, 12, 2, 0, 14, 8, 16])
    let row: [Float] = (117..<130).map { Float($0) }
    #expect(dataset.train.numbers(of: 0) == row)
    #expect(dataset.columns.first == "CRIM" && dataset.target == "MEDV")
  }

  static let bad: [(arrays: [(String, [UInt8])], says: String)] = [
    ([("x_train", ArchiveFile.npy(lists: [[1]]))], "has no array y_train; it has x_train"),
    (
      [("x_train", ArchiveFile.npy(floats: [1], [1])), ("y_train", ArchiveFile.npy("<i8", [1], bytes([1], 8)))],
      "is no array of lists; its shape is 1"
    ),
    (
      [("x_train", ArchiveFile.npy(lists: [[1], [2]])), ("y_train", ArchiveFile.npy("<i8", [1], bytes([1], 8)))],
      "does not hold a whole number for each of the 2 texts"
    ),
    (
      [("x_train", ArchiveFile.npy(lists: [[1]])), ("y_train", ArchiveFile.npy("<i8", [1], bytes([7], 8)))],
      "label 0 is 7, expected 0 to 1"
    ),
    (
      [
        ("x_train", ArchiveFile.npy("|O", [1], Array("cos\nsystem\n".utf8))),
        ("y_train", ArchiveFile.npy("<i8", [1], bytes([1], 8))),
      ], "it asks for os.system"
    ),
  ]

  @Test("what does not belong together is refused", arguments: bad)
  func refused(arrays: [(String, [UInt8])], says: String) throws {
    try write(ArchiveFile.npz(arrays), to: "imdb/imdb.npz")
    let refusal = #expect(throws: Refusal.self) { try IMDB(words: 100).load(context()) }
    #expect(refusal?.message.contains(says) == true, "\(refusal?.message ?? "")")
  }

  static let badHouses: [(arrays: [(String, [UInt8])], says: String)] = [
    (
      [("x", ArchiveFile.npy(floats: [1], [1])), ("y", ArchiveFile.npy(floats: [1], [1]))],
      "expected rows of numbers and a value for each"
    ),
    (
      [("x", ArchiveFile.npy(floats: [1, 2], [2, 1])), ("y", ArchiveFile.npy(floats: [1, 2], [2]))],
      "too few to learn from"
    ),
    (
      [
        ("x", ArchiveFile.npy(floats: [1, 2, 3, 4, .nan], [5, 1])),
        ("y", ArchiveFile.npy(floats: [1, 2, 3, 4, 5], [5])),
      ], "numbers that are not finite"
    ),
  ]

  @Test("tables that are none are refused", arguments: badHouses)
  func refusedHouses(arrays: [(String, [UInt8])], says: String) throws {
    try write(ArchiveFile.npz(arrays), to: "boston-housing/boston_housing.npz")
    let refusal = #expect(throws: Refusal.self) { try BostonHousing().load(context()) }
    #expect(refusal?.message.contains(says) == true, "\(refusal?.message ?? "")")
  }

  @Test func `what is nowhere is refused with the places, and offline it is said that nothing is fetched`() throws {
    let refusal = #expect(throws: Refusal.self) { try IMDB(words: 100).load(context(["SUMI_OFFLINE": "1"])) }
    #expect(
      refusal?.message
        == "IMDB is not on this machine; looked for imdb.npz in: \(folder["imdb"]); nothing is fetched, as "
        + "--offline or SUMI_OFFLINE says")
    #expect(refusal?.hint == "load digits")
  }

  @Test func `from a mirror it is fetched into the cache, and found there the next time`() throws {
    let server = try FileServer()
    let bytes = ArchiveFile.npz([
      ("x", ArchiveFile.npy(floats: [1], [1, 1])), ("y", ArchiveFile.npy(floats: [1], [1])),
    ])
    server.serve("boston-housing/boston_housing.npz", .bytes(bytes))
    var context = LoadContext(
      environment: ["XDG_CACHE_HOME": folder.path, "SUMI_MIRROR": server.address("")], threads: Threads(count: 1),
      mayCache: true)
    // Its hash is another, and the real addresses cannot be reached: the whole is refused.
    context.observer = LoadObserver(isStopRequested: { server.asked.count > 1 })
    let refusal = #expect(throws: Refusal.self) { try BostonHousing().load(context) }
    #expect(server.asked == ["boston-housing/boston_housing.npz"])
    #expect(refusal != nil && !FileManager.default.fileExists(atPath: folder["sumi/boston-housing/boston_housing.npz"]))
  }
}

extension Targets {
  /// All values; none where they are classes.
  fileprivate var first: [Float] { if case .values(let values, _) = self { values } else { [] } }
}
