import Glibc

/// A file `NAME.part` that grows, over several sittings if need be, until it is whole and takes the name `NAME`.
public struct PartialFile: ~Copyable {
  /// The open file; whoever writes to it does so at its end.
  public let descriptor: Int32
  /// Where it is now.
  public let path: String
  private let target: String

  /// Opens what an earlier sitting left, or an empty file.
  /// - Throws: `FileError` with the path `target`.
  public init(of target: String) throws(FileError) {
    (self.target, path) = (target, target + ".part")
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
    guard descriptor >= 0 else { throw FileError(target, .unwritable, code: errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.isFile else { throw FileError(target, .notAFile) }
  }

  deinit { close(descriptor) }

  /// Bytes that it has.
  public var size: Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Lets go of all bytes.
  /// - Throws: `FileError` when the system does not.
  public func empty() throws(FileError) {
    guard ftruncate(descriptor, 0) == 0 else { throw FileError(target, .unwritable, code: errno) }
  }

  /// Goes to the end, where writing goes on.
  public func seekToEnd() { lseek(descriptor, 0, SEEK_END) }

  /// Removes it.
  public consuming func discard() { unlink(path) }

  /// Gives it its name, once all is on the disk.
  /// - Throws: `FileError` with the system's reason; it stays as it is then.
  public consuming func finish() throws(FileError) {
    guard fchmod(descriptor, 0o644) == 0 else { throw FileError(target, .unwritable, code: errno) }
    while fsync(descriptor) != 0 {
      if errno != EINTR { throw FileError(target, .unwritable, code: errno) }
    }
    guard rename(path, target) == 0 else { throw FileError(target, .unwritable, code: errno) }
    FileWriter.syncFolder(PathResolver.folder(of: target))
  }
}
