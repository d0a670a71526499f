extension Scatter {
  public func drawing(on paper: Paper) -> Drawing {
    let theme = paper.theme
    guard let (x, y) = scales(steps: 5) else { return Paragraph(Line("\(title): no points")).drawing(on: paper) }
    let left = (y.ticks.map { Typeface.width(y.label($0), size: Typeface.small) }.max() ?? 20) + 26
    let top = 26.0
    let width = min(paper.width - left - 10, 440)
    let height = width * (regions == nil ? 0.62 : 0.8)
    var drawing = Drawing(width: paper.width, height: top + height + 36)
    let frame = Drawing.Box(x: left, y: top, width: width, height: height)
    drawing.text(title, 0, Typeface.title, theme.ink, size: Typeface.title, isBold: true)
    ground(on: &drawing, frame, x, y, theme)
    ticks(on: &drawing, frame, x, y, theme)
    func point(_ point: (x: Double, y: Double)) -> Drawing.Point {
      Drawing.Point(x: left + width * x.place(point.x), y: top + height * (1 - y.place(point.y)))
    }
    let radius = groups.reduce(0) { $0 + $1.points.count } > 400 ? 1.6 : 2.4
    for group in groups {
      for place in group.points.map(point) {
        drawing.circle(place.x, place.y, radius, fill: theme.ink(group.style), line: regions == nil ? nil : theme.paper)
      }
    }
    if let path { drawing.path(path.points.map(point), theme.ink(path.style), width: 2) }
    drawing.box(left, top, width, height, line: theme.rule)
    legend(on: &drawing, right: left + width, theme)
    return drawing
  }

  private func ground(on drawing: inout Drawing, _ frame: Drawing.Box, _ x: Scale, _ y: Scale, _ theme: Theme) {
    guard let regions else { return }
    let pixels = regions.places.map { ink($0, theme).pixel }
    let raster = Raster(width: regions.columns, height: regions.rows, pixels: pixels)
    let (left, right) = (x.place(regions.x.lowerBound), x.place(regions.x.upperBound))
    let (bottom, top) = (y.place(regions.y.lowerBound), y.place(regions.y.upperBound))
    let box = Drawing.Box(
      x: frame.x + frame.width * left, y: frame.y + frame.height * (1 - top), width: frame.width * (right - left),
      height: frame.height * (top - bottom))
    drawing.image(raster, box)
  }

  private func ticks(on drawing: inout Drawing, _ frame: Drawing.Box, _ x: Scale, _ y: Scale, _ theme: Theme) {
    let bottom = frame.y + frame.height
    for tick in y.ticks where y.holds(tick) {
      let place = frame.y + frame.height * (1 - y.place(tick))
      if regions == nil { drawing.rule(frame.x, place, to: frame.x + frame.width, place, theme.grid) }
      drawing.text(y.label(tick), frame.x - 6, place + 3, theme.faint, size: Typeface.small, .end)
    }
    for tick in x.ticks where x.holds(tick) {
      let place = frame.x + frame.width * x.place(tick)
      if regions == nil { drawing.rule(place, frame.y, to: place, bottom, theme.grid) }
      drawing.text(x.label(tick), place, bottom + 14, theme.faint, size: Typeface.small, .middle)
    }
    drawing.text(axes.x, frame.x + frame.width / 2, bottom + 28, theme.faint, size: Typeface.small, .middle)
    drawing.text(
      axes.y, 10, frame.y + frame.height / 2, theme.faint, size: Typeface.small, .middle, isUpright: true)
  }

  private func legend(on drawing: inout Drawing, right: Double, _ theme: Theme) {
    var x = right
    if let path {
      drawing.text(path.name, x, 12, theme.ink(path.style), size: Typeface.small, .end)
      x -= Typeface.width(path.name, size: Typeface.small) + 24
      drawing.rule(x, 9, to: x + 18, 9, theme.ink(path.style), width: 2)
      x -= 12
    }
    for group in groups.reversed() where !group.name.isEmpty {
      drawing.text(group.name, x, 12, theme.ink, size: Typeface.small, .end)
      x -= Typeface.width(group.name, size: Typeface.small) + 8
      drawing.circle(x, 9, 3, fill: theme.ink(group.style), line: nil)
      x -= 14
    }
  }
}
