import Files
import Glibc

/// Where the parts of one session's journal lie.
struct JournalFolder: Sendable {
  let path: String

  init(_ path: String) { self.path = path }

  var journal: String { path + "/journal" }
  /// Held while a program is at the session.
  private var lock: String { path + "/lock" }
  private var nameFile: String { path + "/name" }
  /// There once somebody was told of the session.
  private var told: String { path + "/told" }

  /// The name that a person gave; nil where nobody did.
  var name: String? {
    guard let bytes = try? FileReader.read(nameFile, limit: 4096), !bytes.isEmpty else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What the session is called.
  var title: String { name ?? path.split(separator: "/").last.map(String.init) ?? path }

  func rename(_ name: String) throws(FileError) { try FileWriter.replace(nameFile, with: Array(name.utf8)) }

  var isTold: Bool { FileStamp(told) != nil }

  func markTold(_ isTold: Bool) {
    // Who cannot be noted as told is told another time.
    if isTold { try? FileWriter.replace(told, with: [UInt8]()) } else { FileWriter.remove(told) }
  }

  /// Takes the session for this program; nil when another has it.
  func take() throws(FileError) -> FileLock? {
    // Who only looks whether a program is at it is in the way for a moment; a second is more than that.
    let end = ContinuousClock.now + .seconds(1)
    return try FileLock(lock) { ContinuousClock.now > end }
  }

  /// Whether a program is at the session.
  var isLocked: Bool { FileLock.isHeld(lock) }

  /// Removes the session with all its files.
  func remove() {
    for name in Folders.names(in: path) ?? [] { FileWriter.remove("\(path)/\(name)") }
    rmdir(path)
  }

  /// The same, unless a program is at it: false then.
  func removeIfLeft() throws(FileError) -> Bool {
    guard let lock = try take() else { return false }
    withExtendedLifetime(lock) { remove() }
    return true
  }

  /// Bytes of all its files.
  var size: Int {
    (Folders.names(in: path) ?? []).reduce(0) { $0 + (FileStamp("\(path)/\($1)")?.size ?? 0) }
  }
}
