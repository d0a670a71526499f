extension Curve {
  /// Lines of the plot without its axis, and at least.
  private static let (height, lowest) = (11, 4)

  public func lines(on canvas: Canvas) -> [Line] {
    guard let scale = scale(steps: 5) else { return [Line("\(title): no figures")] }
    let margin = (scale.ticks.map { scale.label($0).count }.max() ?? 1) + 2
    let width = max(8, min(canvas.width - margin - 1, max(30, labels.count * 6)))
    let heading = legend(canvas.width)
    let below = marked == nil ? 3 : 4
    let height = canvas.rows.map { max(Curve.lowest, min(Curve.height, $0 - heading.count - below)) } ?? Curve.height
    var cells = [[(Character, Style)]](
      repeating: [(Character, Style)](repeating: (" ", .plain), count: width), count: height)
    for one in series.reversed() {
      one.draw(on: &cells) { Curve.row(scale.place($0), height) }
    }
    let numbers = Dictionary(
      scale.ticks.map { (Curve.row(scale.place($0), height), scale.label($0)) }
    ) { first, _ in first }
    let rows = cells.enumerated().map { row, cells in
      let number = (numbers[row] ?? "").padded(margin - 2)
      return cells.reduce(Line(number + (numbers[row] == nil ? " │" : " ┤"), .dim)) { $0 + Line(String($1.0), $1.1) }
    }
    return heading + rows + axis(width, margin: margin) + [Line()]
  }

  /// The row of cells for a place on the axis, 0 … 1 from below.
  private static func row(_ place: Double, _ height: Int) -> Int {
    (0...height - 1).clamping((1 - place) * Double(height - 1))
  }

  private func legend(_ width: Int) -> [Line] {
    let names = series.filter { !$0.name.isEmpty }
    let line = names.reduce(Line(title, .bold)) {
      $0 + Line("   ") + Line($1.key, $1.style)
    }
    return line.columns <= width
      ? [line] : [Line(title, .bold)] + names.map { Line($0.key, $0.style) }
  }

  private func axis(_ width: Int, margin: Int) -> [Line] {
    func column(_ place: Int) -> Int { labels.count == 1 ? 0 : place * (width - 1) / (labels.count - 1) }
    var numbers = [Character](repeating: " ", count: width + 4)
    var free = 0
    for place in places(maximum: max(1, width / 4)) {
      let text = "\(labels[place])"
      let start = max(0, column(place) - text.count / 2)
      guard start >= free, start + text.count <= numbers.count else { continue }
      for (offset, character) in text.enumerated() { numbers[start + offset] = character }
      free = start + text.count + 1
    }
    while numbers.last == " ", numbers.count > 1 { numbers.removeLast() }
    let indent = String(repeating: " ", count: margin)
    let lines = [
      Line(String(repeating: " ", count: margin - 1) + "└" + String(repeating: "─", count: width), .dim),
      Line(indent + String(numbers), .dim),
    ]
    guard let marked, labels.indices.contains(marked) else { return lines }
    let (text, place) = ("best: epoch \(labels[marked])", column(marked))
    let isLeft = margin + place + 2 + text.count > margin + width
    let line =
      isLeft
      ? String(repeating: " ", count: max(0, margin + place - text.count - 1)) + text + " ▲"
      : String(repeating: " ", count: margin + place) + "▲ " + text
    return lines + [Line(line, Style(.green))]
  }
}

extension Curve.Series {
  /// How the line looks, and what it is.
  fileprivate var key: String { "\(strokes.characters[0])\(strokes.characters[0]) \(name)" }

  /// Draws the line from left to right, a step in each column where its row changes.
  fileprivate func draw(on cells: inout [[(Character, Style)]], row: (Double) -> Int) {
    guard let width = cells.first?.count else { return }
    let strokes = strokes.characters
    let rows = (0..<width).map { column in value(at: column, of: width).map(row) }
    for column in 0..<width {
      guard let here = rows[column], cells.indices.contains(here) else { continue }
      guard column > 0, let before = rows[column - 1], before != here else {
        cells[here][column] = (strokes[0], style)
        continue
      }
      let isRising = here < before
      cells[before][column] = (isRising ? strokes[5] : strokes[3], style)
      cells[here][column] = (isRising ? strokes[2] : strokes[4], style)
      for between in (min(here, before) + 1)..<max(here, before) { cells[between][column] = (strokes[1], style) }
    }
  }

  /// The figure in a column, between two places on the straight line from one to the other.
  private func value(at column: Int, of width: Int) -> Double? {
    guard values.count > 1, width > 1 else { return values.first ?? nil }
    let place = Double(column) * Double(values.count - 1) / Double(width - 1)
    let index = (0...values.count - 2).clamping(place, .down)
    guard let left = values[index], let right = values[index + 1] else {
      return place == Double(index) ? values[index] : place == Double(index + 1) ? values[index + 1] : nil
    }
    return left + (right - left) * (place - Double(index))
  }
}
