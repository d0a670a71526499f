import Engine
import Foundation
import Grammar
import TestSupport
import Testing

@testable import Datasets

@Suite("CIFAR-10")
struct CIFAR10Tests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
    try FileManager.default.createDirectory(atPath: folder["cifar10"], withIntermediateDirectories: true)
  }

  /// A tar archive of files (POSIX ustar).
  static func tar(_ files: [(String, [UInt8])]) -> [UInt8] {
    files.flatMap { name, content in
      var head = [UInt8](repeating: 0, count: 512)
      func put(_ text: String, _ place: Int) {
        for (index, byte) in text.utf8.enumerated() { head[place + index] = byte }
      }
      put(name, 0)
      let size = String(content.count, radix: 8)
      put(String(repeating: "0", count: 11 - size.count) + size, 124)
      put("        ", 148)
      let sum = String(head.reduce(0) { $0 + Int($1) }, radix: 8)
      put(String(repeating: "0", count: 6 - sum.count) + sum + "\0 ", 148)
      return head + content + [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
    } + [UInt8](repeating: 0, count: 1024)
  }

  private static func batch(_ labels: [UInt8]) -> [UInt8] {
    labels.flatMap { label in [label] + (0..<3072).map { UInt8(truncatingIfNeeded: $0 / 1024 * 100 + Int(label)) } }
  }

  private func load(_ files: [(String, [UInt8])]) throws -> Dataset {
    let bytes = try folder.gzip(CIFAR10Tests.tar(files))
    try folder.write(bytes, to: "cifar10/cifar-10-binary.tar.gz")
    var source = CIFAR10()
    source.count = 2
    return try source.load(LoadContext(environment: ["SUMI_DATA": folder.path], threads: Threads(count: 1)))
  }

  private var files: [(String, [UInt8])] {
    [("cifar-10-batches-bin/readme.html", Array("hello".utf8))]
      + (1...5).map { ("cifar-10-batches-bin/data_batch_\($0).bin", CIFAR10Tests.batch([UInt8($0), 0])) }
      + [("cifar-10-batches-bin/test_batch.bin", CIFAR10Tests.batch([9, 8]))]
  }

  @Test func `the colours of each pixel come to stand together`() throws {
    let dataset = try load(files)
    #expect(dataset.shape == [32, 32, 3] && dataset.train.count == 10 && dataset.test.count == 2)
    #expect(dataset.train.labels == [1, 0, 2, 0, 3, 0, 4, 0, 5, 0])
    #expect(Array(dataset.test.bytes(of: 0).prefix(4)) == [9, 109, 209, 9])
  }

  @Test func `a file that is missing, short or wrong is named`() throws {
    let path = folder["cifar10/cifar-10-binary.tar.gz"]
    func says(_ change: (inout [(String, [UInt8])]) -> Void) -> String {
      var all = files
      change(&all)
      let refusal = #expect(throws: Refusal.self) { _ = try load(all) }
      return refusal?.message.replacing(path, with: "FILE") ?? ""
    }
    #expect(says { $0.removeLast() } == "FILE holds no test_batch.bin")
    #expect(says { $0[6].1.removeLast() } == "FILE: test_batch.bin has 6145 bytes, expected 6146")
    #expect(
      says { $0[6].1 += [1] } == "FILE: cifar-10-batches-bin/test_batch.bin has 6147 bytes; expected at most 6146")
    #expect(says { $0[6].1[0] = 10 } == "FILE: label 0 is 10, expected 0 to 9")
  }

  @Test func `an archive that is cut off or none is refused`() throws {
    let whole = CIFAR10Tests.tar(files)
    for (length, says) in [
      (700, "is cut off in cifar-10-batches-bin/readme.html"), (1500, "is cut off: a header ends too early"),
    ] {
      try folder.write(Array(whole[..<length]), to: "cifar10/cifar-10-binary.tar.gz")
      let refusal = #expect(throws: Refusal.self) {
        try CIFAR10().load(LoadContext(environment: ["SUMI_DATA": folder.path], threads: Threads(count: 1)))
      }
      #expect(refusal?.message.contains(says) == true, "\(refusal?.message ?? "")")
    }
    try folder.write([UInt8](repeating: 65, count: 2000), to: "cifar10/cifar-10-binary.tar.gz")
    let refusal = #expect(throws: Refusal.self) {
      try CIFAR10().load(LoadContext(environment: ["SUMI_DATA": folder.path], threads: Threads(count: 1)))
    }
    #expect(refusal?.message.hasSuffix("is no tar archive: a header's check sum is wrong") == true)
  }
}
