import Files
import Glibc
import Grammar
import Workbench

/// Keeps a session whose terminal went away, and tells of it at the next start.
struct Recovery {
  let folder: String?

  private var marker: String? { folder.map { $0 + "/cut-off" } }

  /// Writes the session down; what to tell.
  func keep(_ session: Session) -> String? {
    guard let folder, let marker, !session.cells.isEmpty else { return nil }
    do throws(FileError) {
      try Folders.make(folder)
      let path = try session.rescue(to: "\(folder)/recovered-\(time(nil))")
      guard let file = fopen(marker, "w") else { return Recovery.told(path) }
      fputs(path, file)
      fclose(file)
      return Recovery.told(path)
    } catch { return "the session is lost: \(error.message)" }
  }

  /// What to tell of a session that was cut off since the last start; once.
  func tell() -> String? {
    guard let marker, let bytes = try? FileReader.read(marker, limit: 4096) else { return nil }
    unlink(marker)
    return "the last session was cut off; " + Recovery.told(String(decoding: bytes, as: UTF8.self))
  }

  private static func told(_ path: String) -> String { "to go on: run \(ArgumentType<String>.quote(path))" }
}
