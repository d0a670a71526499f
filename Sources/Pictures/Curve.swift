/// Figures over time as lines of characters, with axes and numbers.
public struct Curve: Picture {
  /// One line: its name, its mark and its style tell it from others, also without colour.
  public struct Series: Sendable {
    let name: String
    let mark: Character
    let style: Style
    let values: [Double?]

    /// - Parameter values: one for each place on the axis; nil, or not finite, where there is none.
    public init(_ name: String, mark: Character, _ style: Style = .plain, values: [Double?]) {
      self.name = name
      self.mark = mark
      self.style = style
      self.values = values.map { $0?.isFinite == true ? $0 : nil }
    }
  }

  /// Lines of the plot without its axis.
  private static let height = 10

  private let title: String
  private let series: [Series]
  private let labels: [Int]
  /// The place that is marked below the axis.
  private let marked: Int?

  /// - Parameters:
  ///   - labels: the numbers below the axis, one for each place.
  ///   - marked: the place of the best, marked below the axis.
  public init(_ title: String, _ series: [Series], labels: [Int], marked: Int? = nil) {
    self.title = title
    self.series = series
    self.labels = labels
    self.marked = marked
  }

  public func lines(on canvas: Canvas) -> [Line] {
    let values = series.flatMap(\.values).compactMap { $0 }
    guard let least = values.min(), let most = values.max(), !labels.isEmpty else { return [Line("\(title): no figures")] }
    let margin = max(Curve.label(least).count, Curve.label(most).count) + 2
    let width = max(10, min(canvas.width - margin - 1, max(30, labels.count * 4)))
    let plot = Plot(width: width, places: labels.count, least: least, most: most == least ? least + 1 : most)
    return [legend] + rows(plot, margin: margin) + axis(plot, margin: margin)
  }

  private var legend: Line {
    series.reduce(Line(title, .bold)) { $0 + Line("   ") + Line("\($1.mark) \($1.name)", $1.style) }
  }

  private func rows(_ plot: Plot, margin: Int) -> [Line] {
    (0..<Curve.height).map { row in
      let isNumbered = row == 0 || row == Curve.height - 1 || row == Curve.height / 2
      let number = isNumbered ? Curve.label(plot.value(row, of: Curve.height)) : ""
      var line = Line(String(repeating: " ", count: margin - 1 - number.count) + number, .dim) + Line("│", .dim)
      var cells = [(Character, Style)](repeating: (" ", .plain), count: plot.width)
      for one in series {
        for (place, value) in one.values.enumerated() {
          guard let value, plot.row(value, of: Curve.height) == row else { continue }
          cells[plot.column(place)] = (one.mark, one.style)
        }
      }
      for (character, style) in cells { line.append(String(character), style) }
      return line
    }
  }

  private func axis(_ plot: Plot, margin: Int) -> [Line] {
    let rule = String(repeating: "─", count: plot.width)
    var numbers = [Character](repeating: " ", count: plot.width + 4)
    var free = 0
    for (place, label) in labels.enumerated() {
      let text = "\(label)"
      let start = max(0, plot.column(place) - text.count / 2)
      guard start >= free, start + text.count <= numbers.count else { continue }
      for (offset, character) in text.enumerated() { numbers[start + offset] = character }
      free = start + text.count + 1
    }
    let indent = String(repeating: " ", count: margin)
    let lines = [
      Line(String(repeating: " ", count: margin - 1) + "└" + rule, .dim), Line(indent + String(numbers), .dim),
    ]
    guard let marked else { return lines }
    let mark = String(repeating: " ", count: margin + plot.column(marked)) + "▲ best"
    return lines + [Line(mark, Style(.green))]
  }

  /// The digits that matter; very small and very large numbers with an exponent.
  private static func label(_ value: Double) -> String {
    let size = abs(value)
    if size != 0, size < 1e-3 || size >= 1e5 { return scientific(value) }
    let digits = size >= 100 ? 1.0 : size >= 10 ? 100.0 : 10_000.0
    return "\((value * digits).rounded() / digits)"
  }

  /// `9.8e-4`
  private static func scientific(_ value: Double) -> String {
    var (mantissa, exponent) = (value, 0)
    while abs(mantissa) >= 9.95 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while abs(mantissa) < 0.995 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    return "\((mantissa * 10).rounded() / 10)e\(exponent)"
  }
}

/// Where values and places lie among the cells.
private struct Plot {
  let width: Int
  let places: Int
  let least: Double
  let most: Double

  func column(_ place: Int) -> Int { places == 1 ? 0 : place * (width - 1) / (places - 1) }

  /// The row of a value, 0 at the top.
  func row(_ value: Double, of height: Int) -> Int {
    min(height - 1, max(0, Int(((most - value) / (most - least) * Double(height - 1)).rounded())))
  }

  /// The value in the middle of a row.
  func value(_ row: Int, of height: Int) -> Double {
    most - (most - least) * Double(row) / Double(height - 1)
  }
}
