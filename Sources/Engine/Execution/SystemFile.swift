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

  static func lines(_ path: String) -> [Substring] { text(path)?.split(separator: "\n") ?? [] }

  /// The numbers in the first line, one of which is a limit; `max` and others that are no numbers are nil.
  static func numbers(_ path: String) -> [Int?] {
    lines(path).first?.split(separator: " ").map { Int($0) } ?? []
  }

  static func number(_ path: String) -> Int? { numbers(path).first ?? nil }

  /// The number beside a name: `MemAvailable:  123 kB`, `inactive_file 123`.
  static func number(_ name: String, in path: String) -> Int? {
    for line in lines(path) {
      let words = line.split { $0 == " " || $0 == "\t" }
      if words.first.map(String.init) == name { return words.dropFirst().first.flatMap { Int($0) } }
    }
    return nil
  }
}
