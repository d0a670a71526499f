import Engine
import Files

/// One entry of a journal; of its members one is there.
struct JournalRecord: Codable {
  /// The version that this program writes, and the latest that it reads.
  static let latest = 1

  var began: Began?
  var will: Intent?
  var state: State?
  var ended: KeptSession.End?

  /// The first entry.
  struct Began: Codable {
    var version = JournalRecord.latest
    let seed: String
    let isSeedDrawn: Bool
  }

  /// What is about to run.
  struct Intent: Codable {
    let line: String
    /// Comments and blank lines before it; nil where there are none.
    var narration: [String]?
    /// Lines that wait behind it, comments among them; nil where they are those of the intent before without the first
    /// command and what stands before that.
    var left: [String]?
    /// Cells before it. Fewer than there are: those behind run again, as what they learnt was lost, and are among the
    /// lines that wait.
    var cells: Int?

    /// The same with each command as `place` has it.
    func map(_ place: (String) -> String) -> Intent {
      Intent(line: place(line), narration: narration, left: left.map { $0.map(place) }, cells: cells)
    }
  }

  /// What a line has come to: the lines of the session as far as they are others than before, and where it stands.
  struct State: Codable {
    /// Cells that stay from before.
    let keep: Int
    let cells: [CellRecord]
    let status: Status
    /// Whether the lines that waited will not run any more.
    var isStopped = false
  }

  struct CellRecord: Codable {
    let narration: [String]
    let line: String
    let seconds: ModelDescription.Exact
    /// Names the cell among all that this journal has ever held.
    let key: String
  }

  /// Where a session stands beside what follows from its lines.
  struct Status: Codable, Equatable {
    let narration: [String]
    let random: String
    let isSaved: Bool
    let evaluation: ModelDescription.ScoreRecord?
    /// The examples that it was measured on.
    let evaluated: String
    let folds: [FoldFigure]
    /// Cells in all, and the session in a few words.
    let count: Int
    let data: String?
    let network: String?
    let epochs: Int
    let score: String?
  }

  struct FoldFigure: Codable, Equatable {
    let name: String
    let value: ModelDescription.Exact
  }
}

extension JournalRecord.CellRecord {
  init(_ cell: Cell, key: String, at folder: String) {
    (narration, line) = (cell.narration, PathResolver.line(cell.line, inScriptAt: folder))
    (seconds, self.key) = (ModelDescription.Exact(cell.seconds), key)
  }
}

extension JournalRecord.Status {
  init(_ session: Session) {
    narration = session.narration
    random = String(session.random.position)
    isSaved = !session.hasUnsavedTraining
    evaluation = session.evaluation.map(ModelDescription.ScoreRecord.init)
    evaluated = session.evaluated.rawValue
    folds = session.foldFigures.map { .init(name: $0.name, value: ModelDescription.Exact($0.value)) }
    count = session.cells.count
    (data, network) = (PromptStatus.data(session), PromptStatus.shape(session))
    score = PromptStatus.result(session)
    epochs = session.history.count
  }
}
