/// Lines of text, wrapped between words where the canvas is too narrow.
public struct Paragraph: Picture {
  private let content: [Line]

  public init(_ lines: [Line]) { content = lines }

  public init(_ line: Line) { content = [line] }

  public func lines(on canvas: Canvas) -> [Line] {
    canvas.wraps ? content.flatMap { $0.wrapped(to: canvas.width) } : content
  }

  public func drawing(on paper: Paper) -> Drawing {
    let columns = (10...10_000).clamping(paper.width / (Typeface.body * 0.58), .down)
    // Blank lines at either end keep texts apart in a terminal; on paper the gaps do.
    let text = content.drop { $0.runs.isEmpty }.reversed().drop { $0.runs.isEmpty }.reversed()
    let lines = text.flatMap { $0.wrapped(to: columns) }
    let step = Typeface.body * Typeface.leading
    var drawing = Drawing(width: paper.width, height: Double(lines.count) * step)
    for (index, line) in lines.enumerated() {
      drawing.line(line, 0, Double(index) * step + Typeface.body, paper.theme, room: paper.width)
    }
    return drawing
  }
}
