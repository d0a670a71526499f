/// Something to look at, drawn from plain numbers and texts; knows nothing of networks or terminals.
public protocol Picture: Sendable {
  /// As lines of characters no wider than the canvas where that can be helped.
  func lines(on canvas: Canvas) -> [Line]

  /// The same as rows and columns, where it is that.
  var table: Table? { get }

  /// As shapes, no wider than the paper.
  func drawing(on paper: Paper) -> Drawing

  /// Whether shapes say more than characters; text stays text on a terminal that can show pixels.
  var isGraphic: Bool { get }
}

extension Picture {
  public var table: Table? { nil }
  public var isGraphic: Bool { false }

  /// As plain text, a line break after every line.
  public func text(on canvas: Canvas = Canvas(width: 80, hasColour: false)) -> String {
    lines(on: canvas).map { $0.text + "\n" }.joined()
  }
}

/// What a picture is drawn on.
public struct Canvas: Equatable, Sendable {
  /// Columns of one cell each.
  public let width: Int
  /// Whether shades and colours can be shown; if not, characters have to do.
  public let hasColour: Bool
  /// Whether sentences are wrapped at the edge; not in files and pipes, where others look for them.
  public let wraps: Bool
  /// The terminal's background.
  public let theme: Theme
  /// Lines that a picture should not be higher than, where it can be drawn smaller; nil for as many as it likes.
  public let rows: Int?

  public init(width: Int, hasColour: Bool, wraps: Bool = false, theme: Theme = .dark, rows: Int? = nil) {
    self.width = max(1, width)
    self.hasColour = hasColour
    self.wraps = wraps
    self.theme = theme
    self.rows = rows
  }
}

extension [any Picture] {
  /// The lines that each may take so that all of them together fit into `rows`, where those that can be drawn smaller
  /// give way; all nil where they fit as they are.
  public func heights(on canvas: Canvas, rows: Int) -> [Int?] {
    let natural = map { $0.lines(on: canvas).count }
    let excess = natural.reduce(0, +) - rows
    let flexible = zip(self, natural).reduce(0) { $0 + ($1.0.isGraphic ? $1.1 : 0) }
    guard excess > 0, flexible > 0 else { return map { _ in nil } }
    return zip(self, natural).map { picture, height in
      picture.isGraphic ? Swift.max(1, height - (excess * height + flexible - 1) / flexible) : nil
    }
  }
}
