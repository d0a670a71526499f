import Glibc
import Grammar

/// Reads a whole file that a person named.
public enum FileReader {
  /// - Throws: `Refusal` when it is missing, not a file, larger than `most` bytes, or cannot be read.
  public static func read(_ path: String, most: Int) throws(Refusal) -> [UInt8] {
    let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { throw .unreadable(path, errno) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw .unreadable(path, errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Refusal("\(path) is \(status.st_mode & S_IFMT == S_IFDIR ? "a folder" : "not a file")")
    }
    guard status.st_size <= most else { throw .tooLarge(path, Int(status.st_size), most) }
    return try read(file, Int(status.st_size), path)
  }

  private static func read(_ file: Int32, _ size: Int, _ path: String) throws(Refusal) -> [UInt8] {
    var failure: Int32?
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
      while filled < size {
        let count = Glibc.read(file, buffer.baseAddress.map { $0 + filled }, size - filled)
        if count > 0 { filled += count } else if count == 0 { break } else if errno != EINTR {
          failure = errno
          break
        }
      }
    }
    if let failure { throw .unreadable(path, failure) }
    return bytes
  }
}

extension Refusal {
  fileprivate static func unreadable(_ path: String, _ code: Int32) -> Refusal {
    Refusal("\(path) cannot be read: \(String(cString: strerror(code)))")
  }
  fileprivate static func tooLarge(_ path: String, _ size: Int, _ most: Int) -> Refusal {
    Refusal("\(path) has \(size) bytes; expected at most \(most)")
  }
}
