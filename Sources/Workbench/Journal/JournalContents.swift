import Grammar

/// What the records of a journal come to.
struct JournalContents {
  let seed: Seed
  private(set) var cells: [JournalRecord.CellRecord] = []
  private(set) var status: JournalRecord.Status?
  /// Lines that ran when the program was cut off, one for each time.
  private(set) var cut: [String] = []
  /// Lines that waited then.
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
    var left: [String] = []
    for record in file.records {
      if let intent = record.will {
        cut = (cut.last == intent.line ? cut : []) + [intent.line]
        left = intent.left ?? Array(left.dropFirst())
        if let count = intent.cells, (0..<cells.count).contains(count) { cells.removeSubrange(count...) }
      } else if let state = record.state {
        // What was lost before it cannot be made up for.
        guard (0...cells.count).contains(state.keep) else { break }
        cells.replaceSubrange(state.keep..., with: state.cells)
        (status, cut) = (state.status, [])
        if state.isStopped { left = [] }
      }
    }
    waiting = left
  }
}
