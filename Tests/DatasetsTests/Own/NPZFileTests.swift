import Engine
import Grammar
import TestSupport
import Testing

@testable import Datasets

@Suite("Arrays of one's own")
struct NPZFileTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private static func whole(_ numbers: [Int]) -> [UInt8] {
    ArchiveFile.npy("<i8", [numbers.count], numbers.flatMap { ArchiveFile.number($0, 8) })
  }

  private static let images = ArchiveFile.npy("|u1", [4, 2, 2], Array(0..<16))
  private static let rows = ArchiveFile.npy(floats: (0..<20).map { Float($0) }, [10, 2])
  private static let halves = whole([0, 1, 0, 1, 0, 1, 0, 1, 0, 1])

  private func load(_ arrays: [(String, [UInt8])], task: Task? = nil) throws -> Dataset {
    let path = try folder.write(ArchiveFile.npz(arrays), to: "a.npz")
    return try NPZFile(file: path, labels: nil, task: task).load(
      LoadContext(environment: [:], threads: Threads(count: 1)))
  }

  static let names = [
    ["x_train", "y_train", "x_test", "y_test"], ["train_images", "train_labels", "test_images", "test_labels"],
  ]

  @Test("names of Keras and of others are found", arguments: names) func four(names: [String]) throws {
    let dataset = try load([
      (names[0], NPZFileTests.images), (names[1], NPZFileTests.whole([0, 1, 2, 0])), (names[2], NPZFileTests.images),
      (names[3], NPZFileTests.whole([2, 2, 2, 3])),
    ])
    #expect(
      dataset.shape == [2, 2] && dataset.classes == ["0", "1", "2", "3"] && dataset.test.labels == [2, 2, 2, 3])
    #expect(dataset.train.bytes(of: 1) == [4, 5, 6, 7])
  }

  @Test func `arrays in one piece are divided`() throws {
    let dataset = try load([("x", NPZFileTests.rows), ("y", NPZFileTests.halves)])
    #expect(dataset.train.count == 8 && dataset.test.count == 2 && dataset.classes.count == 2)
  }

  @Test func `floats are values, and task= decides`() throws {
    let values = ArchiveFile.npy(floats: (0..<10).map { Float($0) / 2 }, [10])
    #expect(try load([("x", NPZFileTests.rows), ("y", values)]).targets == .values(1))
    #expect(try load([("x", NPZFileTests.rows), ("y", NPZFileTests.halves)], task: .value).targets == .values(1))
    let two = ArchiveFile.npy(floats: (0..<20).map { Float($0) / 2 }, [10, 2])
    #expect(try load([("x", NPZFileTests.rows), ("y", two)]).targets == .values(2))
  }

  @Test func `whole numbers that are no classes are told to be values`() throws {
    let dataset = try load([("x", NPZFileTests.rows), ("y", NPZFileTests.whole((0..<10).map { $0 % 2 * 2 - 1 }))])
    #expect(dataset.targets == .values(1) && dataset.notes.count == 1)
    #expect(dataset.notes[0].hasSuffix(": whole numbers that are not all from 0 to 9999, so values are learnt"))
  }

  @Test func `classes that may be values are told, and labels that do not begin with 0`() throws {
    let rows = ArchiveFile.npy(floats: (0..<60).map { Float($0) }, [60, 1])
    let many = try load([("x", rows), ("y", NPZFileTests.whole((0..<60).map { $0 % 30 }))])
    let path = try #require(many.notes.first?.split(separator: " has ").first)
    #expect(many.notes == ["\(path) has 30 different whole numbers, taken for classes; task=value learns values"])
    let twenty = ArchiveFile.npy(floats: (0..<20).map { Float($0) }, [20])
    let seldom = try load([("x", twenty), ("y", NPZFileTests.whole((0..<20).map { $0 % 14 }))])
    #expect(seldom.notes.contains { $0.contains("has 14 different whole numbers, taken for classes; task=value") })
    let floats = ArchiveFile.npy(floats: (0..<60).map { Float($0 % 2) }, [60])
    #expect(try load([("x", rows), ("y", floats)]).notes.count == 1)
    #expect(try load([("x", rows), ("y", floats)], task: .class).notes.isEmpty)
    #expect(try load([("x", rows), ("y", NPZFileTests.whole((0..<60).map { $0 % 3 }))]).notes.isEmpty)
    #expect(
      try load([("x", rows), ("y", NPZFileTests.whole((0..<60).map { $0 % 3 + 1 }))]).notes == [
        "\(path): labels begin with 1, so no example is of class 0; a network has an output for it all the same"
      ])
  }

  @Test func `a number beyond single precision is told as it stands`() throws {
    let huge = ArchiveFile.npy(
      "<f8", [10, 1],
      (0..<10).flatMap { ArchiveFile.number(Int(bitPattern: UInt(($0 == 3 ? 1e300 : 1.0).bitPattern)), 8) })
    let refusal = #expect(throws: Refusal.self) { try load([("x", huge), ("y", NPZFileTests.halves)]) }
    #expect(
      refusal?.message.hasSuffix(
        "example 3 holds 1e+300, which is beyond single precision; expected numbers up to 3.4e38") == true)
  }

  @Test func `numbers that lose digits are told`() throws {
    let times = ArchiveFile.npy(
      "<i8", [10, 1], (0..<10).flatMap { ArchiveFile.number(1_700_000_001 + $0, 8) })
    let notes = try load([("x", times), ("y", NPZFileTests.halves)]).notes
    #expect(
      notes.first?.hasSuffix(
        "has more digits than a network computes with: 1700000001 becomes 1700000000; subtract the mean before you "
          + "save it") == true, "\(notes)")
    #expect(try load([("x", NPZFileTests.rows), ("y", NPZFileTests.halves)]).notes.isEmpty)
  }

  @Test func `one-hot rows are classes`() throws {
    let oneHot = ArchiveFile.npy(
      floats: (0..<10).flatMap { $0 % 2 == 0 ? [1, 0, 0] : [0, 0, 1] as [Float] }, [10, 3])
    let dataset = try load([("x", NPZFileTests.rows), ("y", oneHot)])
    #expect(dataset.targets == .classes(3))
  }

  @Test(arguments: [(2, false), (63, false), (64, true)]) func `few bytes in a row are numbers, many are pixels`(
    width: Int, arePixels: Bool
  ) throws {
    let bytes = (0..<10 * width).map { UInt8($0 % 200) }
    let dataset = try load([("x", ArchiveFile.npy("|u1", [10, width], bytes)), ("y", NPZFileTests.halves)])
    #expect((dataset.train.pixels != nil) == arePixels)
    let (low, high) = arePixels ? (Float(0), Float(199) / 255) : (0, Float(min(199, 10 * width - 1)))
    let numbers = [dataset.train, dataset.test].flatMap { part in (0..<part.count).flatMap { part.numbers(of: $0) } }
    #expect(numbers.min() == low && numbers.max() == high)
  }

  @Test func `two single arrays belong together`() throws {
    let (x, y) = (try folder.write(NPZFileTests.rows, to: "x.npy"), try folder.write(NPZFileTests.halves, to: "y.npy"))
    let context = LoadContext(environment: [:], threads: Threads(count: 1))
    #expect(try NPZFile(file: x, labels: y, task: nil).load(context).train.count == 8)
    let refusal = #expect(throws: Refusal.self) { try NPZFile(file: x, labels: nil, task: nil).load(context) }
    #expect(
      refusal
        == Refusal(
          "\(x) is one array; labels= names the other, which says what each example is",
          hint: "load \(x) labels=labels.npy"))
  }

  static let bad: [(arrays: [(String, [UInt8])], task: Task?, says: String)] = [
    (
      [("a", rows), ("b", halves)], nil,
      "FILE has the arrays a, b; expected x_train, y_train, x_test and y_test, or x and y"
    ),
    ([("x", rows), ("y", whole([1, 0]))], nil, "FILE: x has 10 examples, and FILE: y says what 2 are"),
    (
      [("x", rows), ("y", whole([Int](repeating: 0, count: 10)))], nil,
      "FILE: y: all examples are of one class, so there is nothing to tell apart"
    ),
    (
      [("x", ArchiveFile.npy(floats: [1, .nan], [2, 1])), ("y", whole([0, 1]))], nil,
      "FILE: x: example 1 holds nan, which is no finite number"
    ),
    (
      [("x", ArchiveFile.npy(floats: [1, .infinity], [2, 1])), ("y", whole([0, 1]))], nil,
      "FILE: x: example 1 holds inf, which is no finite number"
    ),
    ([("x", ArchiveFile.npy(floats: [], [0, 2])), ("y", whole([]))], nil, "FILE: y holds no examples"),
    (
      [("x", ArchiveFile.npy(floats: [], [2, 0])), ("y", whole([0, 1]))], nil, "FILE: x holds nothing: its shape is 2×0"
    ),
    ([("x", ArchiveFile.npy("|u1", [], [7])), ("y", whole([0, 1]))], nil, "FILE: x holds no examples"),
    (
      [("x", ArchiveFile.npy(lists: [[1], [2]])), ("y", whole([0, 1]))], nil,
      "FILE: x is an array of Python objects; expected numbers"
    ),
    (
      [("x", rows), ("y", ArchiveFile.npy("|O", [10, 2], []))], nil,
      "FILE: y is an array of Python objects; expected numbers"
    ),
    (
      [("x", rows), ("y", ArchiveFile.npy(lists: [[1], [2]]))], nil,
      "FILE: y is an array of Python objects; expected numbers"
    ),
    (
      [("x", ArchiveFile.npy("<f8", [1 << 62, 0], [], isFortran: true)), ("y", whole([0, 1]))], nil,
      "FILE: x is cut off: its header says 4611686018427387904×0, and 0 bytes follow"
    ),
    (
      [("x", rows), ("y", whole((0..<10).map { $0 - 1 }))], .class,
      "FILE: y holds no classes; expected a whole number from 0 to 9999 for each example"
    ),
    (
      [("x", rows), ("y", ArchiveFile.npy(floats: (0..<10).map { $0 == 3 ? .nan : Float($0) / 3 }, [10]))], nil,
      "FILE: y holds values that are not finite"
    ),
    (
      [("x_train", images), ("y_train", whole([0, 1, 0, 1])), ("x_test", rows), ("y_test", halves)], nil,
      "FILE: x_train has examples of 2×2, and x_test of 2"
    ),
  ]

  @Test("what does not belong together is refused", arguments: bad)
  func refused(arrays: [(String, [UInt8])], task: Task?, says: String) throws {
    let refusal = #expect(throws: Refusal.self) { try load(arrays, task: task) }
    #expect(refusal?.message.replacing(folder["a.npz"], with: "FILE") == says)
  }
}
