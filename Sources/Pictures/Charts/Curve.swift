/// Figures over time, with axes and numbers.
public struct Curve: Picture {
  /// One line: its name, its strokes and its style tell it from others, also without colour.
  public struct Series: Sendable {
    let name: String
    let style: Style
    let strokes: Strokes
    let values: [Double?]

    /// - Parameter values: one for each place on the axis; nil, or not finite, where there is none.
    public init(_ name: String, strokes: Strokes = .light, _ style: Style = .plain, values: [Double?]) {
      self.name = name
      self.strokes = strokes
      self.style = style
      self.values = values.map { $0?.isFinite == true ? $0 : nil }
    }
  }

  /// The strokes of a line, of characters and on paper.
  public enum Strokes: Int, CaseIterable, Sendable {
    case light, heavy, double, broken, brokenHeavy

    /// Along, up, down, and the four corners.
    var characters: [Character] {
      switch self {
      case .light: Array("─│╭╮╰╯")
      case .heavy: Array("━┃┏┓┗┛")
      case .double: Array("═║╔╗╚╝")
      case .broken: Array("╌╎╭╮╰╯")
      case .brokenHeavy: Array("╍╏┏┓┗┛")
      }
    }

    /// Points that are drawn and left out in turn; none for a line without gaps.
    var dashes: [Double] {
      switch self {
      case .light: []
      case .heavy: [6, 3]
      case .double: [2, 2]
      case .broken: [9, 3, 2, 3]
      case .brokenHeavy: [12, 5]
      }
    }
  }

  let title: String
  let series: [Series]
  let labels: [Int]
  /// The place of the best.
  let marked: Int?

  /// - Parameters:
  ///   - labels: the numbers below the axis, one for each place.
  ///   - marked: the place of the best, marked below the axis.
  public init(_ title: String, _ series: [Series], labels: [Int], marked: Int? = nil) {
    self.title = title
    self.series = series
    self.labels = labels
    self.marked = marked
  }

  public var isGraphic: Bool { scale(steps: 4) != nil }

  /// The axis of the figures; nil when there are none.
  func scale(steps: Int) -> Scale? {
    let values = series.flatMap(\.values).compactMap { $0 }
    guard let minimum = values.min(), let maximum = values.max(), !labels.isEmpty else { return nil }
    return Scale(minimum, maximum, steps: steps)
  }

  public func drawing(on paper: Paper) -> Drawing {
    let theme = paper.theme
    guard let scale = scale(steps: 5) else { return Paragraph(Line("\(title): no figures")).drawing(on: paper) }
    let left = (scale.ticks.map { Typeface.width(scale.label($0), size: Typeface.small) }.max() ?? 20) + 10
    let (width, height, top) = (paper.width - left - 10, 170.0, 26.0)
    var drawing = Drawing(width: paper.width, height: top + height + 34)
    func x(_ place: Int) -> Double {
      left + (labels.count == 1 ? width / 2 : 6 + (width - 12) * Double(place) / Double(labels.count - 1))
    }
    func y(_ value: Double) -> Double { top + height * (1 - scale.place(value)) }
    drawing.text(title, 0, Typeface.title, theme.ink, size: Typeface.title, isBold: true)
    for tick in scale.ticks {
      drawing.rule(left, y(tick), to: left + width, y(tick), theme.grid)
      drawing.text(scale.label(tick), left - 6, y(tick) + 3, theme.faint, size: Typeface.small, .end)
    }
    drawing.rule(left, top + height, to: left + width, top + height, theme.rule)
    for place in places(maximum: (1...1000).clamping(width / 28, .down)) {
      drawing.text("\(labels[place])", x(place), top + height + 14, theme.faint, size: Typeface.small, .middle)
    }
    let isLeft = marked.map { labels.indices.contains($0) && x($0) < left + 90 } == true
    drawing.text(
      "epoch", isLeft ? left + width : left, top + height + 27, theme.faint, size: Typeface.small,
      isLeft ? .end : .start)
    if let marked, labels.indices.contains(marked) { draw(best: marked, x(marked), on: &drawing, top, height, theme) }
    for one in series.reversed() { draw(one, on: &drawing, x, y, theme) }
    legend(on: &drawing, right: left + width, theme)
    return drawing
  }

  private func draw(best: Int, _ x: Double, on drawing: inout Drawing, _ top: Double, _ height: Double, _ theme: Theme)
  {
    drawing.path(
      [Drawing.Point(x: x, y: top), Drawing.Point(x: x, y: top + height)], theme.green, width: 1, dashes: [3, 3])
    let anchor: Drawing.Label.Anchor = x > drawing.width - 40 ? .end : .middle
    drawing.text("best: epoch \(labels[best])", x, top + height + 27, theme.green, size: Typeface.small, anchor)
  }

  private func draw(
    _ one: Series, on drawing: inout Drawing, _ x: (Int) -> Double, _ y: (Double) -> Double, _ theme: Theme
  ) {
    let ink = theme.ink(one.style)
    let points = one.values.enumerated().map { place, value in value.map { Drawing.Point(x: x(place), y: y($0)) } }
    for piece in points.split(separator: nil) {
      drawing.path(piece.compactMap { $0 }, ink, width: 1.8, dashes: one.strokes.dashes)
    }
    guard points.count <= 40 else { return }
    for point in points.compactMap({ $0 }) {
      drawing.circle(point.x, point.y, 2.4, fill: one.strokes == .light ? ink : theme.paper, line: ink)
    }
  }

  private func legend(on drawing: inout Drawing, right: Double, _ theme: Theme) {
    var x = right
    for one in series.reversed() where !one.name.isEmpty {
      let ink = theme.ink(one.style)
      drawing.text(one.name, x, 12, ink, size: Typeface.small, .end)
      x -= Typeface.width(one.name, size: Typeface.small) + 30
      let points = [Drawing.Point(x: x, y: 9), Drawing.Point(x: x + 24, y: 9)]
      drawing.path(points, ink, width: 1.8, dashes: one.strokes.dashes)
      x -= 14
    }
  }

  /// The places whose numbers have room below the axis, at the same distance from each other.
  func places(maximum: Int) -> [Int] {
    let step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].first { labels.count <= $0 * max(1, maximum) } ?? labels.count
    return labels.indices.filter { step == 1 || labels[$0] % step == 0 }
  }
}
