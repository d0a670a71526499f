import CZlib
import Engine
import Files
import Glibc
import Grammar
import Synchronization

/// What gzip files hold, uncompressed, in `$XDG_CACHE_HOME/sumi/inflated`: reading it takes a tenth of the time.
///
/// A file of it begins with its key, then the CRC-32 of all that follows: three extents and the bytes. It counts only
/// if it is this user's own, not writable by all, of the very length its extents give, and every byte is as it was
/// written; anything else is as if it were not there, and is written anew where that is possible.
struct Cache {
  private static let extents = 3
  /// Key, check sum and extents.
  private static let headLength = CacheKey.length + 8 + 8 * extents
  /// Bytes that one thread reads and sums up at once.
  private static let piece = 1 << 20

  private let folder: String

  /// nil where nothing may be kept, or there is no place for it.
  init?(_ surroundings: LoadContext) {
    guard surroundings.mayCache, let folder = Folders(environment: surroundings.environment).cache else { return nil }
    self.folder = "\(folder)/inflated"
  }

  /// The bytes that belong to a key, checked, as if they had been read from `path`; nil when there are none.
  func find(_ key: CacheKey, path: String, rank: Int, _ threads: Threads) -> IDX? {
    let file = Glibc.open("\(folder)/\(key.name)", O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    var head = [UInt8](repeating: 0, count: Cache.headLength)
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid(),
      status.st_mode & S_IWOTH == 0, pread(file, &head, head.count, 0) == head.count,
      head.starts(with: key.bytes)
    else { return nil }
    let extents = (0..<Cache.extents).map { Cache.word(head, at: CacheKey.length + 8 + 8 * $0) }.prefix { $0 > 0 }
    let room = Int(status.st_size) - Cache.headLength
    guard extents.count == rank, extents.allSatisfy({ $0 <= UInt64(room) }) else { return nil }
    let shape = Shape(extents.map { Int($0) })
    guard shape.count == room, room <= Machine.available else { return nil }
    let sum = Cache.checkSum(head[(CacheKey.length + 8)...])
    guard let bytes = Cache.read(file, room, after: sum, expecting: Cache.word(head, at: CacheKey.length), threads)
    else { return nil }
    return IDX(path: path, extents: shape.extents, bytes: bytes, digest: key.digest)
  }

  /// Keeps bytes for the next time, where that is possible.
  func keep(_ idx: IDX, _ key: CacheKey) {
    let all = idx.extents + [Int](repeating: 0, count: Cache.extents - idx.extents.count)
    let extents = all.flatMap { Cache.bytes(UInt64($0)) }
    idx.bytes.withUnsafeBufferPointer { content in
      let sum = crc32_z(Cache.checkSum(extents[...]), content.baseAddress, content.count)
      (key.bytes + Cache.bytes(UInt64(sum)) + extents).withUnsafeBytes { head in
        // A cache that cannot be written is no fault of what was loaded.
        try? Folders.make(folder)
        try? FileWriter.replace("\(folder)/\(key.name)", with: [head, UnsafeRawBufferPointer(content)])
      }
    }
  }

  /// Bytes behind the head, if their check sum is right.
  private static func read(
    _ file: Int32, _ count: Int, after start: UInt, expecting sum: UInt64, _ threads: Threads
  ) -> Bytes? {
    let pieces = (count + piece - 1) / piece
    let sums = Mutex([UInt?](repeating: nil, count: pieces))
    let bytes = Bytes(count: count) { bytes in
      let target = Target(bytes: bytes)
      threads.run(pieces) { index in
        let sum = target.read(index * piece..<min(count, (index + 1) * piece), of: file, from: headLength)
        sums.withLock { $0[index] = sum }
      }
    }
    var total: UInt? = start
    for (index, sum) in sums.withLock({ $0 }).enumerated() {
      guard let before = total, let sum else { return nil }
      total = crc32_combine(before, sum, min(piece, count - index * piece))
    }
    return total.map { UInt64($0) } == sum ? bytes : nil
  }

  private static func checkSum(_ bytes: ArraySlice<UInt8>) -> UInt {
    bytes.withUnsafeBufferPointer { crc32_z(0, $0.baseAddress, $0.count) }
  }

  static func bytes(_ word: UInt64) -> [UInt8] { withUnsafeBytes(of: word.littleEndian) { Array($0) } }

  private static func word(_ bytes: [UInt8], at place: Int) -> UInt64 {
    bytes[place..<place + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}

/// Where bytes go; threads read into parts that do not overlap.
private struct Target: @unchecked Sendable {
  let bytes: UnsafeMutableBufferPointer<UInt8>

  /// Reads a range of them; their check sum, or nil when the file does not hold them.
  func read(_ range: Range<Int>, of file: Int32, from start: Int) -> UInt? {
    let part = UnsafeMutableBufferPointer(rebasing: bytes[range])
    var done = 0
    while done < part.count {
      let got = pread(file, part.baseAddress.map { $0 + done }, part.count - done, start + range.lowerBound + done)
      if got > 0 { done += got } else if got == 0 || errno != EINTR { return nil }
    }
    return crc32_z(0, part.baseAddress, part.count)
  }
}
