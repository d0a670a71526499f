/// Names with a sentence each, the sentences in a column of their own, wrapped where the canvas is too narrow.
public struct Glossary: Picture {
  /// A name and what it means.
  public struct Entry: Sendable {
    let name: String
    let meaning: String

    public init(_ name: String, _ meaning: String) {
      self.name = name
      self.meaning = meaning
    }
  }

  private let heads: (name: String, meaning: String)
  private let entries: [Entry]

  /// Narrower columns are not wrapped.
  private static let minimum = 20

  /// - Parameter heads: above the columns, in files.
  public init(_ heads: (name: String, meaning: String), _ entries: [Entry]) {
    self.heads = heads
    self.entries = entries
  }

  public func lines(on canvas: Canvas) -> [Line] {
    let width = (entries.map { Line($0.name).columns }.max() ?? 0) + 2
    let room = canvas.width - width
    return entries.flatMap { entry in
      // Later pieces come indented by two, which the column replaces.
      let meaning = Line(entry.meaning)
      let pieces = canvas.wraps && room >= Glossary.minimum ? meaning.wrapped(to: room) : [meaning]
      return pieces.enumerated().map { index, piece in
        let isFirst = index == 0
        return Line(isFirst ? entry.name : "", .bold).padded(to: width)
          + (isFirst ? piece : Line(String(piece.text.dropFirst(2))))
      }
    }
  }

  public func drawing(on paper: Paper) -> Drawing {
    Paragraph(entries.map { Line($0.name, .bold) + Line("  " + $0.meaning) }).drawing(on: paper)
  }

  public var table: Table? {
    Table(
      [.init(heads.name, leansRight: false), .init(heads.meaning, leansRight: false)],
      rows: entries.map { [Line($0.name, .bold), Line($0.meaning)] })
  }
}
