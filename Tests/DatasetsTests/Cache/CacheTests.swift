import Engine
import Foundation
import Grammar
import TestSupport
import Testing

@testable import Datasets

@Suite("The cache of inflated files")
struct CacheTests {
  private let folder: Folder
  private let source: String
  /// sha256sum of the 28 bytes, GNU coreutils.
  private let digest = "f7169b91c01c82a1c0c44aee0f6db5b5a609be8d0ba16e2ded674fe748c45dfe"
  private let file = "sumi/inflated/images"

  init() throws {
    folder = try Folder()
    source = try folder.write(folder.gzip(IDXFile.images), to: "images.gz")
  }

  private func cache(in path: String? = nil, mayCache: Bool = true) -> Cache? {
    Cache(
      LoadContext(
        environment: ["XDG_CACHE_HOME": path ?? folder.path], threads: Threads(count: 1), mayCache: mayCache))
  }

  private func key() throws -> CacheKey { try #require(CacheKey(source, name: "images", digest: digest)) }

  /// What the cache says of the source.
  private func found() throws -> IDX? { try cache()?.find(key(), path: source, rank: 3, Threads(count: 2)) }

  /// Puts the source into the cache; the bytes of the cache's file.
  private func keep() throws -> [UInt8] {
    try cache()?.keep(IDX(source, rank: 3), key())
    return try folder.bytes(file)
  }

  @Test("what was kept is found, equal in all")
  func finds() throws {
    #expect(try found() == nil)
    _ = try keep()
    let (idx, original) = (try #require(try found()), try IDX(source, rank: 3))
    #expect(idx.all == original.all)
    #expect(idx.extents == [2, 2, 3])
    #expect(idx.digest == original.digest)
    #expect(idx.path == source)
  }

  @Test("a file that is cut off anywhere, or longer, is not trusted")
  func cut() throws {
    let whole = try keep()
    for length in whole.indices {
      try folder.write(Array(whole[..<length]), to: file)
      #expect(try found() == nil, "\(length)")
    }
    try folder.write(whole + [0], to: file)
    #expect(try found() == nil)
  }

  @Test("a file with any bit flipped is not trusted")
  func flipped() throws {
    let whole = try keep()
    for bit in 0..<whole.count * 8 {
      var bytes = whole
      bytes[bit / 8] ^= 1 << UInt8(bit % 8)
      try folder.write(bytes, to: file)
      #expect(try found() == nil, "bit \(bit)")
    }
    try folder.write(whole, to: file)
    #expect(try found() != nil)
  }

  @Test("a file for a source that has another time, size or content since is not trusted")
  func otherSource() throws {
    _ = try keep()
    try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: -5)], ofItemAtPath: source)
    #expect(try found() == nil)
    _ = try keep()
    #expect(try found() != nil)
    let date = try date()
    var images = IDXFile.images
    images[20] += 1
    try write(folder.gzip(images), date)
    #expect(try found() == nil)
  }

  @Test("a file of another hash, of another rank, or for others to write is not trusted")
  func foreign() throws {
    _ = try keep()
    let other = try #require(CacheKey(source, name: "images", digest: String(repeating: "0", count: 64)))
    let unlike = cache()?.find(other, path: source, rank: 3, Threads(count: 1))
    #expect(unlike == nil)
    #expect(try cache()?.find(key(), path: source, rank: 1, Threads(count: 1)) == nil)
    try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: folder[file])
    #expect(try found() == nil)
  }

  @Test("a link, a folder and a pipe in the place of the file are not trusted")
  func noFile() throws {
    _ = try keep()
    try FileManager.default.moveItem(atPath: folder[file], toPath: folder["elsewhere"])
    try FileManager.default.createSymbolicLink(atPath: folder[file], withDestinationPath: folder["elsewhere"])
    #expect(try found() == nil)
    try FileManager.default.removeItem(atPath: folder[file])
    try FileManager.default.createDirectory(atPath: folder[file], withIntermediateDirectories: false)
    #expect(try found() == nil)
    try FileManager.default.removeItem(atPath: folder[file])
    #expect(mkfifo(folder[file], 0o600) == 0)
    #expect(try found() == nil)
  }

  @Test("without a home, or where nothing may be written, there is no cache")
  func none() {
    #expect(Cache(LoadContext(environment: [:], threads: Threads(count: 1), mayCache: true)) == nil)
    #expect(cache(mayCache: false) == nil)
  }

  @Test("a cache that cannot be written costs nothing but time")
  func unwritable() throws {
    try folder.write("in the way", to: "sumi")
    try cache()?.keep(IDX(source, rank: 3), key())
    #expect(try folder.text("sumi") == "in the way")
    try cache(in: "/proc/none")?.keep(IDX(source, rank: 3), key())
    #expect(try found() == nil)
  }

  @Test("a plain file has no key, and a missing one neither")
  func plain() throws {
    #expect(CacheKey(try folder.write(IDXFile.images, to: "plain"), name: "plain", digest: digest) == nil)
    #expect(CacheKey(folder["none"], name: "none", digest: digest) == nil)
    #expect(CacheKey(folder.path, name: "folder", digest: digest) == nil)
  }

  @Test("a file is read from the cache once it was checked and kept, and from the source when it was changed")
  func published() throws {
    let published = PublishedFile("images", rank: 3, digest)
    func read() throws -> PublishedFile.Copy {
      try #require(try PublishedFile.read([published], of: "mnist", in: folder.path, cache(), Threads(count: 2)).first)
    }
    let first = try read()
    try first.check()
    first.keep(in: cache())
    let kept = try folder.bytes(file)
    // The source is broken behind its unchanged key, so who reads it fails.
    let (sound, date) = (try folder.bytes("images.gz"), try date())
    var broken = sound
    broken[12] ^= 0xFF
    try write(broken, date)
    try read().check()
    try write(sound, date)
    try folder.write(Array(kept.dropLast()), to: file)
    let again = try read()
    try again.check()
    again.keep(in: cache())
    #expect(try folder.bytes(file) == kept)
    try folder.write(Array(kept.dropLast()), to: file)
    try write(broken, date)
    #expect(throws: Refusal.self) { try read() }
  }

  /// When the source was changed last, to the nanosecond, which Foundation's dates do not have.
  private func date() throws -> timespec {
    var status = stat()
    try #require(stat(source, &status) == 0)
    return status.st_mtim
  }

  /// Changes the source behind its time's back.
  private func write(_ bytes: [UInt8], _ date: timespec) throws {
    try folder.write(bytes, to: "images.gz")
    try #require(utimensat(AT_FDCWD, source, [date, date], 0) == 0)
  }
}
