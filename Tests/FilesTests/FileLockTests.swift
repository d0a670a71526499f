import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Files

@Suite("Locks")
struct FileLockTests {
  @Test func `who holds the lock is alone`() async throws {
    let folder = try Folder()
    let path = folder["lock"]
    let counts = Counts()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          for _ in 0..<50 {
            do {
              let lock = try FileLock(path)
              counts.value.withLock { $0 = ($0.inside + 1, max($0.maximum, $0.inside + 1)) }
              counts.value.withLock { $0.inside -= 1 }
              withExtendedLifetime(lock) {}
            } catch { Issue.record("\(error)") }
          }
        }
      }
    }
    #expect(counts.value.withLock { $0.maximum } == 1)
  }

  /// How many hold the lock, and how many ever did at once.
  private final class Counts: Sendable {
    let value = Mutex((inside: 0, maximum: 0))
  }

  @Test func `a lock that cannot be had is told`() throws {
    let folder = try Folder()
    #expect(throws: FileError.self) { try FileLock(folder["none/lock"]) }
    #expect(throws: FileError.self) { try FileLock(folder.path) }
  }
}
