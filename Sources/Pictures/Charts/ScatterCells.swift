extension Scatter {
  /// Columns of the plot, on a canvas of so many or more.
  private static let (width, wide, widest) = (64, 110, 96)
  /// Lines of the plot without its axis, at least.
  private static let lowest = 6
  /// Points that are drawn at most where there are regions.
  private static let mostPoints = 130
  /// What stands in a region where there is no colour: of ten classes each its own.
  private static let shades: [Character] = Array("·:-=+*%#o~")

  public func lines(on canvas: Canvas) -> [Line] {
    guard let (x, y) = scales(steps: regions == nil ? 6 : 4) else { return [Line("\(title): no points")] }
    let margin = (y.ticks.map { y.label($0).count }.max() ?? 1) + 2
    let most = canvas.width < Scatter.wide ? Scatter.width : Scatter.widest
    let width = max(10, min(canvas.width - margin - 1, most))
    // Cells are twice as high as wide, and the plane a little wider than high.
    let full = most * 5 / 16
    let height = canvas.rows.map { max(Scatter.lowest, min(full, $0 - 4)) } ?? full
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
        cells[row][column] = (group.mark, mark(group, row, column, width, height, x, y, canvas))
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

  /// What a cell shows where no point is: its region, in colour that of its upper and its lower half.
  private func ground(
    _ row: Int, _ column: Int, _ width: Int, _ height: Int, _ x: Scale, _ y: Scale, _ canvas: Canvas
  ) -> (Character, Style) {
    func place(_ down: Double) -> (group: Int, certainty: Double)? {
      let across = x.value((Double(column) + 0.5) / Double(width))
      return regions?.place(across, y.value(1 - (Double(row) + down) / Double(height)))
    }
    guard canvas.hasColour else {
      return place(0.5).map { (Scatter.shades[$0.group % Scatter.shades.count], .dim) } ?? (" ", .plain)
    }
    guard let above = place(0.25), let below = place(0.75) else { return (" ", .plain) }
    let (top, bottom) = (cellInk(above, canvas.theme), cellInk(below, canvas.theme))
    return top == bottom
      ? (" ", Style(background: .ink(top))) : ("▀", Style(.ink(top), background: .ink(bottom)))
  }

  /// How a point looks: in its own colour, but on a region, which may be of the same, as it can be read best.
  private func mark(
    _ group: Group, _ row: Int, _ column: Int, _ width: Int, _ height: Int, _ x: Scale, _ y: Scale, _ canvas: Canvas
  ) -> Style {
    guard case .ink(let ink)? = ground(row, column, width, height, x, y, canvas).1.background else {
      return group.style
    }
    return Style(.ink(ink.contrast), background: .ink(ink), isBold: true)
  }

  private func heading(_ canvas: Canvas) -> [Line] {
    var line = Line(title, .bold)
    for (index, group) in groups.enumerated() where !group.name.isEmpty {
      line = line + Line("   ") + legend(group, index, canvas)
    }
    if let path { line = line + Line("   ") + Line("━━ \(path.name)", path.style) }
    if regions != nil, !canvas.hasColour {
      let shades = groups.indices.map { "\(Scatter.shades[$0 % Scatter.shades.count]) \(groups[$0].name)" }
      line = line + Line("   taken for: \(shades.joined(separator: "  "))", .dim)
    }
    return line.wrapped(to: canvas.width) + [Line(axes.y, .dim)]
  }

  /// The mark of a group, as it stands in its region where there are any, and its name.
  private func legend(_ group: Group, _ index: Int, _ canvas: Canvas) -> Line {
    let name = String(group.mark) == group.name ? "" : " \(group.name)"
    guard regions != nil, canvas.hasColour else { return Line("\(group.mark)\(name)", group.style) }
    let ink = cellInk((index, 1), canvas.theme)
    return Line(" \(group.mark) ", Style(.ink(ink.contrast), background: .ink(ink), isBold: true)) + Line(name)
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
