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
  public internal(set) var history: [Epoch] = []
  /// What the last `evaluate` measured, until the network changes.
  public internal(set) var evaluation: Score?
  /// Whether anything was learnt that neither `save session` nor `save weights` has written.
  public internal(set) var hasUnsavedTraining = false
  public internal(set) var settings = Settings()
  /// The lines that led here, in order.
  public internal(set) var cells: [Cell] = []
  /// What all random choices follow from.
  public internal(set) var seed: Seed
  package var random: Random
  /// The sessions before each change, the latest last; they have no past of their own.
  package var past: [Session] = []
  /// The sessions that `undo` left, the next last.
  var future: [Session] = []

  /// A session with nothing in it.
  public init(seed: Seed, settings: Settings = Settings()) {
    self.seed = seed
    self.settings = settings
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

/// A line that ran.
public struct Cell: Sendable {
  /// What has to be typed to get the same again.
  public let line: String
  public let seconds: Double
  /// What came out, for the session's page.
  let figures: [any Picture]
}

extension Cell: Equatable {
  public static func == (first: Cell, second: Cell) -> Bool {
    first.line == second.line && first.seconds == second.seconds
  }
}

extension Session {
  /// - Throws: `Refusal` that says how to load one.
  func loaded() throws(Refusal) -> Dataset {
    guard let dataset else { throw Refusal("there is no data set yet", hint: "load digits") }
    return dataset
  }

  /// - Throws: `Refusal` that says how to add a layer.
  func built() throws(Refusal) -> Network {
    let dataset = try loaded()
    guard let network, !network.layers.isEmpty else {
      throw Refusal("the network has no layers yet", hint: "add dense \(dataset.classes.count) softmax")
    }
    return network
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
    history = []
    evaluation = nil
    hasUnsavedTraining = false
  }
}
