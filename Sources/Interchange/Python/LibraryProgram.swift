import Engine
import Grammar

/// A session or a model as a program for one library: what all such programs have in common.
protocol LibraryProgram {
  /// `Keras 3.15`
  static var library: String { get }
  static var imports: [String] { get }
  /// The line that shows the network.
  static var showing: String { get }

  var file: PythonFile { get set }
  var learnt: LearntWeights { get set }
  var measured: ProgramFigures { get set }

  init(_ file: PythonFile, _ learnt: LearntWeights)

  mutating func write(_ step: SessionProgram.Step) throws(Refusal)
  mutating func write(_ network: Network) throws(Refusal)

  /// - Parameter holdsTargets: whether the program has targets, to be put into the form that the loss takes.
  mutating func compile(_ trainer: Trainer, _ targets: Targets.Kind, holdsTargets: Bool) throws(Refusal)

  /// Takes the network's weights from a file beside the program.
  mutating func load(weights name: String)
}

extension LibraryProgram {
  /// - Throws: `Refusal` that names what the library does not have.
  static func bytes(_ session: SessionProgram) throws(Refusal) -> [UInt8] {
    let steps = session.parts.flatMap(\.steps)
    var program = Self(title: "A session with Sumi", LearntWeights(session.weights, steps))
    for part in session.parts {
      for text in part.narration { program.file.narrate(text) }
      program.file.comment(part.line)
      for step in part.steps {
        program.learnt.pass(step)
        try program.write(step)
        if let weights = program.learnt.due, !step.isFit { program.load(weights: weights) }
      }
      program.file.add("")
    }
    return program.file.bytes
  }

  /// The network, what `compile` chose, and the file of the weights beside it.
  /// - Throws: `Refusal` that names what the library does not have.
  static func bytes(
    _ network: Network, _ trainer: Trainer?, _ targets: Targets.Kind, weights: String?
  ) throws(Refusal) -> [UInt8] {
    var program = Self(title: "A network of Sumi", LearntWeights(nil, []))
    try program.write(network)
    if let trainer {
      program.file.add("")
      try program.compile(trainer, targets, holdsTargets: false)
    }
    if let weights {
      program.file.add("")
      program.load(weights: weights)
    }
    program.file.add("")
    program.file.add("if __name__ == \"__main__\":")
    program.file.add("    \(showing)")
    return program.file.bytes
  }

  private init(title: String, _ learnt: LearntWeights) {
    self.init(PythonFile(title: "\(title), as a program for \(Self.library).", imports: Self.imports), learnt)
    if learnt.isOffered {
      file.add("# Whether it trains anew; else it takes what was learnt, from the file beside it.")
      file.add("TRAINS = False")
      file.add("")
    }
  }

  /// Writes what looks at the network, which a program that skips a training only does where its weights are at hand.
  mutating func look(_ write: (inout Self) -> Void) {
    if learnt.areMissing {
      file.add("if TRAINS:")
      file.indent = 4
    }
    write(&self)
    file.indent = 0
  }

  /// Writes a training, which only happens where the program does not take what was learnt.
  mutating func train(_ write: (inout Self) throws(Refusal) -> Void) throws(Refusal) {
    if learnt.isOffered {
      file.add("if TRAINS:")
      file.indent = 4
    }
    try write(&self)
    measured = .epoch
    file.indent = 0
    if learnt.isOffered, let weights = learnt.due {
      file.add("else:")
      file.indent = 4
      load(weights: weights)
      file.indent = 0
    }
  }
}
