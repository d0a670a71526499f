import Foundation
import Grammar
import Synchronization
import TestSupport
import Testing

@testable import Datasets
@testable import Files

@Suite("Downloads, from a server on this machine")
struct DownloadTests {
  let folder: Folder
  let server: FileServer
  /// Large enough to come in several pieces.
  let content: [UInt8]

  init() throws {
    folder = try Folder()
    server = try FileServer()
    let noise = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
    content = try folder.gzip(noise)
  }

  func file(_ paths: String..., digest: String? = nil, kind: FileKind = .gzip) -> RemoteFile {
    RemoteFile("a.gz", at: paths.map(server.address), bytes: content.count, kind: kind, digest: digest)
  }

  func download(_ observer: LoadObserver = LoadObserver(), mirror: String? = nil) -> Download {
    var download = Download(
      set: "set", folder: folder["cache/set"], environment: mirror.map { ["SUMI_MIRROR": $0] } ?? [:],
      observer: observer)
    download.patience = Transfer.Patience(connect: 5, stall: 1, pauses: [0.01, 0.01])
    return download
  }

  func refusal(_ file: RemoteFile) throws -> String {
    let refusal = #expect(throws: Refusal.self) { try download().fetch([file]) }
    #expect(Set(names).subtracting([".lock", "a.gz.part"]).isEmpty, "nothing takes the file's name: \(names)")
    return try #require(refusal).message.replacing("127.0.0.1:\(server.port)", with: "HOST")
  }

  var names: [String] {
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
    let observer = LoadObserver(tell: { event in
      switch event {
      case .begins(let text), .ends(let text), .note(let text): told.withLock { $0.append(text) }
      case .downloads, .reads: break
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

  @Test func `a request to stop is heard while bytes come, and the part is gone on with`() throws {
    server.serve("a", .slow(content, piece: 4000, pause: 0.02))
    let asked = Atomic(0)
    let observer = LoadObserver(isStopRequested: { asked.add(1, ordering: .relaxed).newValue > 12 })
    let refusal = #expect(throws: Refusal.self) { try download(observer).fetch([file("a")]) }
    #expect(refusal == .stopped)
    #expect(names == [".lock", "a.gz.part"])
    server.serve("a", .bytes(content))
    try download().fetch([file("a")])
    #expect(try folder.bytes("cache/set/a.gz") == content)
  }

  @Test func `a request to stop is heard while another process fetches`() throws {
    try Folders.make(folder["cache/set"])
    let lock = try FileLock(folder["cache/set/.lock"]) { true }
    let refusal = #expect(throws: Refusal.self) {
      try download(LoadObserver(isStopRequested: { true })).fetch([file("a")])
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
          let download = Download(set: "set", folder: path, environment: [:], observer: LoadObserver())
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
    let download = Download(set: "set", folder: "/proc/none/set", environment: [:], observer: LoadObserver())
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
