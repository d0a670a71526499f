import Grammar

/// What the records of a journal come to.
struct JournalContents {
  let seed: Seed
  private(set) var cells: [JournalRecord.CellRecord] = []
  /// Where the session stood before its first cell and behind each, as far as that was noted.
  private var statuses: [JournalRecord.Status?] = [nil]
  /// Lines that ran when the program was cut off, one for each time.
  private(set) var cut: [String] = []
  /// Comments and blank lines before the last of these.
  private(set) var narration: [String] = []
  /// Lines that waited then, comments among them.
  private(set) var waiting: [String] = []
  /// Bytes that are sound.
  let length: Int
  /// Whether something behind them is damaged.
  private(set) var isDamaged: Bool

  /// - Throws: `Refusal` when nothing can be read of it.
  init(_ path: String) throws(Refusal) {
    let file = try JournalFile.read(path)
    (length, isDamaged) = (file.length, file.isDamaged)
    guard let began = file.records.first?.began, let number = UInt64(began.seed) else {
      throw Refusal("\(path) does not say which seed the session had", hint: "sessions")
    }
    seed = Seed(number, isDrawn: began.isSeedDrawn)
    var left: ArraySlice<String> = []
    for record in file.records {
      if let intent = record.will {
        cut = (cut.last == intent.line ? cut : []) + [intent.line]
        narration = intent.narration ?? []
        left = intent.left.map { $0[...] } ?? left.drop(while: Script.isBlank).dropFirst()
        if let count = intent.cells, (0..<cells.count).contains(count) { keep(count) }
      } else if let state = record.state {
        // What was lost before it cannot be made up for.
        guard (0...cells.count).contains(state.keep) else { break }
        keep(state.keep)
        cells += state.cells
        statuses += Array(repeating: nil, count: state.cells.count)
        statuses[cells.count] = state.status
        cut = []
        if state.isStopped { left = [] }
      }
    }
    waiting = Array(left)
  }

  /// Where the session stood behind so many of its cells, at most all; nil where that was not noted, as for lines that
  /// came together.
  func status(behind count: Int) -> JournalRecord.Status? { statuses[count] }

  /// What came behind so many cells is over.
  private mutating func keep(_ count: Int) {
    cells.removeSubrange(count...)
    statuses.removeSubrange((count + 1)...)
  }
}
