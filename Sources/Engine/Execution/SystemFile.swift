import Glibc

/// Reads what the kernel says of itself in `/proc` and `/sys`.
enum SystemFile {
  /// Longer files are read so far only.
  private static let maximum = 4 << 20

  /// The whole text; nil when it cannot be read.
  static func text(_ path: String) -> String? {
    guard let file = fopen(path, "re") else { return nil }
    defer { fclose(file) }
    var (bytes, part) = ([UInt8](), [UInt8](repeating: 0, count: 16_384))
    while bytes.count < maximum {
      let count = fread(&part, 1, part.count, file)
      if count == 0 { break }
      bytes += part[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  // By bytes: these files are ASCII, and they are read before every array, where Swift's characters would take longer
  // than the kernel.
  static func lines(_ path: String) -> [Substring] {
    text(path)?.utf8.split(separator: UInt8(ascii: "\n")).map(Substring.init) ?? []
  }

  /// The numbers in the first line, one of which is a limit; `max` and others that are no numbers are nil.
  static func numbers(_ path: String) -> [Int?] { lines(path).first.map { words($0).map { Int($0) } } ?? [] }

  static func number(_ path: String) -> Int? { numbers(path).first ?? nil }

  /// The number beside a name: `MemAvailable:  123 kB`, `inactive_file 123`.
  static func number(_ name: String, in path: String) -> Int? { numbers([name], in: path)[0] }

  /// The numbers beside names, nil for those that do not stand there.
  static func numbers(_ names: [String], in path: String) -> [Int?] {
    let lines = lines(path)
    return names.map { name in
      for line in lines where line.utf8.starts(with: name.utf8) {
        let words = words(line)
        if words.first.map(String.init) == name { return words.dropFirst().first.flatMap { Int($0) } }
      }
      return nil
    }
  }

  /// What stands between blanks and tabs.
  static func words(_ line: Substring) -> [Substring] {
    line.utf8.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.map(Substring.init)
  }
}
