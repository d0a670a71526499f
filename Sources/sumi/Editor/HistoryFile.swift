import Files
import Glibc
import Pictures

/// The file that keeps the history over sessions: a line an entry, `unix time, tab, text`; after `unix time, blank,
/// failed, tab` stands the text of a line that went wrong.
///
/// Every entry is appended by one write, so sessions at once lose nothing. What cannot be read is left out and left
/// alone: the file is never shortened and never written over.
struct HistoryFile {
  let path: String

  /// Bytes at the end that are read; older entries stay in the file.
  private static let maximum = 4 << 20

  /// A line that was typed, or the note that it went wrong.
  struct Entry: Equatable {
    let line: String
    var hasFailed = false
  }

  /// What stands behind the time of such a note.
  private static let failure = Array(" failed".utf8)

  /// What was read, and what to tell about it.
  struct Contents {
    var entries: [Entry] = []
    var warning: String?
    /// Bytes of the file up to the end of the last entry.
    var end = 0

    /// The lines that were typed.
    var lines: [String] { entries.filter { !$0.hasFailed }.map(\.line) }
  }

  /// The entries, the latest last.
  /// - Parameter start: bytes to leave out, as they were read before.
  func read(from start: Int = 0) -> Contents {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
      return errno == ENOENT ? Contents() : Contents(warning: HistoryFile.unreadable(path, errno))
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return Contents(warning: HistoryFile.unreadable(path, EINVAL))
    }
    // A file that was shortened is another one.
    let known = start <= Int(status.st_size) ? start : 0
    let skipped = max(known, Int(status.st_size) - HistoryFile.maximum)
    lseek(file, skipped, SEEK_SET)
    guard let bytes = HistoryFile.bytes(file) else { return Contents(warning: HistoryFile.unreadable(path, errno)) }
    var contents = contents(bytes, isCut: skipped > known)
    // The last line may be half written yet by another session.
    let whole = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    contents.end = skipped + whole
    return contents
  }

  /// Adds an entry; what to tell when that fails.
  func append(_ line: String, hasFailed: Bool = false) -> String? {
    do throws(FileError) { try Folders.make(PathResolver.folder(of: path)) } catch {
      return HistoryFile.unwritable(path, error.code)
    }
    let file = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
    guard file >= 0 else { return HistoryFile.unwritable(path, errno) }
    defer { close(file) }
    // A line torn by a full disk ends before the next begins.
    let start = HistoryFile.endsInLine(file) ? "" : "\n"
    let mark = hasFailed ? String(decoding: HistoryFile.failure, as: UTF8.self) : ""
    let entry = Array("\(start)\(time(nil))\(mark)\t\(HistoryFile.escaped(line))\n".utf8)
    var count = write(file, entry, entry.count)
    while count < 0, errno == EINTR { count = write(file, entry, entry.count) }
    return count == entry.count ? nil : HistoryFile.unwritable(path, count < 0 ? errno : ENOSPC)
  }

  private func contents(_ bytes: [UInt8], isCut: Bool) -> Contents {
    var contents = Contents()
    var unreadable = 0
    for (index, line) in bytes.split(separator: UInt8(ascii: "\n")).enumerated() where !(isCut && index == 0) {
      if let entry = HistoryFile.entry(line) { contents.entries.append(entry) } else { unreadable += 1 }
    }
    if unreadable > 0 {
      let what = unreadable == 1 ? "a line of the history is" : "\(unreadable) lines of the history are"
      contents.warning = "\(what) damaged and left out; the file stays as it is: \(path)"
    }
    return contents
  }

  private static func entry(_ line: ArraySlice<UInt8>) -> Entry? {
    guard let tab = line.firstIndex(of: UInt8(ascii: "\t")), !line.contains(0),
      let text = String(validating: line[(tab + 1)...], as: UTF8.self)
    else { return nil }
    let hasFailed = line[..<tab].suffix(failure.count).elementsEqual(failure)
    let time = line[..<tab].dropLast(hasFailed ? failure.count : 0)
    guard !time.isEmpty, time.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
    return Entry(line: unescaped(text), hasFailed: hasFailed)
  }

  private static func bytes(_ file: Int32) -> [UInt8]? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while bytes.count <= maximum {
      let count = Glibc.read(file, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count > 0 { bytes += chunk[..<count] } else if errno != EINTR { return nil }
    }
    return bytes
  }

  private static func endsInLine(_ file: Int32) -> Bool {
    guard lseek(file, -1, SEEK_END) >= 0 else { return true }
    var last: UInt8 = 0
    return Glibc.read(file, &last, 1) == 1 && last == UInt8(ascii: "\n")
  }

  /// On one line: `\n` for a line break, `\\` for a backslash.
  private static func escaped(_ line: String) -> String {
    line.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
  }

  private static func unescaped(_ text: String) -> String {
    var (line, isEscaped) = ("", false)
    for character in text {
      if isEscaped, character == "n" {
        line.append("\n")
      } else if isEscaped || character != "\\" {
        line.append(character)
      }
      isEscaped = !isEscaped && character == "\\"
    }
    return line
  }

  private static func unreadable(_ path: String, _ code: Int32) -> String {
    "the history cannot be read, so it begins anew for this session: \(path): \(String(cString: strerror(code)))"
  }

  private static func unwritable(_ path: String, _ code: Int32) -> String {
    "the history cannot be kept, so it lasts as long as this session: \(path): \(String(cString: strerror(code)))"
  }
}
