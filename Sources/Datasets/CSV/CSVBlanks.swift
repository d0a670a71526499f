/// Blanks around what a field holds: those of ASCII, and others that word processors and web pages put there.
extension UnsafeBufferPointer<UInt8> {
  /// Without blanks at both ends.
  var trimmed: UnsafeBufferPointer<UInt8> {
    // Most fields begin and end with a letter or a digit.
    guard let first, let last, !CSVBlanks.areInk(first, last) else { return self }
    var rest = self[...]
    while let width = CSVBlanks.width(atStartOf: rest) { rest = rest.dropFirst(width) }
    while let width = CSVBlanks.width(atEndOf: rest) { rest = rest.dropLast(width) }
    return UnsafeBufferPointer(rebasing: rest)
  }
}

private enum CSVBlanks {
  /// The no-break blank of Windows-1252, which is no character of UTF-8 by itself.
  private static let noBreak: UInt8 = 0xA0
  /// Those of several bytes in UTF-8, such as the no-break blank (U+00A0), the narrow one (U+202F) and the one as wide
  /// as a Chinese letter (U+3000).
  private static let wide: [[UInt8]] = ([0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000]
    + Array(0x2000...0x200A)).compactMap { Unicode.Scalar(UInt32($0)) }.map { Array(String($0).utf8) }

  /// Whether neither byte is a blank or a part of one.
  static func areInk(_ first: UInt8, _ last: UInt8) -> Bool {
    first > 0x20 && first < 0x80 && last > 0x20 && last < 0x80
  }

  /// Bytes of the blank at the start; nil where there is none.
  static func width(atStartOf text: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    guard let first = text.first else { return nil }
    if first < 0x80 { return isPlain(first) ? 1 : nil }
    return first == noBreak ? 1 : wide.first { text.starts(with: $0) }?.count
  }

  /// Bytes of the blank at the end; nil where there is none.
  static func width(atEndOf text: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    guard let last = text.last else { return nil }
    if last < 0x80 { return isPlain(last) ? 1 : nil }
    // Behind other bytes it is the end of another character, as of à.
    if last == noBreak, text.dropLast().last.map({ $0 < 0x80 }) ?? true { return 1 }
    return wide.first { text.suffix($0.count).elementsEqual($0) }?.count
  }

  private static func isPlain(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
