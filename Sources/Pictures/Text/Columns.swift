extension String {
  /// Cells it takes in a terminal.
  public var columns: Int { reduce(0) { $0 + $1.columns } }

  /// With every character that could steer a terminal, or turn the reading direction, written out as `\u{1b}`.
  public var withVisibleControls: String { withVisibleControls(besides: []) }

  /// The same, but for some that the file's form has a place for, such as line breaks.
  func withVisibleControls(besides kept: Set<Unicode.Scalar>) -> String {
    func isShown(_ scalar: Unicode.Scalar) -> Bool { scalar.steers && !kept.contains(scalar) }
    guard unicodeScalars.contains(where: isShown) else { return self }
    return unicodeScalars.map { isShown($0) ? "\\u{\(String($0.value, radix: 16))}" : String($0) }.joined()
  }
}

extension Character {
  /// Cells it takes in a terminal: those of its scalars, and never more than two.
  public var columns: Int { unicodeScalars.reduce(0) { min(2, $0 + $1.columns) } }
}

extension Unicode.Scalar {
  /// Cells it takes in a terminal, the same as C's `wcwidth` says: 2 for East Asian Wide and Fullwidth (UAX #11), 0 for
  /// marks and for what joins others.
  public var columns: Int {
    if value < 0x300 { return 1 }
    if isWide { return 2 }
    return joins ? 0 : 1
  }

  /// Marks, formats that are not drawn, and the second and third letters of a Hangul syllable.
  private var joins: Bool {
    switch value {
    case 0x600...0x605, 0x6DD, 0x70F, 0x890...0x891, 0x8E2, 0x110BD, 0x110CD: return false
    case 0x1160...0x11FF, 0xD7B0...0xD7FB: return true
    default: break
    }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return true
    default: return false
    }
  }

  private var isWide: Bool {
    switch value {
    case 0x302A...0x302D, 0x303F, 0x3099...0x309A, 0x16FE4, 0x1F1E6...0x1F1FF: false
    case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
      0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18D08,
      0x1AFF0...0x1B2FB, 0x1F200...0x1F265, 0x20000...0x3FFFD:
      true
    default: value > 0x2000 && properties.isEmojiPresentation
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
}
