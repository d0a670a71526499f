import Foundation
import Grammar
import Synchronization
import TestSupport
import Testing

@testable import Datasets
@testable import Files

@Suite("Downloads, from a server on this machine")
struct DownloadTests {
  private let folder: Folder
  private let server: FileServer
  /// Large enough to come in several pieces.
  private let content: [UInt8]

  init() throws {
    folder = try Folder()
    server = try FileServer()
    let noise = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
    content = try IDXFile.gzip(noise, in: folder)
  }

  private func file(_ paths: String..., digest: String? = nil, kind: FileKind = .gzip) -> RemoteFile {
    RemoteFile("a.gz", at: paths.map(server.address), bytes: content.count, kind: kind, digest: digest)
  }

  private func download(_ observer: DownloadObserver = DownloadObserver(), mirror: String? = nil) -> Download {
    var download = Download(
      set: "set", folder: folder["cache/set"], environment: mirror.map { ["SUMI_MIRROR": $0] } ?? [:],
      observer: observer)
    download.patience = Transfer.Patience(connect: 5, stall: 1, pauses: [0.01, 0.01])
    return download
  }

  private func refusal(_ file: RemoteFile) throws -> String {
    let refusal = #expect(throws: Refusal.self) { try download().fetch([file]) }
    #expect(Set(names).subtracting([".lock", "a.gz.part"]).isEmpty, "nothing takes the file's name: \(names)")
    return try #require(refusal).message.replacing("127.0.0.1:\(server.port)", with: "HOST")
  }

  private var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder["cache/set"])) ?? []).sorted()
  }

  @Test func `a file comes whole, and nothing else is left`() throws {
    server.serve("a", .bytes(content))
    try download().fetch([file("a")])
    #expect(try folder.bytes("cache/set/a.gz") == content)
    #expect(names == [".lock", "a.gz"])
    try download().fetch([file("a")])
    #expect(server.asked == ["a"], "what is there is not fetched again")
  }

  @Test func `before it begins it is said how much comes from where, and afterwards where it is`() throws {
    server.serve("a", .bytes(content))
    let told = Mutex<[String]>([])
    let observer = DownloadObserver(tell: { event in
      switch event {
      case .begins(let text), .ends(let text), .note(let text): told.withLock { $0.append(text) }
      case .runs: break
      }
    })
    try download(observer).fetch([file("a")])
    let lines = told.withLock { $0 }
    let size = Download.megabytes(content.count)
    #expect(
      lines.first
        == "set is not on this machine: fetching \(size) from 127.0.0.1:\(server.port); Ctrl-C stops, load set goes on")
    #expect(lines.last == "set: \(size) fetched in 0.0 s, kept in \(folder["cache/set"])")
  }

  @Test func `a redirect is followed`() throws {
    server.serve("old", .redirect(server.address("new")))
    server.serve("new", .bytes(content))
    try download().fetch([file("old")])
    #expect(try folder.bytes("cache/set/a.gz") == content)
  }

  @Test func `redirects in a circle end`() throws {
    server.serve("a", .redirect(server.address("a")))
    #expect(try refusal(file("a")).contains("Maximum (10) redirects followed"))
  }

  @Test func `the second address is asked where the first has nothing`() throws {
    server.serve("b", .bytes(content))
    try download().fetch([file("a", "b")])
    #expect(server.asked == ["a", "b"])
  }

  @Test func `the mirror is asked first`() throws {
    server.serve("mirror/set/a.gz", .bytes(content))
    server.serve("a", .bytes(content))
    try download(mirror: server.address("mirror/")).fetch([file("a")])
    #expect(server.asked == ["mirror/set/a.gz"])
  }

  @Test(arguments: ["ftp://x/", "x", "http://", "file:///etc"])
  func `a mirror that is no address of the web is refused`(mirror: String) {
    let refusal = #expect(throws: Refusal.self) { try download(mirror: mirror).fetch([file("a")]) }
    #expect(
      refusal?.message == "SUMI_MIRROR is \"\(mirror)\"; expected an address that begins with http:// or https://")
  }

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
      set: "set", folder: other["x"], environment: [:], observer: DownloadObserver(), patience: alone.patience)
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

  @Test func `where nobody listens it is told at once`() throws {
    server.stop()
    let file = RemoteFile("a.gz", at: ["http://127.0.0.1:1/a"], bytes: 10, kind: .gzip)
    #expect(try refusal(file).contains("cannot be fetched: 127.0.0.1:1: "))
  }

  @Test func `a request to stop is heard while bytes come, and the part is gone on with`() throws {
    server.serve("a", .slow(content, piece: 4000, pause: 0.02))
    let asked = Atomic(0)
    let observer = DownloadObserver(isStopRequested: { asked.add(1, ordering: .relaxed).newValue > 12 })
    let refusal = #expect(throws: Refusal.self) { try download(observer).fetch([file("a")]) }
    #expect(refusal == .stopped)
    #expect(names == [".lock", "a.gz.part"])
    server.serve("a", .bytes(content))
    try download().fetch([file("a")])
    #expect(try folder.bytes("cache/set/a.gz") == content)
  }

  @Test func `a request to stop is heard while another process fetches`() throws {
    try Folders.make(folder["cache/set"])
    let lock = try FileLock(folder["cache/set/.lock"])
    let refusal = #expect(throws: Refusal.self) {
      try download(DownloadObserver(isStopRequested: { true })).fetch([file("a")])
    }
    #expect(refusal == .stopped)
    withExtendedLifetime(lock) {}
  }

  @Test func `two at once fetch it once`() async throws {
    server.serve("a", .slow(content, piece: content.count / 3, pause: 0.05))
    let (file, server) = (file("a"), server)
    let path = folder["cache/set"]
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<3 {
        group.addTask {
          let download = Download(set: "set", folder: path, environment: [:], observer: DownloadObserver())
          #expect(throws: Never.self) { try download.fetch([file]) }
        }
      }
    }
    #expect(server.asked == ["a"])
    #expect(try folder.bytes("cache/set/a.gz") == content)
  }

  @Test func `what the disk has no room for is refused before anything comes`() throws {
    let huge = RemoteFile("a.gz", at: [server.address("a")], bytes: 1 << 60, kind: .gzip)
    let refusal = #expect(throws: Refusal.self) { try download().fetch([huge]) }
    #expect(refusal?.message.hasPrefix("set needs 1152921504606 MB in \(folder["cache/set"]), and there are ") == true)
    #expect(server.asked.isEmpty)
  }

  @Test func `a folder that cannot be made is told`() throws {
    let download = Download(set: "set", folder: "/proc/none/set", environment: [:], observer: DownloadObserver())
    let refusal = #expect(throws: Refusal.self) { try download.fetch([file("a")]) }
    #expect(refusal?.message.hasPrefix("/proc/none cannot be written: ") == true)
  }

  @Test func `progress tells the rate and what is left`() {
    let progress = DownloadProgress(file: "a", done: 3_000_000, total: 9_000_000, first: 1_000_000, seconds: 2)
    #expect(progress.rate == 1_000_000)
    #expect(progress.secondsLeft == 6)
    #expect(DownloadProgress(file: "a", done: 3, total: nil, first: 0, seconds: 2).secondsLeft == nil)
    #expect(DownloadProgress(file: "a", done: 3, total: 5, first: 3, seconds: 2).secondsLeft == nil)
  }

  @Test(arguments: [(500, "1 kB"), (60_008, "60 kB"), (11_594_722, "11.6 MB"), (561_753_746, "561 MB")])
  func `sizes are told in megabytes`(bytes: Int, text: String) { #expect(Download.megabytes(bytes) == text) }
}
