import Dispatch
import Engine
import Files
import Grammar
import Synchronization

/// The models of a session's journal, a file each, written beside the work: whoever hands one over waits for nothing.
///
/// A file is named after the cell that led to the model, that of an unfinished run after the cell before it.
final class CheckpointFiles: Sendable {
  /// What the files of one session may hold together; the oldest go first, and the latest two stay.
  private static let limit = 512 << 20
  private static let ending = ".safetensors", unfinished = "running-"

  let folder: String
  private let queue = DispatchQueue(label: "journal")
  /// Where a run stands, until the queue comes to it; a later state takes its place.
  private let latest = Mutex<(key: String, model: @Sendable () -> ModelFile?)?>(nil)
  private let isSyncing = Atomic(false)
  /// Told once of a file that cannot be written.
  private let warn: @Sendable (FileError) -> Void

  init(_ folder: String, warn: @escaping @Sendable (FileError) -> Void) { (self.folder, self.warn) = (folder, warn) }

  func path(_ key: String) -> String { "\(folder)/\(key)\(CheckpointFiles.ending)" }

  func unfinishedPath(after key: String) -> String { path(CheckpointFiles.unfinished + key) }

  /// Writes the model that a cell led to; the unfinished runs before it are dropped then.
  func write(_ model: ModelFile, as key: String) {
    queue.async { [self] in
      guard replace(path(key), model) else { return }
      // The next run may have left a state already.
      dropUnfinished(besides: key)
      sweep()
    }
  }

  /// Writes where a run stands; those before it are dropped then.
  /// - Parameters:
  ///   - key: of the cell before the run.
  ///   - model: made beside the work too.
  func writeUnfinished(after key: String, _ model: @escaping @Sendable () -> ModelFile?) {
    latest.withLock { $0 = (key, model) }
    queue.async { [self] in
      let taken = latest.withLock { latest in
        defer { latest = nil }
        return latest
      }
      guard let (key, make) = taken, let model = make(), replace(unfinishedPath(after: key), model) else { return }
      dropUnfinished(besides: key)
    }
  }

  /// Writes the digest of the examples that a cell loaded from a person's own files, to know them again.
  func writeDigest(_ key: String, of digest: @escaping @Sendable () -> String) {
    queue.async { [self] in
      do throws(FileError) { try FileWriter.replace(digestPath(key), with: Array(digest().utf8)) } catch { warn(error) }
    }
  }

  /// Has what was appended to the journal on the disk soon; asked for again before that, it is done once.
  func syncSoon(_ file: JournalFile) {
    guard !isSyncing.exchange(true, ordering: .relaxed) else { return }
    queue.asyncAfter(deadline: .now() + .milliseconds(20)) { [self] in
      isSyncing.store(false, ordering: .relaxed)
      do throws(FileError) { try file.sync() } catch { warn(error) }
    }
  }

  /// Does work beside that of the session.
  func later(_ work: @escaping @Sendable () -> Void) { queue.async(execute: work) }

  func digestPath(_ key: String) -> String { "\(folder)/\(key).sha256" }

  /// Waits until all that was handed over is written.
  func wait() { queue.sync {} }

  private func replace(_ path: String, _ model: ModelFile) -> Bool {
    do throws(FileError) {
      try FileWriter.replace(path) { (take) throws(FileError) in try model.write(to: take) }
      return true
    } catch {
      warn(error)
      return false
    }
  }

  private func dropUnfinished(besides key: String) {
    for file in Folders.names(in: folder) ?? [] where file.hasPrefix(CheckpointFiles.unfinished) {
      let path = "\(folder)/\(file)"
      if path != unfinishedPath(after: key) { FileWriter.remove(path) }
    }
  }

  /// Drops the oldest models until the rest keeps to the bound.
  private func sweep() {
    let names = (Folders.names(in: folder) ?? []).filter { $0.hasSuffix(CheckpointFiles.ending) }
    var files = names.compactMap { name in
      FileStamp("\(folder)/\(name)").map { (path: "\(folder)/\(name)", stamp: $0) }
    }
    files.sort { $0.stamp.modified < $1.stamp.modified }
    var bytes = files.reduce(0) { $0 + $1.stamp.size }
    for file in files.dropLast(2) where bytes > CheckpointFiles.limit {
      FileWriter.remove(file.path)
      bytes -= file.stamp.size
    }
  }
}
