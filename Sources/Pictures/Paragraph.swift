/// Lines of text as they are.
public struct Paragraph: Picture {
  private let content: [Line]

  public init(_ lines: [Line]) { content = lines }

  public init(_ line: Line) { content = [line] }

  public func lines(on canvas: Canvas) -> [Line] { content }
}
