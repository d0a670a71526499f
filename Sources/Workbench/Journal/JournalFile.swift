import Datasets
import Files
import FoundationEssentials
import Grammar

/// The records of a journal in a file that is only appended to: one a line, each behind the first 16 hexadecimal digits
/// of its SHA-256, so that a line that was cut or damaged is known as that.
struct JournalFile: Sendable {
  /// Larger files are no journals.
  private static let largest = 1 << 30
  private static let digits = 16

  private let file: AppendedFile

  /// Makes the file, or goes on with it.
  /// - Parameter length: its bytes that stay; what is behind them goes.
  init(_ path: String, keeping length: Int = 0) throws(FileError) {
    file = try AppendedFile(path)
    try file.truncate(to: length)
  }

  /// Appends a record, whole or not at all.
  /// - Parameter isSynced: whether it is on the disk when this returns.
  func append(_ record: JournalRecord, isSynced: Bool) throws(FileError) {
    try file.append(JournalFile.line(record))
    if isSynced { try sync() }
  }

  /// Lets the session that is gone on with next count as the later one, however fast that comes.
  func predate() throws(FileError) { try file.predate() }

  /// Waits until what was appended is on the disk.
  func sync() throws(FileError) { try file.sync() }

  private static func line(_ record: JournalRecord) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Of texts, whole numbers and lists of them there is nothing that JSON cannot hold.
    let text = (try? encoder.encode(record)).map(Array.init) ?? []
    return Array(digest(text).utf8) + [UInt8(ascii: " ")] + text + [UInt8(ascii: "\n")]
  }

  private static func digest(_ text: [UInt8]) -> String {
    var hash = SHA256()
    text.withUnsafeBytes { hash.update($0) }
    return String(hash.hexadecimal().prefix(digits))
  }
}

extension JournalFile {
  /// What could be read of a journal.
  struct Contents {
    var records: [JournalRecord] = []
    /// Bytes up to the end of the last sound record.
    var length = 0
    /// Whether something follows that is damaged; a last line that was not written to its end is not.
    var isDamaged = false
  }

  /// Reads the records of a file up to the first that is damaged.
  /// - Throws: `Refusal` when it cannot be read, begins as no journal does, or was written by a newer program.
  static func read(_ path: String) throws(Refusal) -> Contents {
    let lines = try lines(of: path)
    var contents = Contents()
    for line in lines {
      guard let record = try record(line, path) else {
        contents.isDamaged = true
        break
      }
      contents.records.append(record)
      contents.length += line.count + 1
    }
    guard contents.records.first?.began != nil else { throw .noJournal(path) }
    return contents
  }

  /// The first record and the last ones, the latest last, for a list of many journals.
  static func ends(of path: String) throws(Refusal) -> (first: JournalRecord, last: [JournalRecord]) {
    let lines = try lines(of: path)
    guard let line = lines.first, let first = try record(line, path), first.began != nil else {
      throw .noJournal(path)
    }
    var last: [JournalRecord] = []
    for line in lines.dropFirst().reversed() {
      guard let record = try record(line, path) else { continue }
      last.append(record)
      if record.state != nil { break }
    }
    return (first, last.reversed())
  }

  /// The lines of a file that end in a line break, without it.
  private static func lines(of path: String) throws(Refusal) -> [ArraySlice<UInt8>] {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try FileReader.read(path, limit: largest) } catch { throw Refusal(error) }
    return bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast()
  }

  /// A line's record; nil when it is damaged.
  /// - Throws: `Refusal` when a newer program wrote it.
  private static func record(_ line: ArraySlice<UInt8>, _ path: String) throws(Refusal) -> JournalRecord? {
    struct Version: Decodable {
      struct Began: Decodable { let version: Int }
      let began: Began?
    }
    guard line.count > digits + 1, line[line.startIndex + digits] == UInt8(ascii: " ") else { return nil }
    let text = Array(line.dropFirst(digits + 1))
    guard line.prefix(digits).elementsEqual(digest(text).utf8) else { return nil }
    let decoder = JSONDecoder()
    if let version = (try? decoder.decode(Version.self, from: Data(text)))?.began?.version,
      version > JournalRecord.latest
    {
      throw Refusal(
        "\(path) is a journal of version \(version), and this program knows versions up to \(JournalRecord.latest)")
    }
    return try? decoder.decode(JournalRecord.self, from: Data(text))
  }
}

extension Refusal {
  fileprivate static func noJournal(_ path: String) -> Refusal {
    Refusal("\(path) is damaged from its beginning on, so nothing can be read of this session", hint: "sessions")
  }
}
