extension Scatter {
  /// Lines of the plot without its axis, and at least.
  private static let (height, lowest) = (20, 6)
  /// Points that are drawn at most where there are regions.
  private static let mostPoints = 130
  /// What stands in a region where there is no colour: of ten classes each its own.
  private static let shades: [Character] = Array("·:-=+*%#o~")

  public func lines(on canvas: Canvas) -> [Line] {
    guard let (x, y) = scales(steps: 4) else { return [Line("\(title): no points")] }
    let margin = (y.ticks.map { y.label($0).count }.max() ?? 1) + 2
    let width = max(10, min(canvas.width - margin - 1, 64))
    let height = canvas.rows.map { max(Scatter.lowest, min(Scatter.height, $0 - 4)) } ?? Scatter.height
    let cells = plot(width: width, height: height, x, y, canvas)
    let numbers = Dictionary(y.ticks.map { (row(y.place($0), height), y.label($0)) }) { first, _ in first }
    let rows = cells.enumerated().map { row, cells in
      cells.reduce(Line((numbers[row] ?? "").padded(margin - 2) + (numbers[row] == nil ? " │" : " ┤"), .dim)) {
        $0 + Line(String($1.0), $1.1)
      }
    }
    return heading(canvas) + rows + axis(x, width: width, margin: margin)
  }

  private func row(_ place: Double, _ height: Int) -> Int {
    (0...height - 1).clamping((1 - place) * Double(height - 1))
  }

  private func column(_ place: Double, _ width: Int) -> Int { (0...width - 1).clamping(place * Double(width - 1)) }

  private func plot(width: Int, height: Int, _ x: Scale, _ y: Scale, _ canvas: Canvas) -> [[(Character, Style)]] {
    var cells = [[(Character, Style)]](
      repeating: [(Character, Style)](repeating: (" ", .plain), count: width), count: height)
    for row in 0..<height {
      for column in 0..<width { cells[row][column] = ground(row, column, width, height, x, y, canvas) }
    }
    // Where there are regions, points must not hide them.
    let step = regions == nil ? 1 : max(1, groups.reduce(0) { $0 + $1.points.count } / Scatter.mostPoints)
    for group in groups {
      for point in stride(from: 0, to: group.points.count, by: step).map({ group.points[$0] }) {
        let (row, column) = (row(y.place(point.y), height), column(x.place(point.x), width))
        let ground = cells[row][column].1.background
        let style = ground == nil ? group.style : Style(group.style.foreground, background: ground, isBold: true)
        cells[row][column] = (group.mark, style)
      }
    }
    if let path {
      for column in 0..<width {
        guard let value = path.value(at: x.value(Double(column) / Double(max(1, width - 1)))) else { continue }
        cells[row(y.place(value), height)][column] = ("━", path.style)
      }
    }
    return cells
  }

  /// What a cell shows where no point is: its region.
  private func ground(
    _ row: Int, _ column: Int, _ width: Int, _ height: Int, _ x: Scale, _ y: Scale, _ canvas: Canvas
  ) -> (Character, Style) {
    let across = x.value((Double(column) + 0.5) / Double(width))
    let up = y.value(1 - (Double(row) + 0.5) / Double(height))
    guard let place = regions?.place(across, up) else { return (" ", .plain) }
    guard canvas.hasColour else { return (Scatter.shades[place.group % Scatter.shades.count], .dim) }
    return (" ", Style(background: .ink(ink(place, canvas.theme))))
  }

  private func heading(_ canvas: Canvas) -> [Line] {
    var line = groups.reduce(Line(title, .bold)) { line, group in
      group.name.isEmpty ? line : line + Line("   ") + Line("\(group.mark) \(group.name)", group.style)
    }
    if let path { line = line + Line("   ") + Line("━━ \(path.name)", path.style) }
    if regions != nil, !canvas.hasColour {
      let shades = groups.indices.map { "\(Scatter.shades[$0 % Scatter.shades.count]) \(groups[$0].name)" }
      line = line + Line("   taken for: \(shades.joined(separator: "  "))", .dim)
    }
    return line.wrapped(to: canvas.width) + [Line(axes.y, .dim)]
  }

  private func axis(_ scale: Scale, width: Int, margin: Int) -> [Line] {
    var numbers = [Character](repeating: " ", count: width)
    var free = 0
    for tick in scale.ticks {
      let text = scale.label(tick)
      // The last number ends with the axis.
      let start = max(0, min(width - text.count, column(scale.place(tick), width) - text.count / 2))
      guard start >= free, start + text.count <= numbers.count else { continue }
      for (offset, character) in text.enumerated() { numbers[start + offset] = character }
      free = start + text.count + 1
    }
    while numbers.last == " ", numbers.count > 1 { numbers.removeLast() }
    let indent = String(repeating: " ", count: margin)
    let name = Line(indent + axes.x.padded(width), .dim)
    return [
      Line(String(repeating: " ", count: margin - 1) + "└" + String(repeating: "─", count: width), .dim),
      Line(indent + String(numbers), .dim), name,
    ]
  }
}

extension Scatter.Path {
  /// The height of the line at a place, between two of its points; nil beyond its ends.
  func value(at x: Double) -> Double? {
    guard let next = points.firstIndex(where: { $0.x >= x }) else { return nil }
    guard next > 0 else { return points[0].x == x ? points[0].y : nil }
    let (left, right) = (points[next - 1], points[next])
    guard right.x > left.x else { return right.y }
    return left.y + (right.y - left.y) * (x - left.x) / (right.x - left.x)
  }
}
