import Datasets
import Engine
import Grammar
import Pictures

/// Everything that the lines typed so far have led to; a value, so a copy is a state to come back to.
public struct Session: Sendable {
  public internal(set) var dataset: Dataset?
  public internal(set) var network: Network?
  public internal(set) var trainer: Trainer?
  /// All epochs trained since the weights were drawn, over several fits.
  public internal(set) var history = SharedList<Epoch>()
  /// The data that its weights were learnt from, by which it is known what the network's inputs and outputs mean; nil
  /// while they are random.
  var learntFrom: ModelDescription.Data?
  /// What the last `evaluate` measured, until the network changes.
  public internal(set) var evaluation: Score?
  /// Means of the last K-fold validation, until the network changes.
  var foldFigures: [Figure] = []
  /// The examples that it was measured on.
  var evaluated = Split.test
  /// Whether anything was learnt that neither `save session` nor `save weights` has written.
  public internal(set) var hasUnsavedTraining = false
  /// The lines that led here, in order.
  public internal(set) var cells = SharedList<Cell>()
  /// What all random choices follow from.
  public internal(set) var seed: Seed
  package var random: Random
  /// A run of training that was broken off with its program, for the `fit` that goes on with it.
  var brokenOff: BrokenOffFit?
  /// Comments and blank lines since the last cell.
  var narration: [String] = []
  /// What the states and results below may weigh together.
  var estimate = MemoryEstimate()
  /// The states before each change, the latest last.
  package var past: [Moment] = []
  /// Whether states before those had to go to save memory.
  var hasForgotten = false
  /// The states that `undo` left, the next last.
  var future: [Moment] = []

  /// A session with nothing in it.
  public init(seed: Seed) {
    self.seed = seed
    random = Random(seed: seed.number)
  }
}

/// The number that all random choices follow from, and whether somebody chose it.
public struct Seed: Equatable, Sendable {
  public let number: UInt64
  /// Drawn by the program, so to be told when it is first used.
  public let isDrawn: Bool

  public init(_ number: UInt64, isDrawn: Bool) {
    self.number = number
    self.isDrawn = isDrawn
  }
}

/// A run of training that was broken off: its line as `fit` writes it, and where it stood.
struct BrokenOffFit: Sendable {
  let line: String
  let state: Checkpoint
}

/// A line that ran.
public struct Cell: Sendable {
  /// Comments and blank lines before it.
  public let narration: [String]
  /// What has to be typed to get the same again.
  public let line: String
  public let seconds: Double
  /// What came out; nil when it had to go to save memory.
  var answer: (any Answer)?
}

extension Cell: Equatable {
  public static func == (first: Cell, second: Cell) -> Bool {
    first.line == second.line && first.narration == second.narration && first.seconds == second.seconds
  }
}

extension Session {
  /// Whether nothing has been done in it.
  var isEmpty: Bool { cells.isEmpty && dataset == nil }

  /// A session in which nothing has been done, with the same seed; `undo` finds this one.
  var emptied: Session {
    var empty = Session(seed: seed)
    (empty.past, empty.future, empty.estimate, empty.hasForgotten) = (past, future, estimate, hasForgotten)
    return empty
  }

  /// A comment or a blank line, which belongs to the command that follows it.
  mutating func narrate(_ text: String) {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    // A blank line may end in `\`, which would join the command behind it, or be one where none comes.
    narration += lines.map { $0.contains("#") ? String($0) : "" }
  }

  /// - Throws: `Refusal` that says how to load one.
  func loaded() throws(Refusal) -> Dataset {
    guard let dataset else { throw Refusal("there is no data set yet", hint: learntFrom?.line ?? "load digits") }
    return dataset
  }

  /// - Throws: `Refusal` that says how to add a layer.
  func built() throws(Refusal) -> Network {
    // A model that was loaded is there without data.
    if let network, !network.layers.isEmpty { return network }
    throw Refusal("the network has no layers yet", hint: "add \(try loaded().targets.lastLayer)")
  }

  /// - Throws: `Refusal` that says how to compile.
  func compiled() throws(Refusal) -> Trainer {
    _ = try built()
    guard let trainer else {
      throw Refusal("the network has no optimizer and no loss yet", hint: "compile rmsprop")
    }
    return trainer
  }

  /// A change of the layers makes all that was learnt about them void.
  mutating func forgetTraining() {
    trainer = nil
    learntFrom = nil
    history = []
    evaluation = nil
    foldFigures = []
    hasUnsavedTraining = false
  }
}
