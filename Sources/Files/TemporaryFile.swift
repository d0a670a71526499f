import Glibc

/// A file under a name of its own, until it is put in another's place or dropped.
///
/// It is locked (flock) as long as it is open, and the system ends the lock with the process. So a file with such a
/// name that nobody locks was left by a process that was killed, and the next one sweeps it.
public struct TemporaryFile: ~Copyable {
  /// How the names begin of files that will take another's place; random letters follow.
  private static let prefix = ".sumi-unfinished-"

  /// The open file; it is not passed on to other programs.
  let descriptor: Int32
  public let path: String
  private var isNamed = true

  /// Makes an empty file that will take the place of `name`, and sweeps what killed processes left in its folder.
  /// - Throws: `FileError` with the path `name`, which is what a person asked to write.
  init(beside target: String, for name: String) throws(FileError) {
    let folder = PathResolver.folder(of: target)
    TemporaryFile.sweep(folder)
    try self.init(in: folder, prefix: TemporaryFile.prefix, for: name)
  }

  /// Makes an empty file, for this person alone.
  /// - Parameters:
  ///   - prefix: how the name begins; random letters follow.
  ///   - ending: what the name ends in, such as `.sumi` for an editor that colours by it.
  /// - Throws: `FileError` with the path `name`.
  public init(in folder: String, prefix: String, ending: String = "", for name: String) throws(FileError) {
    while true {
      let path = "\(folder)/\(prefix)\(TemporaryFile.letters())\(ending)"
      let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
      if file < 0, errno == EEXIST || errno == EINTR { continue }
      guard file >= 0 else { throw FileError(name, .unwritable, code: errno) }
      // Where the file system has no locks, nothing is swept either.
      while flock(file, LOCK_EX) != 0, errno == EINTR {}
      var status = stat()
      // Somebody who swept between the two calls took it for left.
      if fstat(file, &status) == 0, status.st_nlink == 0 {
        close(file)
        continue
      }
      (descriptor, self.path) = (file, path)
      return
    }
  }

  /// Letters that make a name of its own; nobody can guess them.
  private static func letters() -> String {
    String((0..<10).compactMap { _ in "abcdefghijklmnopqrstuvwxyz0123456789".randomElement() })
  }

  deinit {
    close(descriptor)
    if isNamed { unlink(path) }
  }

  /// Appends bytes; the error's number when that fails.
  func write(_ bytes: UnsafeRawBufferPointer) -> Int32? { TemporaryFile.write(bytes, to: descriptor) }

  static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32? {
    var done = 0
    while done < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
      // A disk that takes nothing and gives no reason is full.
      if count > 0 { done += count } else if count == 0 { return ENOSPC } else if errno != EINTR { return errno }
    }
    return nil
  }

  /// Puts a text into it; it can be read by others from then on.
  /// - Throws: `FileError` with the path `name`.
  public func fill(_ text: String, for name: String) throws(FileError) {
    let code = Array(text.utf8).withUnsafeBytes { write($0) }
    if let code { throw FileError(name, .unwritable, code: code) }
  }

  /// Takes the place of `target`, once all is on the disk; the error's number when that fails.
  mutating func take(placeOf target: String, mode: mode_t) -> Int32? {
    guard fchmod(descriptor, mode) == 0 else { return errno }
    while fsync(descriptor) != 0 {
      if errno != EINTR { return errno }
    }
    guard rename(path, target) == 0 else { return errno }
    isNamed = false
    return nil
  }

  /// Removes this person's files with such names that nobody holds.
  public static func sweep(_ folder: String) {
    for name in Folders.names(in: folder) ?? [] where name.hasPrefix(prefix) { removeIfLeft("\(folder)/\(name)") }
  }

  private static func removeIfLeft(_ path: String) {
    let file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { return }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.isFile, status.st_uid == geteuid(), flock(file, LOCK_EX | LOCK_NB) == 0
    else { return }
    unlink(path)
  }
}
