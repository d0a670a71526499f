import Foundation
import Grammar
import TestSupport
import Testing

@testable import Datasets

/// What a server can do wrong.
extension DownloadTests {
  @Test func `what breaks off goes on where it was`() throws {
    server.serve("a", .cut(content, after: 1000), .cut(content, after: 500), .bytes(content))
    try download().fetch([file("a")])
    #expect(try folder.bytes("cache/set/a.gz") == content)
    #expect(server.asked == ["a", "a@1000", "a@1500"])
  }

  @Test func `an earlier sitting's part is gone on with`() throws {
    try FileManager.default.createDirectory(atPath: folder["cache/set"], withIntermediateDirectories: true)
    try folder.write(Array(content[..<2000]), to: "cache/set/a.gz.part")
    server.serve("a", .bytes(content))
    try download().fetch([file("a")])
    #expect(server.asked == ["a@2000"])
    #expect(try folder.bytes("cache/set/a.gz") == content)
  }

  @Test(arguments: [2000, 10_000_000])
  func `a part of something else is found out and fetched anew`(count: Int) throws {
    try FileManager.default.createDirectory(atPath: folder["cache/set"], withIntermediateDirectories: true)
    try folder.write([UInt8](repeating: 7, count: min(count, content.count + 5)), to: "cache/set/a.gz.part")
    server.serve("a", .bytes(content))
    try download().fetch([file("a")])
    #expect(try folder.bytes("cache/set/a.gz") == content)
    #expect(server.asked.last == "a")
  }

  @Test func `a server that knows no ranges sends all again`() throws {
    server.serve("a", .cut(content, after: 1000), .ignoresRange(content))
    try download().fetch([file("a")])
    #expect(try folder.bytes("cache/set/a.gz") == content)
  }

  @Test func `after three tries the reason is told, and the part is kept`() throws {
    server.serve("a", .cut(content, after: 100))
    let message = try refusal(file("a"))
    #expect(message.hasPrefix("a.gz of set cannot be fetched: HOST: "), "\(message)")
    #expect(message.hasSuffix("bytes remaining to read, 3 times"), "\(message)")
    #expect(names == [".lock", "a.gz.part"])
    #expect(try folder.bytes("cache/set/a.gz.part") == Array(content[..<300]))
  }

  @Test func `a server that goes silent is given up after a while`() throws {
    server.serve("a", .stalls(content, after: 100))
    #expect(try refusal(file("a")).contains("Operation too slow"))
  }

  @Test func `a slow server is waited for as long as something comes`() throws {
    server.serve("a", .slow(content, piece: content.count / 4, pause: 0.4))
    try download().fetch([file("a")])
    #expect(try folder.bytes("cache/set/a.gz") == content)
  }

  static let answers: [(status: Int, tries: Int)] = [(404, 1), (403, 1), (410, 1), (500, 3), (503, 3), (429, 3)]

  @Test(arguments: answers) func `a bad answer is told, and asked again only where that may help`(
    status: Int, tries: Int
  ) throws {
    server.serve("a", .status(status))
    let times = tries == 1 ? "" : ", 3 times"
    #expect(
      try refusal(file("a")) == "a.gz of set cannot be fetched: HOST: the server answers \(status)\(times)")
    #expect(server.asked.count == tries)
    #expect(names == (tries == 1 ? [".lock"] : [".lock", "a.gz.part"]))
  }

  @Test func `a page that comes instead of the file is called one`() throws {
    server.serve("a", .bytes(Array("<!DOCTYPE html><html><body>Please log in</body></html>".utf8)))
    #expect(
      try refusal(file("a"))
        == "a.gz of set cannot be fetched: HOST: what came is an HTML page, expected a gzip file")
    #expect(names == [".lock"])
  }

  @Test func `wrong bytes are found by the hash`() throws {
    server.serve("a", .bytes(content))
    let message = try refusal(file("a", digest: String(repeating: "0", count: 64)))
    #expect(message.contains(#/what came has the SHA-256 [0-9a-f]{64}, expected 0{64}$/#))
    #expect(names == [".lock"])
  }

  @Test func `wrong bytes are found by gzip's own check sum, and another address is asked`() throws {
    var broken = content
    broken[content.count / 2] ^= 0xFF
    server.serve("a", .bytes(broken))
    server.serve("b", .bytes(content))
    try download().fetch([file("a", "b")])
    #expect(try folder.bytes("cache/set/a.gz") == content)
    let other = try Folder()
    var alone = download()
    alone = Download(
      set: "set", folder: other["x"], environment: [:], observer: LoadObserver(), patience: alone.patience)
    let refusal = #expect(throws: Refusal.self) { try alone.fetch([file("a")]) }
    #expect(refusal?.message.contains("what came is broken: ") == true, "\(refusal?.message ?? "")")
  }

  @Test func `a length that is promised too large is a break`() throws {
    server.serve("a", .wrongLength(content, says: content.count + 10))
    #expect(try refusal(file("a")).contains("3 times"))
  }

  @Test func `a length that is promised too small leaves a broken file, which is refused`() throws {
    server.serve("a", .wrongLength(content, says: content.count - 10))
    #expect(try refusal(file("a")).contains("what came is broken: the compressed data end too early"))
  }

  @Test func `a server that never ends is cut off`() throws {
    server.serve("a", .bytes([UInt8](repeating: 0x1F, count: 2 * content.count + (2 << 20))))
    #expect(
      try refusal(file("a"))
        == "a.gz of set cannot be fetched: HOST: more than \(2 * content.count + (1 << 20)) bytes came")
  }

  @Test func `what an earlier sitting left stays where the next one reaches nobody, or nothing is there`() throws {
    try FileManager.default.createDirectory(atPath: folder["cache/set"], withIntermediateDirectories: true)
    try folder.write(Array(content.prefix(1000)), to: "cache/set/a.gz.part")
    let nobody = RemoteFile("a.gz", at: ["http://127.0.0.1:1/a", server.address("none")], bytes: 10, kind: .gzip)
    _ = try refusal(nobody)
    #expect(try folder.bytes("cache/set/a.gz.part").count == 1000)
    server.serve("a", .bytes(content))
    try download().fetch([file("a")])
    #expect(try folder.bytes("cache/set/a.gz") == content)
  }

  @Test func `where nobody listens it is told at once`() throws {
    server.stop()
    let file = RemoteFile("a.gz", at: ["http://127.0.0.1:1/a"], bytes: 10, kind: .gzip)
    #expect(try refusal(file).contains("cannot be fetched: 127.0.0.1:1: "))
  }
}
