/// Lines of text, wrapped between words where the canvas is too narrow.
public struct Paragraph: Picture {
  private let content: [Line]

  public init(_ lines: [Line]) { content = lines }

  public init(_ line: Line) { content = [line] }

  public func lines(on canvas: Canvas) -> [Line] { canvas.wraps ? content.flatMap { $0.wrapped(to: canvas.width) } : content }
}
