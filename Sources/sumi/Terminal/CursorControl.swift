/// Sequences that move the cursor and clear cells, after ECMA-48; saving it is DEC's, which every terminal knows.
enum CursorControl {
  static let save = "\u{1b}7"
  static let restore = "\u{1b}8"
  /// The first column of the first row.
  static let home = "\u{1b}[H"
  /// From the cursor to the end of its row.
  static let clearRow = "\u{1b}[K"
  /// From the cursor to the end of the screen.
  static let clearBelow = "\u{1b}[J"

  static func up(_ rows: Int) -> String { move(rows, "A") }
  static func down(_ rows: Int) -> String { move(rows, "B") }
  static func right(_ columns: Int) -> String { move(columns, "C") }
  static func left(_ columns: Int) -> String { move(columns, "D") }

  /// To a column of the same row, counted from 1.
  static func column(_ number: Int) -> String { move(number, "G") }

  /// Nothing for no cells, which terminals take for one.
  private static func move(_ count: Int, _ final: Character) -> String { count > 0 ? "\u{1b}[\(count)\(final)" : "" }
}
