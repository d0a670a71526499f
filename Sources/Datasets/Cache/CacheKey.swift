import Glibc

/// What a file of the cache belongs to: a gzip file by its size, time and last bytes (its own check sum and length),
/// and the hash of what it has to hold.
struct CacheKey: Equatable {
  static let length = 72
  let name: String
  let digest: String
  let bytes: [UInt8]

  /// nil when the file is no gzip file.
  init?(_ path: String, name: String, digest: String) {
    let file = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    var (head, tail) = (UInt16(0), UInt64(0))
    guard fstat(file, &status) == 0, pread(file, &head, 2, 0) == 2, UInt16(bigEndian: head) == 0x1F8B,
      pread(file, &tail, 8, max(0, status.st_size - 8)) == 8
    else { return nil }
    let numbers = [status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec].map { UInt64(bitPattern: Int64($0)) }
    bytes = Array("sumi\0\0\0\u{1}".utf8) + (numbers + [tail]).flatMap(Cache.bytes) + CacheKey.numbers(digest)
    guard bytes.count == CacheKey.length else { return nil }
    (self.name, self.digest) = (name, digest)
  }

  private static func numbers(_ hexadecimal: String) -> [UInt8] {
    let digits = hexadecimal.compactMap { $0.hexDigitValue }
    return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }
}
