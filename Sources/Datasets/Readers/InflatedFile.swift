import Files
import Glibc
import Grammar

/// A file read from its start, plain or gzip, whichever it is; the check sum of gzip is verified.
final class InflatedFile {
  /// Bytes on disk.
  let size: Int
  private let file: OpenFile
  private let packed: Gunzip?

  var path: String { file.path }
  /// Bytes on disk that have been taken.
  var offset: Int { file.offset }
  /// Whether the file begins as gzip does.
  var isCompressed: Bool { packed != nil }

  /// - Throws: `Refusal` when it is missing, no file, or not readable.
  init(_ path: String) throws(Refusal) {
    var status = stat()
    guard stat(path, &status) == 0 else { throw Refusal(FileError(path, .unreadable, code: errno)) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw Refusal(FileError(path, .notAFile)) }
    file = try OpenFile(path)
    size = Int(status.st_size)
    packed = file.isGzip ? Gunzip(file, buffer: min(1 << 17, max(1 << 13, size))) : nil
  }

  /// The next bytes, fewer than `count` only at the end.
  /// - Throws: `Refusal` when the file is broken or cannot be read.
  func read(_ count: Int) throws(Refusal) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let result = bytes.withUnsafeMutableBufferPointer { bytes in
      Result { () throws(Refusal) in try read(into: bytes) }
    }
    return Array(bytes.prefix(try result.get()))
  }

  /// Fills `bytes` with the next ones; how many there were, fewer than asked for only at the end.
  /// - Throws: `Refusal` when the file is broken or cannot be read.
  func read(into bytes: UnsafeMutableBufferPointer<UInt8>) throws(Refusal) -> Int {
    if let packed { return try packed.read(into: bytes) }
    return try file.read(into: bytes)
  }

  /// The SHA-256 of what a file holds, in hexadecimal; the check sums of gzip are verified.
  /// - Throws: `Refusal` when it is broken.
  static func digest(of path: String) throws(Refusal) -> String {
    let file = try InflatedFile(path)
    var hash = SHA256()
    while true {
      let bytes = try file.read(1 << 18)
      bytes.withUnsafeBytes { hash.update($0) }
      if bytes.count < 1 << 18 { return hash.hexadecimal() }
    }
  }
}

/// The bytes of a file as they are on disk, from its start.
final class OpenFile {
  let path: String
  /// Where the next bytes are.
  private(set) var offset = 0
  private let descriptor: Int32

  /// - Throws: `Refusal` when it is missing or not readable.
  init(_ path: String) throws(Refusal) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    self.path = path
    guard descriptor >= 0 else { throw Refusal(FileError(path, .unreadable, code: errno)) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Whether it begins as gzip does.
  var isGzip: Bool {
    var head: [UInt8] = [0, 0]
    return pread(descriptor, &head, 2, 0) == 2 && head == [0x1F, 0x8B]
  }

  /// Fills `bytes` with the next ones; how many there were, fewer than asked for only at the end.
  func read(into bytes: UnsafeMutableBufferPointer<UInt8>) throws(Refusal) -> Int {
    var filled = 0
    while filled < bytes.count {
      let got = Glibc.read(descriptor, bytes.baseAddress.map { $0 + filled }, bytes.count - filled)
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw broken(String(cString: strerror(errno))) }
      if got == 0 { break }
      filled += got
      offset += got
    }
    return filled
  }

  /// That it cannot be read to its end.
  func broken(_ problem: String) -> Refusal { Refusal("\(path) is broken: \(problem)") }
}
