import Foundation
import Grammar
import TestSupport
import Testing

@testable import Datasets

@Suite("Pickled lists of numbers")
struct PickleTests {
  /// An array of [1, 2, 300, 70000, -5], [], [1, 2, 3], by NumPy, protocols 2 and 3, the module called as NumPy 1 does.
  static let published = [
    "gAJjbnVtcHkuY29yZS5tdWx0aWFycmF5Cl9yZWNvbnN0cnVjdApxAGNudW1weQpuZGFycmF5CnEBSwCFcQJjX2NvZGVjcwplbmNvZGUKcQNY"
      + "AQAAAGJxBFgGAAAAbGF0aW4xcQWGcQZScQeHcQhScQkoSwFLA4VxCmNudW1weQpkdHlwZQpxC1gCAAAATzhxDImIh3ENUnEOKEsDWAEAAAB8"
      + "cQ9OTk5K/////0r/////Sz90cRBiiV1xEShdcRIoSwFLAk0sAUpwEQEASvv///9lXXETXXEUKEsBSwJLA2VldHEVYi4=",
    "gANjbnVtcHkuY29yZS5tdWx0aWFycmF5Cl9yZWNvbnN0cnVjdApxAGNudW1weQpuZGFycmF5CnEBSwCFcQJDAWJxA4dxBFJxBShLAUsDhXEG"
      + "Y251bXB5CmR0eXBlCnEHWAIAAABPOHEIiYiHcQlScQooSwNYAQAAAHxxC05OTkr/////Sv////9LP3RxDGKJXXENKF1xDihLAUsCTSwBSnAR"
      + "AQBK+////2VdcQ9dcRAoSwFLAksDZWV0cRFiLg==",
  ]

  @Test("what NumPy pickled is read", arguments: published) func reads(base64: String) throws {
    let bytes = Array(try #require(Data(base64Encoded: base64)))
    let lists = try Pickle.lists(bytes, path: "p", count: 3)
    #expect((0..<3).map { Array(lists[$0]) } == [[1, 2, 300, 70000, -5], [], [1, 2, 3]])
    for length in bytes.indices {
      #expect(throws: Refusal.self) { try Pickle.lists(Array(bytes[..<length]), path: "p", count: 3) }
    }
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 0x15
      _ = try? Pickle.lists(changed, path: "p", count: 3)
    }
  }

  @Test func `what the tests write is read`() throws {
    let lists = try Pickle.lists(ArchiveFile.pickle([[5, 6], [7]]), path: "p", count: 2)
    #expect(lists.count == 2 && Array(lists[0]) == [5, 6] && Array(lists[1]) == [7])
  }

  /// Every instruction that lists of numbers do not need, by the name that Python's pickletools gives it.
  static let others: [(code: UInt8, name: String)] = [
    (0x30, "POP"), (0x31, "POP_MARK"), (0x32, "DUP"), (0x46, "FLOAT"), (0x47, "BINFLOAT"), (0x49, "INT"),
    (0x4C, "LONG"),
    (0x50, "PERSID"), (0x51, "BINPERSID"), (0x53, "STRING"), (0x56, "UNICODE"), (0x64, "DICT"), (0x67, "GET"),
    (0x69, "INST"),
    (0x6C, "LIST"), (0x6F, "OBJ"), (0x70, "PUT"), (0x73, "SETITEM"), (0x75, "SETITEMS"), (0x7D, "EMPTY_DICT"),
    (0x29, "EMPTY_TUPLE"), (0x81, "NEWOBJ"), (0x82, "EXT1"), (0x83, "EXT2"), (0x84, "EXT4"), (0x8A, "LONG1"),
    (0x8B, "LONG4"),
    (0x8C, "SHORT_BINUNICODE"), (0x8F, "EMPTY_SET"), (0x92, "NEWOBJ_EX"), (0x93, "STACK_GLOBAL"), (0x94, "MEMOIZE"),
    (0x95, "FRAME"), (0xFF, "0xff"),
  ]

  @Test("every other instruction is refused by its name", arguments: others) func other(code: UInt8, name: String) {
    #expect(refusal([0x80, 3, 0x4B, 0, code]) == "it uses the instruction \(name), which lists of numbers do not need")
  }

  @Test(
    "every other name is refused",
    arguments: [
      ("os", "system"), ("posix", "system"), ("builtins", "eval"), ("__builtin__", "exec"), ("subprocess", "Popen"),
      ("numpy", "load"), ("numpy.core.multiarray", "scalar"), ("os", "encode"), ("numpy", "_reconstruct"),
      ("x", "ndarray"),
    ]) func global(module: String, name: String)
  {
    #expect(
      refusal(Array("c\(module)\n\(name)\n".utf8))
        == "it asks for \(module).\(name), which lists of numbers do not need")
  }

  static let bad: [(bytes: [UInt8], says: String)] = [
    ([], "it is cut off"), ([0x80, 4], "it is of protocol 4, expected 2 or 3"), ([0x80, 3, 0x2E], "it holds no array"),
    (ArchiveFile.pickle([[1], [2]]) + [0], "something follows its end"),
    (ArchiveFile.pickle([[1]]), "its array has 1 elements, expected 2 lists"),
    ([0x85], "it takes what is not there"), ([0x65], "it takes what is not there"),
    ([0x68, 9], "it takes what is not there"),
    ([0x4B, 1, 0x4B, 2, 0x61], "it appends to what is no list"),
    ([0x5D, 0x4E, 0x61], "a list holds something else than whole numbers"),
    ([0x5D, 0x71, 0, 0x68, 0, 0x61], "a list holds something else than whole numbers"),
    ([0x5D, 0x5D, 0x61, 0x4B, 1, 0x61], "a list holds both numbers and lists"),
    ([0x52], "it takes what is not there"), ([0x4B, 1, 0x4B, 2, 0x52], "it calls what cannot be called"),
    (Array("cnumpy\nndarray\n".utf8) + [0x4B, 1, 0x85, 0x52], "it calls ndarray"),
    ([0x4E, 0x4E, 0x62], "it builds from what is no tuple"),
    ([0x4E, 0x4E, 0x85, 0x62], "it builds what is no array"), (Array("cnumpy".utf8), "it is cut off"),
    ([0x58, 255, 255, 255, 255], "it is cut off"), ([0x58, 255, 255, 255, 127, 1], "it is cut off"),
  ]

  @Test("what is no such pickle is refused", arguments: bad) func refused(bytes: [UInt8], says: String) {
    #expect(refusal(bytes) == says)
  }

  @Test func `one list that stands in many places is no bomb`() {
    // A list of 1,000 numbers, then 2,000 times the same.
    var bytes: [UInt8] =
      [0x80, 3] + Array("cnumpy.core.multiarray\n_reconstruct\n".utf8) + [0x4B, 0, 0x85, 0x52, 0x28, 0x5D, 0x28]
    bytes += [0x5D, 0x71, 1, 0x28] + [UInt8](repeating: 0, count: 1000).flatMap { [0x4B, $0] } + [0x65]
    for _ in 0..<1999 { bytes += [0x68, 1] }
    #expect(refusal(bytes + [0x65, 0x74, 0x62, 0x2E], count: 2000) == "the same list stands in it many times")
  }

  private func refusal(_ bytes: [UInt8], count: Int = 2) -> String {
    let refusal = #expect(throws: Refusal.self) { try Pickle.lists(bytes, path: "p", count: count) }
    return refusal?.message.replacing("p is no pickle of lists of numbers, the only kind that is read: ", with: "")
      ?? ""
  }
}
