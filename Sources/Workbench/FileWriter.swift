import Glibc
import Grammar

/// The one way in which files are written: whole or not at all.
///
/// A temporary file beside it, fsync, rename, fsync of the folder; the mode and a symbolic link are kept.
enum FileWriter {
  /// Finds out, without changing anything, whether `replace` can work.
  static func check(_ path: String) throws(Refusal) {
    let target = try resolve(path)
    var status = stat()
    if stat(target, &status) == 0, status.st_mode & S_IFMT != S_IFREG { throw Refusal("\(path) is not a file") }
    guard access(folder(of: target), W_OK | X_OK) == 0 else { throw .unwritable(path, errno) }
  }

  /// Puts `bytes` in the file's place.
  /// - Throws: `Refusal` with the system's reason; the old file is as it was then.
  static func replace(_ path: String, with bytes: [UInt8]) throws(Refusal) {
    try bytes.withUnsafeBufferPointer { (bytes) throws(Refusal) in
      try replace(path, with: [UnsafeRawBufferPointer(bytes)])
    }
  }

  /// Puts pieces, one behind the other, in the file's place.
  /// - Throws: `Refusal` with the system's reason; the old file is as it was then.
  @Sendable static func replace(_ path: String, with pieces: [UnsafeRawBufferPointer]) throws(Refusal) {
    try check(path)
    let target = try resolve(path)
    var template = Array("\(folder(of: target))/.sumi-XXXXXX".utf8CString)
    let file = mkstemp(&template)
    guard file >= 0 else { throw .unwritable(path, errno) }
    let failure = write(pieces, to: file, mode: mode(of: target))
    guard failure == nil, rename(template, target) == 0 else {
      let code = failure ?? errno
      unlink(template)
      throw .unwritable(path, code)
    }
    syncFolder(of: target)
  }

  /// Writes, sets the mode, syncs and closes; the error's number when something fails.
  private static func write(_ pieces: [UnsafeRawBufferPointer], to file: Int32, mode: mode_t) -> Int32? {
    var failure: Int32?
    for piece in pieces {
      var done = 0
      while done < piece.count, failure == nil {
        let count = Glibc.write(file, piece.baseAddress.map { $0 + done }, piece.count - done)
        if count >= 0 { done += count } else if errno != EINTR { failure = errno }
      }
    }
    if failure == nil, fchmod(file, mode) != 0 || fsync(file) != 0 { failure = errno }
    if close(file) != 0, failure == nil { failure = errno }
    return failure
  }

  /// The mode of the file that is there, or what the process gives new files.
  private static func mode(of path: String) -> mode_t {
    var status = stat()
    if stat(path, &status) == 0 { return status.st_mode & 0o7777 }
    let mask = umask(0)
    umask(mask)
    return 0o666 & ~mask
  }

  /// The file behind symbolic links, so that the link stays.
  private static func resolve(_ path: String) throws(Refusal) -> String {
    guard !path.isEmpty else { throw Refusal("the file's name is empty") }
    if let real = realpath(path, nil) {
      defer { free(real) }
      return String(cString: real)
    }
    guard errno == ENOENT else { throw .unwritable(path, errno) }
    // A link to a file that is not there yet; links in circles ended above.
    guard let target = target(ofLink: path) else { return path }
    return try resolve(target.hasPrefix("/") ? target : "\(folder(of: path))/\(target)")
  }

  private static func target(ofLink path: String) -> String? {
    var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = readlink(path, &bytes, bytes.count)
    return length > 0 ? String(decoding: bytes[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func syncFolder(of path: String) {
    let folder = open(folder(of: path), O_RDONLY | O_DIRECTORY)
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }
}

extension Refusal {
  fileprivate static func unwritable(_ path: String, _ code: Int32) -> Refusal {
    Refusal("\(path) cannot be written: \(String(cString: strerror(code)))")
  }
}
