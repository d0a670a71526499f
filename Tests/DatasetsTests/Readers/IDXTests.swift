import Foundation
import Grammar
import TestSupport
import Testing

@testable import Datasets

@Suite("IDX files")
struct IDXTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  /// What is said of a file with these bytes.
  private func refusal(_ bytes: [UInt8], rank: Int = 3) throws -> String {
    let path = try folder.write(bytes, to: "file")
    let refusal = #expect(throws: Refusal.self) { try IDX(path, rank: rank) }
    let message = try #require(refusal).message
    #expect(message.hasPrefix(path), "\(message)")
    return message.replacingOccurrences(of: path, with: "FILE")
  }

  private func gzip(_ bytes: [UInt8]) throws -> [UInt8] { try folder.gzip(bytes) }

  @Test("extents and bytes are read, plain and from gzip, and hashed alike")
  func reads() throws {
    let plain = try IDX(folder.write(IDXFile.images, to: "images"), rank: 3)
    let packed = try IDX(folder.write(gzip(IDXFile.images), to: "images.gz"), rank: 3)
    for idx in [plain, packed] {
      #expect(idx.extents == [2, 2, 3])
      #expect(idx.all == Array(1...12))
      // sha256sum of the 28 bytes, GNU coreutils.
      #expect(idx.digest == "f7169b91c01c82a1c0c44aee0f6db5b5a609be8d0ba16e2ded674fe748c45dfe")
    }
    #expect(try IDX(folder.write(IDXFile.labels, to: "labels"), rank: 1).all == [7, 9])
  }

  @Test("a file that is cut off anywhere is refused")
  func cut() throws {
    #expect(try refusal([]) == "FILE is empty")
    for length in 1..<IDXFile.images.count {
      let message = try refusal(Array(IDXFile.images[..<length]))
      #expect(message.hasPrefix("FILE is cut off: "), "\(length): \(message)")
    }
    #expect(try refusal(Array(IDXFile.images[..<3])) == "FILE is cut off: it has 3 bytes, expected 16")
    #expect(try refusal(Array(IDXFile.images[..<15])) == "FILE is cut off: it has 15 bytes, expected 16")
    #expect(
      try refusal(Array(IDXFile.images[..<27]))
        == "FILE is cut off: its header says 2×2×3, more than a file of 27 bytes can hold")
  }

  @Test("a header with any bit flipped is refused")
  func flipped() throws {
    for bit in 0..<128 {
      var bytes = IDXFile.images
      bytes[bit / 8] ^= 1 << UInt8(bit % 8)
      _ = try refusal(bytes)
    }
  }

  @Test("a longer file is refused, however long")
  func long() throws {
    for more in [1, 100, 1 << 20] {
      #expect(
        try refusal(IDXFile.images + [UInt8](repeating: 0, count: more))
          == "FILE is too long: more follows the 28 bytes that its header promises")
    }
    #expect(try refusal(gzip(IDXFile.images + [0])).hasPrefix("FILE is too long"))
  }

  @Test("another magic number is refused with both numbers")
  func magic() throws {
    #expect(
      try refusal(IDXFile.labels, rank: 3) == "FILE is not an IDX file of images: it begins with 2049, expected 2051")
    #expect(
      try refusal(IDXFile.images, rank: 1) == "FILE is not an IDX file of labels: it begins with 2051, expected 2049")
    #expect(
      try refusal([0, 0, 0x0D, 3] + IDXFile.images[4...])
        == "FILE is not an IDX file of images: it begins with 3331, expected 2051")
    #expect(try refusal(Array("hello, world, this is text".utf8)).contains("is no IDX file of images but"))
  }

  @Test(
    "a header that promises more than the file can hold is refused before memory is taken",
    arguments: [
      [UInt8](repeating: 0xFF, count: 12), [0x7F, 0xFF, 0xFF, 0xFF, 0, 0, 0, 1, 0, 0, 0, 1],
      [0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 4],
    ])
  func promises(extents: [UInt8]) throws {
    let bytes = [0, 0, 8, 3] + extents + [UInt8](repeating: 0, count: 12)
    #expect(try refusal(bytes).contains("more than a file of 28 bytes can hold"))
    let message = try refusal(gzip(bytes))
    #expect(message.contains("can hold") || message.contains("is cut off: it has 28 bytes, expected 32"), "\(message)")
  }

  @Test("an extent of 0 is refused")
  func nothing() throws {
    #expect(
      try refusal([0, 0, 8, 3, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 3]) == "FILE holds nothing: its header says 0×2×3")
  }

  @Test("gzip that is cut off, or has any byte changed, is refused or holds the same bytes")
  func brokenGzip() throws {
    let packed = try gzip(IDXFile.images)
    for length in 2..<packed.count { _ = try refusal(Array(packed[..<length])) }
    #expect(try refusal(Array(packed.dropLast(9))) == "FILE is broken: the compressed data end too early")
    for index in packed.indices {
      var bytes = packed
      bytes[index] ^= 0x10
      let path = try folder.write(bytes, to: "file")
      if let idx = try? IDX(path, rank: 3) { #expect(idx.all == Array(1...12), "byte \(index)") }
    }
    var wrongSum = packed
    wrongSum[packed.count - 8] ^= 1
    #expect(try refusal(wrongSum) == "FILE is broken: incorrect data check")
  }

  @Test("what is no file is refused")
  func noFile() {
    let table = [
      (folder["none"], "\(folder["none"]) cannot be read: No such file or directory"),
      (folder.path, "\(folder.path) is not a file"),
      ("/dev/zero", "/dev/zero is not a file"),
    ]
    for (path, says) in table {
      let refusal = #expect(throws: Refusal.self) { try IDX(path, rank: 3) }
      #expect(refusal?.message == says)
    }
  }

  @Test(arguments: ["", ".gz"]) func `a page that came instead of the file is called one, under a gzip name too`(
    ending: String
  ) throws {
    let path = try folder.write(Array("<!DOCTYPE html>\n<html><title>404</title></html>".utf8), to: "labels" + ending)
    let refusal = #expect(throws: Refusal.self) { try IDX(path, rank: 1) }
    #expect(refusal?.message == "\(path) is no IDX file of labels but an HTML page")
  }

  @Test func `what a gzip file holds is called what it is`() throws {
    let page = try folder.gzip(Array("<!DOCTYPE html>\n<html><title>404</title></html>".utf8))
    let path = try folder.write(page, to: "labels.gz")
    let refusal = #expect(throws: Refusal.self) { try IDX(path, rank: 3) }
    #expect(refusal?.message == "\(path) is no IDX file of images but an HTML page")
  }
}
