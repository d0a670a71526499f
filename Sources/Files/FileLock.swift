import Glibc

/// A lock (flock) that processes of the same person hold in turn; it ends with the process that holds it.
public final class FileLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock, and asks while it waits for it whether to go on; nil when somebody asked to stop.
  /// - Parameter path: of a file that is made when it is missing and stays, as removing it would let two hold the lock.
  /// - Throws: `FileError` when the file cannot be made, or the file system has no locks.
  public init?(_ path: String, isStopRequested: () -> Bool) throws(FileError) {
    descriptor = try FileLock.open(path)
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let code = errno
      guard code == EWOULDBLOCK || code == EINTR else { throw FileError(path, .unwritable, code: code) }
      if isStopRequested() { return nil }
      usleep(50_000)
    }
  }

  /// Whether somebody holds the lock. Many may ask at once: none of them is taken for one who holds it.
  public static func isHeld(_ path: String) -> Bool {
    let file = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard file >= 0 else { return false }
    defer { close(file) }
    guard flock(file, LOCK_SH | LOCK_NB) == 0 else { return errno == EWOULDBLOCK }
    flock(file, LOCK_UN)
    return false
  }

  private static func open(_ path: String) throws(FileError) -> Int32 {
    let file = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
    guard file >= 0 else { throw FileError(path, .unwritable, code: errno) }
    return file
  }

  deinit {
    // A process that was forked meanwhile has the descriptor too, and would hold the lock until it ends.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}
