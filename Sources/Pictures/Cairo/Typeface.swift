import CCairo

/// The letters of all drawings, and how wide they run.
enum Typeface {
  /// Every Debian and Ubuntu with Cairo has it: fontconfig depends on it. Elsewhere fontconfig takes the nearest.
  static let family = "DejaVu Sans"
  /// Sizes in points.
  static let title = 13.0
  static let body = 11.0
  static let small = 9.0
  /// From one line to the next, in sizes.
  static let leading = 1.5

  /// The width of a text in points; an estimate where Cairo is not there.
  static func width(_ text: String, size: Double, isBold: Bool = false) -> Double {
    guard let cairo = try? Cairo() else { return Double(text.columns) * size * 0.62 }
    return cairo.measure(text, size: size, isBold: isBold)
  }

  static func width(_ line: Line, size: Double) -> Double {
    line.runs.reduce(0) { $0 + width($1.text, size: size, isBold: $1.style.isBold) }
  }
}

extension Drawing.Label {
  /// Its runs and size so that they fit into its room: smaller, and then without the end.
  func fitted(_ width: (Drawing.Label.Run, Double) -> Double) -> (runs: [Run], size: Double, width: Double) {
    func total(_ runs: [Run], _ size: Double) -> Double { runs.reduce(0) { $0 + width($1, size) } }
    let full = total(runs, size)
    guard let room, full > room, room > 0 else { return (runs, size, full) }
    let minimum = size * 0.75
    let smaller = max(minimum, size * room / full)
    var runs = runs
    while total(runs, smaller) > room + 0.01, let last = runs.indices.last(where: { runs[$0].text.count > 1 }) {
      runs[last].text = String(runs[last].text.dropLast(runs[last].text.hasSuffix("…") ? 2 : 1)) + "…"
      if runs[last].text == "…" { break }
    }
    return (runs, smaller, total(runs, smaller))
  }
}
