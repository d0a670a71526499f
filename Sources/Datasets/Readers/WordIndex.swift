import Files
import Grammar

/// Which number each word has: a JSON object of whole numbers, such as Keras's imdb_word_index.json.
///
/// A reader for this one form: no nesting, no floats.
struct WordIndex {
  /// The words by their numbers.
  private(set) var words: [Int: String] = [:]

  /// Larger files are none.
  private static let maximum = 64 << 20

  /// - Throws: `Refusal` when it is no object of words with whole numbers.
  init(_ path: String) throws(Refusal) {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try FileReader.read(path, limit: WordIndex.maximum) } catch { throw Refusal(error) }
    var reader = Reader(bytes: bytes)
    guard let words = reader.members() else {
      if let kind = FileKind(bytes), kind != .json { throw .foreign(path, kind, "list of words (JSON)") }
      throw Refusal("\(path) is no list of words with their numbers: it is not as expected at byte \(reader.place)")
    }
    self.words = words
  }

  private struct Reader {
    let bytes: [UInt8]
    var place = 0

    /// `{"the": 1, "and": 2}`
    mutating func members() -> [Int: String]? {
      var words: [Int: String] = [:]
      guard take("{") else { return nil }
      if take("}") { return isAtEnd ? words : nil }
      repeat {
        guard let word = string(), take(":"), let number = number() else { return nil }
        words[number] = word
      } while take(",")
      return take("}") && isAtEnd ? words : nil
    }

    private mutating func skipBlanks() {
      while place < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[place]) { place += 1 }
    }

    private var isAtEnd: Bool {
      mutating get {
        skipBlanks()
        return place == bytes.count
      }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
      skipBlanks()
      guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
      place += 1
      return true
    }

    private mutating func number() -> Int? {
      skipBlanks()
      let digits = bytes[place...].prefix { $0 >= 0x30 && $0 <= 0x39 }
      guard digits.count <= 9, let number = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
      place = digits.endIndex
      return number
    }

    private mutating func string() -> String? {
      guard take("\"") else { return nil }
      var text: [UInt8] = []
      while place < bytes.count {
        let byte = bytes[place]
        place += 1
        if byte == UInt8(ascii: "\"") { return String(validating: text, as: UTF8.self) }
        guard byte >= 0x20 else { return nil }
        if byte != UInt8(ascii: "\\") { text.append(byte) } else if let scalar = escaped() {
          text += Array(String(Character(scalar)).utf8)
        } else { return nil }
      }
      return nil
    }

    private mutating func escaped() -> Unicode.Scalar? {
      guard place < bytes.count else { return nil }
      let byte = bytes[place]
      place += 1
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
      case UInt8(ascii: "n"): return "\n"
      case UInt8(ascii: "t"): return "\t"
      case UInt8(ascii: "r"): return "\r"
      case UInt8(ascii: "b"): return "\u{8}"
      case UInt8(ascii: "f"): return "\u{C}"
      case UInt8(ascii: "u"):
        guard let unit = hexadecimal() else { return nil }
        guard (0xD800..<0xDC00).contains(unit) else { return Unicode.Scalar(unit) }
        // The second half of a character outside the basic plane follows.
        guard bytes[place...].starts(with: Array("\\u".utf8)) else { return nil }
        place += 2
        guard let low = hexadecimal(), (0xDC00..<0xE000).contains(low) else { return nil }
        return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
      default: return nil
      }
    }

    private mutating func hexadecimal() -> UInt32? {
      guard place + 4 <= bytes.count else { return nil }
      defer { place += 4 }
      let digits = String(decoding: bytes[place..<place + 4], as: UTF8.self)
      return digits.allSatisfy(\.isHexDigit) ? UInt32(digits, radix: 16) : nil
    }
  }
}
