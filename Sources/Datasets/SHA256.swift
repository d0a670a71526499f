import CMd
import Files
import Glibc
import Grammar

/// The SHA-256 of bytes that come in pieces (FIPS 180-4), by libmd.
package struct SHA256 {
  private var context = SHA2_CTX()

  package init() { SHA256Init(&context) }

  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    SHA256Update(&context, bytes.assumingMemoryBound(to: UInt8.self).baseAddress, bytes.count)
  }

  /// The digest of all pieces so far: 64 hexadecimal digits.
  package func hexadecimal() -> String {
    var context = context
    var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    SHA256Final(&digest, &context)
    return digest.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }
}

extension SHA256 {
  /// The digest of a whole file, in hexadecimal.
  /// - Throws: `Refusal` when it cannot be read.
  static func digest(of path: String) throws(Refusal) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw Refusal(FileError(path, .unreadable, code: errno)) }
    defer { close(file) }
    var hash = SHA256()
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = read(file, &chunk, chunk.count)
      if count == 0 { return hash.hexadecimal() }
      if count > 0 { chunk.withUnsafeBytes { hash.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) } }
      else if errno != EINTR { throw Refusal(FileError(path, .unreadable, code: errno)) }
    }
  }
}
