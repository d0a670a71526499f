import CZlib
import Files
import Glibc
import Grammar

/// A file read from its start, plain or gzip, whichever it is; the check sum of gzip is verified.
final class InflatedFile {
  let path: String
  /// Bytes on disk.
  let size: Int
  /// Whether the file begins as gzip does.
  let isCompressed: Bool
  private let handle: gzFile

  /// - Throws: `Refusal` when it is missing, no file, or not readable.
  init(_ path: String) throws(Refusal) {
    var status = stat()
    guard stat(path, &status) == 0 else { throw Refusal(FileError(path, .unreadable, code: errno)) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw Refusal(FileError(path, .notAFile)) }
    guard let handle = gzopen(path, "rb") else { throw Refusal(FileError(path, .unreadable, code: errno)) }
    // Three times as much is taken for a compressed file, so no more than a small one has.
    gzbuffer(handle, UInt32(min(1 << 17, max(1 << 13, status.st_size))))
    self.path = path
    self.handle = handle
    size = Int(status.st_size)
    isCompressed = gzdirect(handle) == 0
  }

  deinit { gzclose(handle) }

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
    var filled = 0
    var problem: String?
    while filled < bytes.count {
      let part = UInt32(min(bytes.count - filled, 1 << 30))
      let got = gzread(handle, bytes.baseAddress.map { $0 + filled }, part)
      if got < 0 { problem = message }
      if got <= 0 { break }
      filled += Int(got)
    }
    // A compressed file that ends too early is told by the error state alone.
    if filled < bytes.count, problem == nil, let message { problem = message }
    if let problem { throw Refusal("\(path) is broken: \(problem)") }
    return filled
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

  /// What zlib has to say, without the path it puts in front; nil when all is well.
  private var message: String? {
    var code: Int32 = 0
    let text = gzerror(handle, &code).map { String(cString: $0) } ?? ""
    switch code {
    case Z_OK, Z_STREAM_END: return nil
    case Z_ERRNO: return String(cString: strerror(errno))
    case Z_BUF_ERROR: return "the compressed data end too early"
    default: return text.split(separator: ": ").last.map(String.init) ?? "error \(code)"
    }
  }
}
