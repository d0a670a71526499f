import Foundation
import Glibc
import Testing

/// Descriptors that no process inherits unless it is given them.
///
/// Marking them takes two calls, so no process is started between the two.
enum Channel {
  private static let lock = NSLock()

  /// Both ends of a pipe: the one to read from, the one to write to.
  static func pipe() throws -> (reading: Int32, writing: Int32) {
    try exclusively {
      var ends: [Int32] = [-1, -1]
      try #require(Glibc.pipe(&ends) == 0)
      ends.forEach(keep)
      return (ends[0], ends[1])
    }
  }

  /// Runs `body` while no other channel is made and no process is started.
  static func exclusively<Value>(_ body: () throws -> Value) rethrows -> Value {
    lock.lock()
    defer { lock.unlock() }
    return try body()
  }

  static func keep(_ descriptor: Int32) { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
}
