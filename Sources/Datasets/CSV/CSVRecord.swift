/// One record of a CSV file: its fields, and the line that it begins on.
struct CSVRecord {
  /// Where a field's text is among the bytes, without the quotes around it.
  struct Field {
    var start: Int
    var end: Int
    /// Whether quotes stood around it, so that nothing in it is a number or missing by accident.
    var isQuoted = false
    /// Whether quotes are doubled in it.
    var hasDoubledQuotes = false
  }

  let bytes: UnsafeBufferPointer<UInt8>
  let fields: [Field]
  /// Counted from 1.
  let line: Int

  /// The bytes of a field, doubled quotes still doubled.
  func raw(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[fields[index].start..<fields[index].end])
  }

  /// The text of a field; nil when it is in no encoding that is known.
  func text(_ index: Int) -> CSVText? {
    guard fields[index].hasDoubledQuotes else { return CSVText(raw(index)) }
    var (plain, isSecond) = ([UInt8](), false)
    for byte in raw(index) {
      isSecond = byte == UInt8(ascii: "\"") && !isSecond
      if byte != UInt8(ascii: "\"") || isSecond { plain.append(byte) }
    }
    return plain.withUnsafeBufferPointer { CSVText($0) }
  }

  /// Whether nothing is in it: a blank line.
  var isBlank: Bool { fields.count == 1 && !fields[0].isQuoted && fields[0].start == fields[0].end }
}

/// A field's text, and how it was encoded.
struct CSVText: Equatable {
  let text: String
  /// Whether it is no UTF-8, but text as Windows writes it in western Europe.
  let isWindows1252: Bool

  /// What Windows-1252 has from 0x80 to 0x9F (WHATWG Encoding Standard); 0 where it has nothing.
  private static let upper: [UInt32] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
    0x0178,
  ]

  /// nil when the bytes are in neither encoding.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    if let text = String(validating: bytes, as: UTF8.self) {
      (self.text, isWindows1252) = (text, false)
      return
    }
    var scalars = String.UnicodeScalarView()
    for byte in bytes {
      let number = (0x80...0x9F).contains(byte) ? CSVText.upper[Int(byte) - 0x80] : UInt32(byte)
      guard number != 0, let scalar = Unicode.Scalar(number) else { return nil }
      scalars.append(scalar)
    }
    (text, isWindows1252) = (String(scalars), true)
  }
}
