/// Whether bytes are one JSON value and nothing else (RFC 8259), with every control character escaped.
struct JSONCheck {
  private let bytes: [UInt8]
  private var place = 0

  static func isValid(_ text: String) -> Bool {
    var check = JSONCheck(bytes: Array(text.utf8))
    return check.value(0) && check.place == check.bytes.count
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8 { place < bytes.count ? bytes[place] : 0 }

  private mutating func take(_ word: String) -> Bool {
    guard bytes[place...].starts(with: word.utf8) else { return false }
    place += word.utf8.count
    return true
  }

  private mutating func value(_ depth: Int) -> Bool {
    guard depth < 64 else { return false }
    switch next {
    case UInt8(ascii: "{"): return list(depth, "{", "}", hasKeys: true)
    case UInt8(ascii: "["): return list(depth, "[", "]", hasKeys: false)
    case UInt8(ascii: "\""): return text()
    default: return take("null") || take("true") || take("false") || number()
    }
  }

  private mutating func list(_ depth: Int, _ open: String, _ close: String, hasKeys: Bool) -> Bool {
    guard take(open) else { return false }
    if take(close) { return true }
    repeat {
      if hasKeys, !text() || !take(":") { return false }
      guard value(depth + 1) else { return false }
    } while take(",")
    return take(close)
  }

  private mutating func text() -> Bool {
    guard take("\"") else { return false }
    while place < bytes.count {
      let byte = next
      place += 1
      if byte == UInt8(ascii: "\"") { return true }
      if byte < 0x20 { return false }
      guard byte == UInt8(ascii: "\\") else { continue }
      let escape = next
      place += 1
      if escape == UInt8(ascii: "u") { place += 4 } else if !"\"\\/bfnrt".utf8.contains(escape) { return false }
    }
    return false
  }

  private mutating func number() -> Bool {
    let start = place
    _ = take("-")
    guard digits() else { return false }
    if take("."), !digits() { return false }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      if !digits() { return false }
    }
    return place > start
  }

  private mutating func digits() -> Bool {
    let start = place
    while (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(next) { place += 1 }
    return place > start
  }
}
