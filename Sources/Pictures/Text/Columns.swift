extension String {
  /// Cells it takes in a terminal.
  public var columns: Int { reduce(0) { $0 + $1.columns } }

  /// With every character that could steer a terminal, or turn the reading direction, written out as `\u{1b}`.
  public var withVisibleControls: String {
    guard unicodeScalars.contains(where: \.steers) else { return self }
    return unicodeScalars.map { $0.steers ? "\\u{\(String($0.value, radix: 16))}" : String($0) }.joined()
  }
}

extension Character {
  /// Cells it takes in a terminal: 2 for wide East Asian characters and emoji, 0 for marks alone.
  public var columns: Int {
    guard let first = unicodeScalars.first else { return 0 }
    if first.value < 0x300 { return 1 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return first.isWide || first.properties.isEmojiPresentation ? 2 : 1
    }
  }
}

extension Unicode.Scalar {
  /// C0 and C1 controls, delete, and the bidirectional controls.
  fileprivate var steers: Bool {
    switch value {
    case 0...0x1F, 0x7F...0x9F, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0x61C: true
    default: false
    }
  }

  /// East Asian Wide and Fullwidth (Unicode 15, UAX #11), in blocks.
  fileprivate var isWide: Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
