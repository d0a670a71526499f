import Engine
import Files
import Grammar
import Pictures

/// A session built again from its journal, and what is left to run.
struct RestoredSession {
  var session: Session
  /// The names of its cells.
  var keys: [String] = []
  /// Lines that were cut off, or waited.
  var rest: [String] = []
  /// The line to type next, where nothing is run by itself.
  var nextLine: String?
  var notes: [Line] = []
  let folder: JournalFolder
  let lock: FileLock
  /// Bytes of the journal that are sound.
  let length: Int
}
