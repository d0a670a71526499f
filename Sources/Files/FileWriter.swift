import Glibc

/// The one way in which files are written: whole or not at all.
///
/// A temporary file beside it, fsync, rename, fsync of the folder; the mode and a symbolic link are kept.
public enum FileWriter {
  /// Finds out, without changing anything, whether `replace` can work.
  public static func check(_ path: String) throws(FileError) {
    let target = try resolve(path)
    var status = stat()
    if stat(target, &status) == 0, !status.isFile { throw FileError(path, .notAFile) }
    guard access(PathResolver.folder(of: target), W_OK | X_OK) == 0 else {
      throw FileError(path, .unwritable, code: errno)
    }
  }

  /// Finds out by making an empty file beside it, gone at once, whether `replace` can work.
  public static func tryOut(_ path: String) throws(FileError) {
    try check(path)
    let trial = try TemporaryFile(beside: try resolve(path), for: path)
    _ = consume trial
  }

  /// Puts `bytes` in the file's place.
  /// - Throws: `FileError` with the system's reason; the old file is as it was then.
  public static func replace(_ path: String, with bytes: [UInt8]) throws(FileError) {
    try replace(path) { (take) throws(FileError) in try pass(bytes, to: take) }
  }

  /// Puts pieces, one after the other, in the file's place.
  /// - Throws: `FileError` with the system's reason; the old file is as it was then.
  public static func replace(_ path: String, with pieces: [UnsafeRawBufferPointer]) throws(FileError) {
    try replace(path) { (write) throws(FileError) in
      for piece in pieces { try write(piece) }
    }
  }

  /// What takes the pieces of a file in order.
  public typealias Sink = (UnsafeRawBufferPointer) throws(FileError) -> Void

  /// Hands over all of a list's memory in one piece.
  public static func pass<Number: BitwiseCopyable>(_ numbers: [Number], to take: Sink) throws(FileError) {
    try numbers.withUnsafeBufferPointer { (numbers) throws(FileError) in try take(UnsafeRawBufferPointer(numbers)) }
  }

  /// Puts what `body` writes, piece by piece, in the file's place.
  /// - Throws: `FileError` with the system's reason; the old file is as it was then.
  public static func replace(_ path: String, _ body: (Sink) throws(FileError) -> Void) throws(FileError) {
    try check(path)
    let target = try resolve(path)
    var file = try TemporaryFile(beside: target, for: path)
    let descriptor = file.descriptor
    try body { (piece) throws(FileError) in
      if let code = TemporaryFile.write(piece, to: descriptor) { throw FileError(path, .unwritable, code: code) }
    }
    if let code = file.take(placeOf: target, mode: mode(of: target)) {
      throw FileError(path, .unwritable, code: code)
    }
    syncFolder(PathResolver.folder(of: target))
  }

  /// Removes a file, where there is one that may be removed.
  public static func remove(_ path: String) { unlink(path) }

  /// The mode of the file that is there, or what the process gives new files.
  private static func mode(of path: String) -> mode_t {
    var status = stat()
    if stat(path, &status) == 0 { return status.st_mode & 0o7777 }
    return 0o666 & ~mask
  }

  /// What the process takes from the mode of new files; it can only be asked for by changing it.
  private static let mask: mode_t = {
    let mask = umask(0o077)
    umask(mask)
    return mask
  }()

  /// The file behind symbolic links, so that the link stays.
  private static func resolve(_ path: String) throws(FileError) -> String {
    guard !path.isEmpty else { throw FileError(path, .unnamed) }
    var name = path
    while true {
      if let real = realpath(name, nil) {
        defer { free(real) }
        return String(cString: real)
      }
      guard errno == ENOENT else { throw FileError(path, .unwritable, code: errno) }
      // A link to a file that is not there yet; links in circles ended above.
      guard let target = target(ofLink: name) else { return name }
      name = target.hasPrefix("/") ? target : "\(PathResolver.folder(of: name))/\(target)"
    }
  }

  private static func target(ofLink path: String) -> String? {
    var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = readlink(path, &bytes, bytes.count)
    return length > 0 ? String(decoding: bytes[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
  }

  /// Makes the new name last. The file is in its place whatever comes of it, so a failure is no fault of the file's.
  static func syncFolder(_ path: String) {
    let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    while fsync(folder) != 0, errno == EINTR {}
    close(folder)
  }
}
