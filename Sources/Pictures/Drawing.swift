/// Shapes on paper, in points from the top left corner: the one thing that every output is made of.
public struct Drawing: Sendable {
  /// A place.
  struct Point: Equatable, Sendable {
    let x: Double
    let y: Double
  }

  /// A rectangle.
  struct Box: Equatable, Sendable {
    let x: Double
    let y: Double
    let width: Double
    let height: Double
  }

  /// A text on one line, of one or several colours.
  struct Label: Sendable {
    struct Run: Equatable, Sendable {
      var text: String
      let ink: Ink
      var isBold = false
    }

    /// Which part of the text stands at its place.
    enum Anchor: Sendable {
      case start, middle, end
    }

    let runs: [Run]
    /// On the line that letters stand on.
    let place: Point
    let size: Double
    var anchor = Anchor.start
    /// The width that it may take; more is set smaller, then cut off.
    var room: Double?
    /// Whether it is written upwards.
    var isUpright = false
  }

  enum Shape: Sendable {
    case box(Box, fill: Ink?, line: Ink?, radius: Double)
    case image(Raster, Box, isSmooth: Bool)
    case path([Point], Ink, width: Double, dashes: [Double])
    case circle(Point, radius: Double, fill: Ink?, line: Ink?)
    case label(Label)
  }

  public private(set) var width: Double
  public private(set) var height: Double
  private(set) var shapes: [Shape] = []

  init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  mutating func box(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, fill: Ink? = nil, line: Ink? = nil, radius: Double = 0
  ) {
    shapes.append(.box(Box(x: x, y: y, width: width, height: height), fill: fill, line: line, radius: radius))
  }

  mutating func image(_ raster: Raster, _ box: Box, isSmooth: Bool = false) {
    shapes.append(.image(raster, box, isSmooth: isSmooth))
  }

  mutating func path(_ points: [Point], _ ink: Ink, width: Double = 1, dashes: [Double] = []) {
    if points.count > 1 { shapes.append(.path(points, ink, width: width, dashes: dashes)) }
  }

  mutating func rule(_ x: Double, _ y: Double, to x2: Double, _ y2: Double, _ ink: Ink, width: Double = 1) {
    path([Point(x: x, y: y), Point(x: x2, y: y2)], ink, width: width)
  }

  mutating func circle(_ x: Double, _ y: Double, _ radius: Double, fill: Ink? = nil, line: Ink? = nil) {
    shapes.append(.circle(Point(x: x, y: y), radius: radius, fill: fill, line: line))
  }

  mutating func text(
    _ text: String, _ x: Double, _ y: Double, _ ink: Ink, size: Double = Typeface.body, isBold: Bool = false,
    _ anchor: Label.Anchor = .start, room: Double? = nil, isUpright: Bool = false
  ) {
    label(
      Label(
        runs: [Label.Run(text: text.withVisibleControls, ink: ink, isBold: isBold)], place: Point(x: x, y: y),
        size: size, anchor: anchor,
        room: room, isUpright: isUpright))
  }

  mutating func line(
    _ line: Line, _ x: Double, _ y: Double, _ theme: Theme, size: Double = Typeface.body,
    _ anchor: Label.Anchor = .start, room: Double? = nil
  ) {
    let runs = line.runs.map { Label.Run(text: $0.text, ink: theme.ink($0.style), isBold: $0.style.isBold) }
    label(Label(runs: runs, place: Point(x: x, y: y), size: size, anchor: anchor, room: room))
  }

  private mutating func label(_ label: Label) {
    if label.runs.contains(where: { !$0.text.isEmpty }) { shapes.append(.label(label)) }
  }

  /// Puts another drawing on this one, and grows to hold it.
  mutating func place(_ other: Drawing, x: Double, y: Double) {
    shapes += other.shapes.map { $0.moved(x, y) }
    width = max(width, x + other.width)
    height = max(height, y + other.height)
  }

  /// Drawings below each other, with margins.
  static func stack(_ drawings: [Drawing], gap: Double = 14, margin: Double) -> Drawing {
    var all = Drawing(width: 2 * margin, height: margin)
    for (index, drawing) in drawings.enumerated() {
      all.place(drawing, x: margin, y: index == 0 ? margin : all.height + gap)
    }
    all.width += margin
    all.height += margin
    return all
  }
}

extension Drawing.Shape {
  fileprivate func moved(_ x: Double, _ y: Double) -> Drawing.Shape {
    func move(_ point: Drawing.Point) -> Drawing.Point { Drawing.Point(x: point.x + x, y: point.y + y) }
    func move(_ box: Drawing.Box) -> Drawing.Box {
      Drawing.Box(x: box.x + x, y: box.y + y, width: box.width, height: box.height)
    }
    switch self {
    case .box(let box, let fill, let line, let radius): return .box(move(box), fill: fill, line: line, radius: radius)
    case .image(let raster, let box, let isSmooth): return .image(raster, move(box), isSmooth: isSmooth)
    case .path(let points, let ink, let width, let dashes):
      return .path(points.map(move), ink, width: width, dashes: dashes)
    case .circle(let center, let radius, let fill, let line):
      return .circle(move(center), radius: radius, fill: fill, line: line)
    case .label(let label):
      return .label(
        Drawing.Label(
          runs: label.runs, place: move(label.place), size: label.size, anchor: label.anchor, room: label.room,
          isUpright: label.isUpright))
    }
  }
}

/// What a drawing is laid out for: how wide, and in which colours.
public struct Paper: Equatable, Sendable {
  /// Points between the margins.
  public let width: Double
  public let theme: Theme
  /// Points of white around a whole sheet.
  public static let margin = 20.0

  /// A page of a book, for files.
  public static func page(_ theme: Theme = .light) -> Paper { Paper(width: 680, theme: theme) }

  public init(width: Double, theme: Theme) {
    self.width = width.isFinite ? min(max(120, width), 20_000) : 680
    self.theme = theme
  }
}
