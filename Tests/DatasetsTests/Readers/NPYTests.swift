import Engine
import Foundation
import Grammar
import TestSupport
import Testing

@testable import Datasets

@Suite("NumPy arrays")
struct NPYTests {
  /// [[-2, -1, 0], [1, 2, 3]] in each type, unsigned ones their sizes, as numpy.save of NumPy 2.4 writes them.
  static let types: [(type: String, bytes: String)] = [
    ("<f2", "00c000bc0000003c00400042"), ("<f4", "000000c0000080bf000000000000803f0000004000004040"),
    (">f4", "c0000000bf800000000000003f8000004000000040400000"),
    ("<f8", "00000000000000c0000000000000f0bf0000000000000000000000000000f03f00000000000000400000000000000840"),
    (">f8", "c000000000000000bff000000000000000000000000000003ff000000000000040000000000000004008000000000000"),
    ("|i1", "feff00010203"), ("<i2", "feffffff0000010002000300"),
    (">i4", "fffffffeffffffff00000000000000010000000200000003"),
    ("<i8", "feffffffffffffffffffffffffffffff0000000000000000010000000000000002000000000000000300000000000000"),
    ("|u1", "020100010203"), (">u2", "000200010000000100020003"),
    ("<u4", "020000000100000000000000010000000200000003000000"),
    ("<u8", "020000000000000001000000000000000000000000000000010000000000000002000000000000000300000000000000"),
    ("|b1", "010100010101"),
  ]

  private func bytes(_ hexadecimal: String) -> [UInt8] {
    let digits = hexadecimal.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }

  @Test("every kind of number is read", arguments: types) func type(type: String, hexadecimal: String) throws {
    let array = try NPY(ArchiveFile.npy(type, [2, 3], bytes(hexadecimal)), path: "a")
    #expect(array.shape == [2, 3])
    let expected =
      type.contains("u") ? [2, 1, 0, 1, 2, 3] : type.contains("b") ? [1, 1, 0, 1, 1, 1] : [-2, -1, 0, 1, 2, 3]
    #expect(array.floats() == expected.map { Float($0) })
    #expect(array.integers() == expected)
  }

  @Test func `Fortran's order is turned into C's`() throws {
    // numpy.asfortranarray(numpy.arange(24).reshape(2, 3, 4)), NumPy 2.4.
    let content = bytes("000c04100814010d05110915020e06120a16030f07130b17")
    #expect(try NPY(ArchiveFile.npy("|u1", [2, 3, 4], content, isFortran: true), path: "a").bytes == Array(0..<24))
  }

  static let halves: [(bits: UInt16, value: Float)] = [
    (0x7C00, .infinity), (0xFC00, -.infinity), (0x0001, 0x1p-24), (0x8001, -0x1p-24), (0x03FF, 1023 * 0x1p-24),
    (0x3555, 0.33325195), (0x7BFF, 65504),
  ]

  @Test(arguments: halves) func `numbers of half precision are read`(bits: UInt16, value: Float) throws {
    let array = try NPY(ArchiveFile.npy("<f2", [1], ArchiveFile.number(Int(bits), 2)), path: "a")
    #expect(array.floats() == [value])
  }

  @Test func `a number without an axis has an empty shape`() throws {
    #expect(try NPY(ArchiveFile.npy("|u1", [], [7]), path: "a").floats() == [7])
  }

  @Test func `numbers that are not whole are no whole numbers`() throws {
    for value: Float in [0.5, .nan, .infinity, 1e30] {
      #expect(try NPY(ArchiveFile.npy(floats: [value], [1]), path: "a").integers() == nil)
    }
    #expect(try NPY(ArchiveFile.npy("<u8", [1], [UInt8](repeating: 255, count: 8)), path: "a").integers() == nil)
  }

  static let bad: [(bytes: [UInt8], says: String)] = [
    ([], "a is no NumPy array: it does not begin as one"),
    (Array("hello, world".utf8), "a is no NumPy array: it does not begin as one"),
    ([0x93] + Array("NUMPY".utf8) + [9, 0, 10, 0], "a is a NumPy array of version 9; expected 1 to 3"),
    ([0x93] + Array("NUMPY".utf8) + [1, 0, 255, 255], "a has a header of 65535 bytes; expected at most 10000"),
    (
      [0x93] + Array("NUMPY".utf8) + [2, 0, 255, 255, 255, 127],
      "a has a header of 2147483647 bytes; expected at most 10000"
    ),
    ([0x93] + Array("NUMPY".utf8) + [1, 0, 100, 0], "a is cut off: its header has 100 bytes"),
    (ArchiveFile.npy(header: "{}", []), "a has a header that cannot be read: \"{}"),
    (
      ArchiveFile.npy(header: "{'descr': '<f4', 'shape': (1,), }", []),
      "a has a header that cannot be read: \"{'descr': "
    ),
    (ArchiveFile.npy(header: "__import__('os')", []), "a has a header that cannot be read: \"__import__('os')"),
    (
      ArchiveFile.npy(header: "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", []),
      "a has a header that cannot be read"
    ),
    (
      ArchiveFile.npy(header: "{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (1,), }", []),
      "a is an array of records, which cannot be read; expected numbers"
    ),
    (ArchiveFile.npy("<U5", [1], []), "a is an array of texts (\"<U5\"); expected floats or integers"),
    (ArchiveFile.npy("|S5", [1], []), "a is an array of texts (\"|S5\"); expected floats or integers"),
    (ArchiveFile.npy("<c8", [1], []), "a is an array of complex numbers (\"<c8\"); expected floats or integers"),
    (ArchiveFile.npy("<f16", [1], []), "a is an array of unknown numbers (\"<f16\"); expected floats or integers"),
    (
      ArchiveFile.npy("<M8[ns]", [1], []), "a is an array of unknown numbers (\"<M8[ns]\"); expected floats or integers"
    ),
    (ArchiveFile.npy("", [1], []), "a is an array of unknown numbers (\"\"); expected floats or integers"),
    (ArchiveFile.npy(lists: [[1], [2]]), "a is an array of Python objects; expected numbers"),
    (ArchiveFile.npy("<f4", [2], [1, 2, 3, 4]), "a is cut off: its header says 2, and 4 bytes follow"),
    (ArchiveFile.npy("<f4", [1], [1, 2, 3, 4, 5]), "a is too long: its header says 1, and 5 bytes follow"),
    (ArchiveFile.npy("<f8", [1 << 62], []), "a is cut off: its header says 4611686018427387904, and 0 bytes follow"),
    (
      ArchiveFile.npy("<f4", [1 << 40, 1 << 40], []),
      "a is cut off: its header says 1099511627776×1099511627776, and 0 bytes follow"
    ),
  ]

  @Test("what is no array of numbers is refused", arguments: bad) func refused(bytes: [UInt8], says: String) throws {
    let refusal = #expect(throws: Refusal.self) { try NPY(bytes, path: "a") }
    #expect(refusal?.message.hasPrefix(says) == true, "\(refusal?.message ?? "")")
  }

  @Test func `a file of another kind is called what it is`() throws {
    let folder = try Folder()
    let path = try folder.write(Array("<!DOCTYPE html><html></html>".utf8), to: "a.npy")
    let refusal = #expect(throws: Refusal.self) { try NPY(file: path) }
    #expect(refusal?.message == "\(path) is no NumPy array (.npy) but an HTML page")
  }
}
