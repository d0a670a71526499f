import CEditline
import Pictures

/// The line as it stands in libedit, and where its characters are on the screen.
struct EditedLine {
  let scalars: [Unicode.Scalar]
  /// Characters before the cursor.
  let cursor: Int

  /// Longer lines are neither measured nor suggested for.
  static let longest = 4096

  /// A place on the screen, counted from the first row of the prompt.
  struct Place: Equatable {
    var row = 0
    var column = 0
  }

  /// nil when the line is too long to be looked at after every key.
  init?(_ editor: OpaquePointer) {
    guard let line = el_wline(editor)?.pointee, let start = line.buffer, line.lastchar - start <= EditedLine.longest
    else { return nil }
    scalars = UnsafeBufferPointer(start: start, count: line.lastchar - start).map {
      Unicode.Scalar(UInt32(bitPattern: $0)) ?? "\u{FFFD}"
    }
    cursor = line.cursor - start
  }

  var text: String { String(String.UnicodeScalarView(scalars)) }
  var textBeforeCursor: String { String(String.UnicodeScalarView(scalars[..<cursor])) }
  var textBehindCursor: String { String(String.UnicodeScalarView(scalars[cursor...])) }
  var isAtEnd: Bool { cursor == scalars.count }

  /// Where the cursor is when it stands behind `count` characters, as libedit draws them.
  func place(behind count: Int, prompt: Int, columns: Int) -> Place {
    var place = Place(row: prompt / columns, column: prompt % columns)
    for scalar in scalars[..<count] {
      if scalar == "\n" {
        place = Place(row: place.row + 1)
        continue
      }
      let cells = EditedLine.cells(scalar, at: place.column)
      if place.column + cells > columns { place = Place(row: place.row + 1) }
      place.column += cells
      if place.column >= columns { place = Place(row: place.row + 1) }
    }
    return place
  }

  /// Controls are drawn as ^X, tabs up to the next eighth column.
  private static func cells(_ scalar: Unicode.Scalar, at column: Int) -> Int {
    if scalar == "\t" { return 8 - column % 8 }
    if scalar.value < 0x20 || scalar.value == 0x7F { return 2 }
    return scalar.columns
  }
}
