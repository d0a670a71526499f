import CHDF5
import Engine
import Glibc
import Grammar
import Testing

@testable import Interchange

@Suite("Files of HDF5, read")
struct HDF5FileTests {
  private func file(_ name: String) throws -> HDF5File { try HDF5File(try Goldens.bytes("\(name).h5"), path: name) }

  private static let quarters: [Float] = [0, 1, 2, 3, 4, 5]

  @Test("numbers are the same in any order of bytes and of any width", arguments: ["big_endian", "double", "half"])
  func floats(name: String) throws {
    let array = try #require(try file(name).arrays["a"])
    #expect(array.shape == [2, 3])
    #expect(array.floats == Self.quarters)
  }

  @Test("whole numbers stay whole, and become floats when asked for", arguments: ["bytes", "long"])
  func integers(name: String) throws {
    let array = try #require(try file(name).arrays["a"])
    guard case .integers(let numbers) = array.numbers else { throw Refusal("no whole numbers") }
    #expect(numbers == [0, 1, 2, 3, 4, 5])
    #expect(array.floats == Self.quarters)
  }

  @Test("numbers in chunks, packed, shuffled and summed, are read")
  func packed() throws {
    #expect(try file("packed").arrays["a"]?.floats == [0, 0.25, 0.5, 0.75, 1, 1.25])
  }

  @Test("texts of attributes are read, in lists that are cut too")
  func attributes() throws {
    let file = try file("attributes")
    #expect(file.texts["@keras_version"] == ["3.15.1"])
    #expect(file.list("g", "layer_names") == ["one", "three"])
    #expect(file.list("", "weight_names") == ["0a", "0b", "1a", "1b"])
    #expect(file.list("", "layer_names") == nil)
  }

  static let hostile: [(name: String, says: String)] = [
    ("external_link", "a leads to another file, which is not read"),
    ("soft_link", "a only names another place, which is not followed"),
    ("external_storage", "a keeps its numbers in other files, which are not read"),
    ("virtual", "a keeps its numbers in other files, which are not read"),
    ("unknown_filter", "a is packed in a way that is not read; gzip, shuffle and fletcher32 are"),
    ("huge_empty", "a promises more numbers than the file has bytes for"),
    ("huge_axes", "a needs more memory than there is"), ("bomb", "a promises more numbers than the file has bytes for"),
    ("texts", "a holds no numbers"), ("compound", "a holds no numbers"), ("empty", "a cannot be read"),
    ("cycle", "groups inside groups without end"), ("control", "a\u{FFFD}[2J"),
  ]

  @Test("what would lead out of the file, or ask for more than it holds, is refused by name", arguments: hostile)
  func isRefused(name: String, says: String) throws {
    let refusal = #expect(throws: Refusal.self) { _ = try file(name) }
    #expect(refusal?.message.contains(says) == true, "\(refusal?.message ?? "")")
  }

  @Test("a file that is cut anywhere is refused or whole, and never ends the program")
  func cut() throws {
    let bytes = try Goldens.bytes("packed.h5")
    for count in stride(from: 0, to: bytes.count, by: 101) {
      #expect(throws: Refusal.self) { try HDF5File(Array(bytes[..<count]), path: "cut") }
    }
  }

  @Test("what is no HDF5 file is called so")
  func foreign() {
    #expect(throws: Refusal("a.h5 is no HDF5 file, or is cut off")) {
      try HDF5File([UInt8](repeating: 7, count: 4096), path: "a.h5")
    }
  }

  @Test("bytes changed at random are refused or read")
  func damaged() throws {
    let bytes = try Goldens.bytes("keras.weights.h5")
    var random = Random(seed: 1)
    for _ in 0..<60 {
      var other = bytes
      for _ in 0..<4 { other[random.below(other.count)] = UInt8(random.below(256)) }
      do { _ = try HDF5File(other, path: "damaged") } catch { #expect(error.message.contains("damaged")) }
    }
  }

  /// A record as a reading process may write it, led astray or not.
  private static func record(
    _ kind: Int, _ extents: [Int64] = [], bytes: Int64 = 0, name: Int32 = 1, reason: Int = 0
  ) -> [UInt8] {
    var record = hdf5_record()
    (record.kind, record.reason, record.name_length) = (Int32(kind), Int32(reason), name)
    record.rank = Int32(extents.count)
    withUnsafeMutableBytes(of: &record.extents) { $0.copyBytes(from: extents.prefix(8).flatMap(HDF5FileTests.bytes)) }
    record.bytes = bytes
    return Self.bytes(record) + Array("a".utf8)
  }

  private static func bytes(_ value: some BitwiseCopyable) -> [UInt8] { withUnsafeBytes(of: value) { Array($0) } }

  /// The file that a pipe with records ends in.
  private func taken(_ records: [UInt8]) throws -> HDF5File? {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0 && write(ends[1], records, records.count) == records.count)
    close(ends[1])
    defer { close(ends[0]) }
    return try HDF5File(records: ends[0], path: "file", limit: 1 << 20)
  }

  @Test("records that do not come are waited for until the time is over, or somebody stops")
  func patience() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    defer { ends.forEach { close($0) } }
    func taken(_ patience: Patience) throws -> HDF5File? {
      try HDF5File(records: ends[0], path: "file", limit: 1 << 20, patience: patience)
    }
    #expect(throws: Refusal("file is damaged: reading it took too long")) { try taken(Patience(seconds: 0)) }
    var looks = 0
    let patience = Patience(seconds: 60) {
      looks += 1
      return looks == 3
    }
    #expect(throws: Refusal.stopped) { try taken(patience) }
  }

  private static let two = record(hdf5_floats, [2], bytes: 8) + bytes([1, 2] as SIMD2<Float>)
  private static let end = record(hdf5_end_of_file)

  @Test("records are taken up to the last, and none where it is not there")
  func records() throws {
    let file = try #require(try taken(Self.two + Self.record(hdf5_texts, [1], bytes: 2) + [0x62, 0] + Self.end))
    #expect(file.arrays["a"]?.shape == [2])
    #expect(file.arrays["a"]?.floats == [1, 2])
    #expect(file.texts == ["a": ["b"]])
    let whole = Self.two + Self.end
    for count in whole.indices { #expect(try taken(Array(whole[..<count])) == nil) }
    #expect(throws: Refusal("file holds a name that is too long, in a")) {
      try taken(Self.record(hdf5_refusal, reason: hdf5_long_name))
    }
  }

  @Test(
    "records that say what cannot be are not believed",
    arguments: [
      record(5), record(-1), record(hdf5_floats, [3], bytes: 8), record(hdf5_integers, [1], bytes: 4),
      record(hdf5_floats, [-1, -2], bytes: 8), record(hdf5_floats, [1 << 62, 4], bytes: 0),
      record(hdf5_floats, [Int64](repeating: 1, count: 9), bytes: 4), record(hdf5_texts, bytes: 1 << 30),
      record(hdf5_floats, bytes: -4), record(hdf5_end_of_file, name: -1), record(hdf5_end_of_file, name: 4097),
    ])
  func unbelievable(record: [UInt8]) throws {
    #expect(try taken(record + [UInt8](repeating: 0, count: 64) + Self.end) == nil)
  }
}
