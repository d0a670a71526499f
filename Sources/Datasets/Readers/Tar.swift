import Grammar

/// The files of a tar archive (POSIX ustar), gzip or plain, one after the other as they stand in it.
struct Tar {
  private static let block = 512
  private let file: InflatedFile

  init(_ path: String) throws(Refusal) { file = try InflatedFile(path) }

  /// The next file: its name, and its bytes where `wants` is true of the name; nil at the end.
  /// - Parameter limit: more bytes are no file of the kind that is wanted.
  /// - Throws: `Refusal` when the archive is broken.
  func next(limit: Int, where wants: (String) -> Bool) throws(Refusal) -> (name: String, bytes: [UInt8]?)? {
    let head = try file.read(Tar.block)
    // Two empty blocks end an archive; some writers leave them out.
    if head.isEmpty || head.allSatisfy({ $0 == 0 }) { return nil }
    guard head.count == Tar.block else { throw Refusal("\(file.path) is cut off: a header ends too early") }
    let sum = (head[..<148] + head[156...]).reduce(8 * 32) { $0 + Int($1) }
    guard Tar.octal(head[148..<156]) == sum, let size = Tar.octal(head[124..<136]) else {
      throw Refusal("\(file.path) is no tar archive: a header's check sum is wrong")
    }
    let name = String(decoding: head[..<100].prefix { $0 != 0 }, as: UTF8.self)
    let padded = size.addingReportingOverflow((Tar.block - size % Tar.block) % Tar.block)
    guard !padded.overflow else { throw Refusal("\(file.path) is broken: \(name.visible) has \(size) bytes") }
    guard wants(name) else {
      try skip(padded.partialValue, name)
      return (name, nil)
    }
    guard size <= limit else {
      throw Refusal("\(file.path): \(name.visible) has \(size) bytes; expected at most \(limit)")
    }
    let bytes = try file.read(size)
    guard bytes.count == size else { throw Refusal("\(file.path) is cut off in \(name.visible)") }
    try skip(padded.partialValue - size, name)
    return (name, bytes)
  }

  private func skip(_ count: Int, _ name: String) throws(Refusal) {
    var left = count
    while left > 0 {
      let got = try file.read(min(left, 1 << 18)).count
      guard got > 0 else { throw Refusal("\(file.path) is cut off in \(name.visible)") }
      left -= got
    }
  }

  /// A number in octal digits, blanks and zeros around it; nil when it is none.
  private static func octal(_ field: ArraySlice<UInt8>) -> Int? {
    let digits = field.drop { $0 == 0x20 }.prefix { $0 != 0 && $0 != 0x20 }
    guard digits.allSatisfy({ (0x30...0x37).contains($0) }) else { return nil }
    return Int(String(decoding: digits, as: UTF8.self), radix: 8)
  }
}
