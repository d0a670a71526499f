import Glibc

/// What tells whether a file is still the one that it was: its place on the disk, its size and when it was changed.
public struct FileStamp: Equatable, Sendable {
  private let device: UInt64
  private let number: UInt64
  /// Bytes.
  public let size: Int
  private let seconds: Int
  private let nanoseconds: Int

  /// Nanoseconds from 1970 to the last change.
  public var modified: Int { seconds &* 1_000_000_000 &+ nanoseconds }

  /// nil when there is no file of this name.
  public init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    (device, number, size) = (UInt64(status.st_dev), UInt64(status.st_ino), Int(status.st_size))
    (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
  }
}
