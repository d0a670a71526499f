/// Layers one after the other, as somebody would draw them on a board.
public struct Diagram: Picture {
  /// One layer.
  public struct Stage: Sendable {
    /// What its output looks like.
    public enum Form: Sendable {
      /// So many numbers in a row.
      case units(Int)
      /// So many pictures of a height and a width.
      case maps(Int, height: Int, width: Int)
    }

    /// `dense 512`
    let title: String
    /// `relu`
    let subtitle: String
    /// `784 → 512`
    let shape: String
    /// `401,920 parameters`
    let parameters: String
    let form: Form
    /// Whether each of its units hears every unit before it.
    let hearsAll: Bool

    public init(
      _ title: String, _ subtitle: String, shape: String, parameters: String, _ form: Form, hearsAll: Bool = false
    ) {
      self.title = title
      self.subtitle = subtitle
      self.shape = shape
      self.parameters = parameters
      self.form = form
      self.hearsAll = hearsAll
    }
  }

  /// Circles that are drawn one by one; of more, the first and the last.
  private static let maximum = 10

  private let stages: [Stage]

  /// - Parameter stages: the input first.
  public init(_ stages: [Stage]) { self.stages = stages }

  public var isGraphic: Bool { true }

  public func lines(on canvas: Canvas) -> [Line] {
    let maximum = max(4, canvas.width - 4)
    let boxes = stages.map { Diagram.texts($0, width: maximum) }
    let width = min(maximum, boxes.joined().map(\.columns).max() ?? 0)
    let indent = String(repeating: " ", count: width / 2 + 1)
    let arrow = [Line(indent + "│", .dim), Line(indent + "▼", .dim)]
    return boxes.enumerated().flatMap { ($0.offset == 0 ? [] : arrow) + Diagram.frame($0.element, width) }
  }

  /// Name and activation, units or maps, shapes and parameters; below each other where they do not fit.
  private static func texts(_ stage: Stage, width: Int) -> [Line] {
    let name = Line(stage.title, .bold) + Line(stage.subtitle.isEmpty ? "" : " \(stage.subtitle)", Style(.green))
    let (shape, parameters) = (Line(stage.shape), Line(stage.parameters, .dim))
    let sizes = parameters.runs.isEmpty ? [shape] : [shape + Line("  ") + parameters]
    return [name, Line(figure(stage.form), Style(.blue))]
      + (sizes[0].columns <= width ? sizes : [shape, parameters])
  }

  private static func frame(_ lines: [Line], _ width: Int) -> [Line] {
    let edge = String(repeating: "─", count: width + 2)
    return [Line("╭\(edge)╮", .dim)]
      + lines.map { Line("│ ", .dim) + $0.cut(to: width).padded(to: width) + Line(" │", .dim) }
      + [Line("╰\(edge)╯", .dim)]
  }

  /// `○ ○ ○ ○ ○ ⋯ ○ ○ ○`, `▢ ▢ ▢ 26×26`
  private static func figure(_ form: Stage.Form) -> String {
    switch form {
    case .units(let count):
      return count <= maximum ? String(repeating: "○ ", count: count) : "○ ○ ○ ○ ○ ○ ⋯ ○ ○ ○"
    case .maps(let count, let height, let width):
      let maps = count <= 6 ? String(repeating: "▢ ", count: count) : "▢ ▢ ▢ ▢ ⋯ ▢ "
      return "\(maps) each \(height)×\(width)"
    }
  }

  public func drawing(on paper: Paper) -> Drawing {
    let rows = (1...max(1, stages.count)).clamping(Double(stages.count) * 110 / paper.width, .up)
    let perRow = max(1, (stages.count + rows - 1) / rows)
    let column = min(170, paper.width / Double(perRow))
    let (height, foot) = (190.0, 62.0)
    var drawing = Drawing(width: column * Double(perRow), height: 0)
    for (index, stage) in stages.enumerated() {
      let center = (Double(index % perRow) + 0.5) * column
      let top = Double(index / perRow) * (height + foot + 20)
      if index % perRow > 0 {
        connect(stages[index - 1].form, stage, center - column, center, top + height / 2, on: &drawing, paper.theme)
      } else if index > 0 {
        arrow(center - column / 2, center - Diagram.reach(stage.form), top + height / 2, on: &drawing, paper.theme)
      }
      draw(stage.form, center, top + height / 2, on: &drawing, paper.theme)
      caption(stage, center, top + height, column - 8, on: &drawing, paper.theme)
    }
    drawing.place(Drawing(width: 0, height: Double(rows) * (height + foot + 20) - 20), x: 0, y: 0)
    return drawing
  }

  private func caption(
    _ stage: Stage, _ x: Double, _ y: Double, _ room: Double, on drawing: inout Drawing, _ theme: Theme
  ) {
    drawing.text(stage.title, x, y + 14, theme.ink, isBold: true, .middle, room: room)
    drawing.text(stage.subtitle, x, y + 28, theme.green, .middle, room: room)
    drawing.text(stage.shape, x, y + 42, theme.ink, size: Typeface.small, .middle, room: room)
    drawing.text(stage.parameters, x, y + 55, theme.faint, size: Typeface.small, .middle, room: room)
  }

  /// Where circles stand around the middle; nil for the dots of those left out.
  private static func places(_ count: Int) -> [Double?] {
    let shown: [Bool] =
      count <= maximum
      ? [Bool](repeating: true, count: count)
      : [Bool](repeating: true, count: 5) + [false] + [Bool](repeating: true, count: 4)
    let middle = Double(shown.count - 1) / 2
    return shown.enumerated().map { $0.element ? (Double($0.offset) - middle) * 18 : nil }
  }

  private func draw(_ form: Stage.Form, _ x: Double, _ y: Double, on drawing: inout Drawing, _ theme: Theme) {
    switch form {
    case .units(let count):
      let places = Diagram.places(count)
      for place in places {
        guard let place else { continue }
        drawing.circle(x, y + place, 6.5, fill: theme.paper, line: theme.blue)
      }
      guard let gap = places.firstIndex(where: { $0 == nil }) else { return }
      let middle = (Double(gap) - Double(places.count - 1) / 2) * 18
      for dot in -1...1 { drawing.circle(x, y + middle + Double(dot) * 4.5, 1.2, fill: theme.blue) }
    case .maps(let count, let height, let width):
      let (w, h) = (
        Diagram.side * min(1, Double(width) / Double(height)), Diagram.side * min(1, Double(height) / Double(width))
      )
      let shown = min(count, 5)
      for index in 0..<shown {
        let shift = (Double(index) - Double(shown - 1) / 2) * Diagram.shift
        let fill = index == shown - 1 ? theme.paper.mixed(with: theme.blue, 0.12) : theme.paper
        drawing.box(x - w / 2 + shift, y - h / 2 + shift, w, h, fill: fill, line: theme.blue, radius: 1)
      }
    }
  }

  /// Lines between circles where all are heard; an arrow otherwise.
  private func connect(
    _ from: Stage.Form, _ stage: Stage, _ x1: Double, _ x2: Double, _ y: Double, on drawing: inout Drawing,
    _ theme: Theme
  ) {
    guard stage.hearsAll, case .units(let left) = from, case .units(let right) = stage.form else {
      return arrow(x1 + Diagram.reach(from), x2 - Diagram.reach(stage.form), y, on: &drawing, theme)
    }
    for start in Diagram.places(left).compactMap({ $0 }) {
      for end in Diagram.places(right).compactMap({ $0 }) {
        drawing.rule(x1 + 6.5, y + start, to: x2 - 6.5, y + end, theme.rule.covering(0.7), width: 0.5)
      }
    }
  }

  private func arrow(_ start: Double, _ end: Double, _ y: Double, on drawing: inout Drawing, _ theme: Theme) {
    drawing.rule(start, y, to: end, y, theme.faint)
    drawing.path(
      [Drawing.Point(x: end - 5, y: y - 4), Drawing.Point(x: end, y: y), Drawing.Point(x: end - 5, y: y + 4)],
      theme.faint)
  }

  /// Points from the middle of a stage to where arrows end.
  private static func reach(_ form: Stage.Form) -> Double {
    switch form {
    case .units: 12
    case .maps(let count, let height, let width):
      side * min(1, Double(width) / Double(height)) / 2 + Double(min(count, 5) - 1) * shift / 2 + 5
    }
  }

  /// The longer side of a map, and how far one stands behind the other.
  private static let (side, shift) = (54.0, 5.0)
}
