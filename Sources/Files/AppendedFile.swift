import Glibc

/// A file that grows by whole pieces, of which whoever reads it meanwhile sees none in part.
public final class AppendedFile: Sendable {
  private let path: String
  private let descriptor: Int32

  /// Opens the file, or makes it.
  /// - Parameter mode: of a new file, less what the process takes from it.
  public init(_ path: String, mode: mode_t = 0o600) throws(FileError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, mode)
    guard descriptor >= 0 else { throw FileError(path, .unwritable, code: errno) }
  }

  deinit { close(descriptor) }

  /// Appends bytes, all or none.
  public func append(_ bytes: [UInt8]) throws(FileError) {
    var written = write(descriptor, bytes, bytes.count)
    while written < 0, errno == EINTR { written = write(descriptor, bytes, bytes.count) }
    guard written == bytes.count else {
      let code = written < 0 ? errno : ENOSPC
      var status = stat()
      if written > 0, fstat(descriptor, &status) == 0 { ftruncate(descriptor, status.st_size - written) }
      throw FileError(path, .unwritable, code: code)
    }
  }

  /// Drops all behind so many bytes.
  public func truncate(to length: Int) throws(FileError) {
    guard ftruncate(descriptor, length) == 0 else { throw FileError(path, .unwritable, code: errno) }
  }

  /// Dates the last change back by a nanosecond, so that another file that is written next counts as the later one: the
  /// clock of file systems stands still for milliseconds.
  public func predate() throws(FileError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError(path, .unwritable, code: errno) }
    var changed = status.st_mtim
    changed = changed.tv_nsec > 0
      ? timespec(tv_sec: changed.tv_sec, tv_nsec: changed.tv_nsec - 1)
      : timespec(tv_sec: changed.tv_sec - 1, tv_nsec: 999_999_999)
    guard futimens(descriptor, [status.st_atim, changed]) == 0 else {
      throw FileError(path, .unwritable, code: errno)
    }
  }

  /// Waits until what was appended is on the disk.
  public func sync() throws(FileError) {
    while fdatasync(descriptor) != 0 {
      if errno != EINTR { throw FileError(path, .unwritable, code: errno) }
    }
  }
}
