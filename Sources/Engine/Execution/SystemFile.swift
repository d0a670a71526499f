import Glibc

/// A file in which the kernel says what there is, in `/proc` and `/sys`: lines of ASCII.
///
/// Such files are read before every array, so what is wanted is found in their bytes; texts of all lines would take
/// longer than the kernel.
struct SystemFile {
  typealias Bytes = ArraySlice<UInt8>

  /// Longer files are read so far only.
  private static let maximum = 4 << 20

  private var bytes: [UInt8] = []

  /// Reads the whole file; nil when it cannot be opened.
  init?(_ path: String) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { part in
      while bytes.count < SystemFile.maximum {
        let count = read(file, part.baseAddress, part.count)
        guard count > 0 else { return }
        bytes += part[..<count]
      }
    }
  }

  /// Its lines, each found when it is asked for.
  var lines: some Sequence<Bytes> {
    sequence(state: bytes[...]) { rest -> Bytes? in
      guard !rest.isEmpty else { return nil }
      let line = rest.prefix { $0 != UInt8(ascii: "\n") }
      rest = rest[line.endIndex...].dropFirst()
      return line
    }
  }

  /// The numbers in the first line, one of which is a limit; `max` and others that are no numbers are nil.
  var numbers: [Int?] { lines.first { _ in true }.map { SystemFile.words($0).map { Int($0) } } ?? [] }

  var number: Int? { numbers.first ?? nil }

  /// What stands in the line behind a name: `  123 kB` in `MemAvailable:  123 kB`.
  func line(_ name: String) -> Bytes? {
    for line in lines where line.starts(with: name.utf8) {
      let rest = line.dropFirst(name.utf8.count)
      if rest.first.map(SystemFile.isBlank) ?? true { return rest }
    }
    return nil
  }

  /// The number beside a name: `MemAvailable:  123 kB`, `inactive_file 123`.
  func number(_ name: String) -> Int? { line(name).flatMap { SystemFile.words($0).first }.flatMap { Int($0) } }

  /// What stands between blanks and tabs.
  static func words(_ line: Bytes) -> [String] {
    line.split(whereSeparator: isBlank).map { String(decoding: $0, as: UTF8.self) }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
