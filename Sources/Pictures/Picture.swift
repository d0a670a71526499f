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

  /// As plain text, a line break behind every line.
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

  public init(width: Int, hasColour: Bool, wraps: Bool = false, theme: Theme = .dark) {
    self.width = max(1, width)
    self.hasColour = hasColour
    self.wraps = wraps
    self.theme = theme
  }
}
