extension Span {
  /// What places in a line are counted in: editors of text count bytes of UTF-8, characters, or units of UTF-16.
  public enum Unit: CaseIterable, Sendable {
    case bytes, characters, utf16
  }

  /// The same stretch of a line in other units; what lies behind the line's end is at its end.
  public func counted(in unit: Unit, of line: String) -> Span {
    func units(_ text: Substring) -> Int {
      switch unit {
      case .bytes: text.utf8.count
      case .characters: text.count
      case .utf16: text.utf16.count
      }
    }
    let before = line.prefix(start)
    return Span(start: units(before), length: units(line[before.endIndex...].prefix(length)))
  }
}
