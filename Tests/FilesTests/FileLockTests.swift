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
              let lock = try FileLock(path) { false }
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

  @Test func `a lock that is given back is free, though a forked process still has its descriptor`() throws {
    let folder = try Folder()
    let path = folder["lock"]
    var lock = try FileLock(path) { true }
    // What a fork leaves behind: another descriptor of the same opened file.
    let descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { Int32($0) }
    let held = descriptors.filter {
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == path
    }
    let copy = dup(try #require(held.first))
    defer { close(copy) }
    #expect(try FileLock(path, isStopRequested: { true }) == nil)
    withExtendedLifetime(lock) {}
    lock = nil
    #expect(try FileLock(path, isStopRequested: { true }) != nil)
  }

  @Test func `who asks whether it is held holds nothing that another who asks would find`() async throws {
    let folder = try Folder()
    let path = folder["lock"]
    #expect(!FileLock.isHeld(path) && !FileManager.default.fileExists(atPath: path))
    var lock = try FileLock(path) { true }
    #expect(lock != nil && FileLock.isHeld(path))
    lock = nil
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<4 {
        group.addTask { (0..<2000).contains { _ in FileLock.isHeld(path) } }
      }
      for await wasHeld in group { #expect(!wasHeld) }
    }
  }

  @Test func `a lock that cannot be had is told`() throws {
    let folder = try Folder()
    #expect(throws: FileError.self) { try FileLock(folder["none/lock"]) { true } }
    #expect(throws: FileError.self) { try FileLock(folder.path) { true } }
  }
}
