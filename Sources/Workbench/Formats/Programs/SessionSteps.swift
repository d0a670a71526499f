import Datasets
import Engine
import Grammar
import Interchange

/// Walks along the cells of a session and says what each does, for a program that does the same elsewhere.
struct SessionSteps {
  private let session: Session
  /// A file's name as the program has it.
  private let place: (String) throws(Refusal) -> String
  /// What the archive of the examples is called, beside the program.
  private let archive: String
  private(set) var parts: [SessionProgram.Part] = []
  /// Whether the program reads that archive.
  private(set) var needsArchive = false
  /// The place of the last `load`, whose examples are the session's.
  private let lastLoad: Int?
  private let targets: Targets.Kind
  private var network: Network
  private var isShown = false
  private var isTrained = false

  /// - Throws: `Refusal` that names a line which no program can do.
  init(
    _ session: Session, archive: String, place: @escaping (String) throws(Refusal) -> String
  ) throws(Refusal) {
    let dataset = try session.loaded()
    (self.session, self.archive, self.place, targets) = (session, archive, place, dataset.targets)
    network = Network(data: dataset.shape)
    let statements = session.cells.map { try? Statement($0.line) }
    lastLoad = statements.lastIndex { $0?.command is Load }
    if !(statements.first??.command is SetSeed) {
      parts.append(.init(narration: [], line: "seed \(session.seed.number)", steps: [.seed(session.seed.number)]))
    }
    for (index, cell) in session.cells.enumerated() {
      guard let statement = statements[index] else { continue }
      let steps = try steps(of: statement.command, at: index, cell)
      parts.append(.init(narration: cell.narration, line: cell.line, steps: steps))
    }
  }

  private mutating func steps(of command: any Command, at index: Int, _ cell: Cell) throws(Refusal)
    -> [SessionProgram.Step]
  {
    switch command {
    case let command as SetSeed: return [.seed(command.seed)]
    case let command as Load: return [try load(command, isLast: index == lastLoad, cell)]
    case let command as Add:
      try change(cell)
      try network.append(blank: command.layer)
      return []
    case let command as Remove:
      try change(cell)
      try remove(command.choice)
      return []
    case let command as Compile:
      let trainer = try command.trainer(for: network, targets)
      return shown() + [.compile(trainer, targets)]
    case is Reset: return [.reset]
    case let command as LoadWeights:
      guard command.layout == .keras else { return [.nothing("the file is laid out for PyTorch")] }
      guard !["h5", "keras"].contains(FileEnding.of(command.file)) else {
        throw Refusal(
          "\(cell.line): a program reads its weights from .safetensors and .npz, not from HDF5",
          hint: "save weights weights.safetensors")
      }
      return shown() + [.weights(file: try place(command.file))]
    case let command as Fit:
      if command.folds != nil { return [.nothing("K-fold validation, which leaves the network as it was")] }
      isTrained = true
      return [.fit(command.training)]
    case let command as Evaluate: return [.evaluate(isTest: command.split == .test)]
    case let command as Confusion:
      return targets.isClasses ? [.confusion(isTest: command.split == .test)] : [.nothing("a scatter of values")]
    case let command as Predict: return [predicted(command)]
    case let command as Expect: return [.expect(command.condition)]
    case is LoadModel:
      throw Refusal(
        "\(cell.line): a model's file also holds what was trained before it, which no program can do again",
        hint: "save model model.py")
    default: return [.nothing("it only looks at what there is")]
    }
  }

  /// The network as it stands now, once.
  private mutating func shown() -> [SessionProgram.Step] {
    defer { isShown = true }
    return isShown ? [] : [.network(network)]
  }

  /// - Throws: `Refusal` where layers that have learnt would begin anew.
  private mutating func change(_ cell: Cell) throws(Refusal) {
    guard !isTrained else {
      throw Refusal(
        "\(cell.line) changes a network that has been trained; a program would begin with new weights",
        hint: "save model model.py")
    }
    isShown = false
  }

  private mutating func remove(_ choice: Remove.Choice) throws(Refusal) {
    var rest = Network(data: network.data)
    let kept: [any Layer] =
      switch choice {
      case .all: []
      case .last: Array(network.layers.dropLast())
      case .number(let number): network.layers.enumerated().filter { $0.offset != number - 1 }.map(\.element)
      }
    for layer in kept { try rest.append(blank: layer) }
    network = rest
  }

  private func predicted(_ command: Predict) -> SessionProgram.Step {
    var rows: [Int] = []
    for subject in command.subjects {
      guard case .examples(let range) = subject, range.count <= 1000 else {
        return .nothing("it predicts what is no test example")
      }
      rows += Array(range)
    }
    return .predict(rows)
  }
}

// MARK: load

extension SessionSteps {
  /// Keras's own sets, by the names that they have here, whose examples are the same in the same order.
  private static let published = [
    "mnist": "mnist", "fashion-mnist": "fashion_mnist", "cifar10": "cifar10", "imdb": "imdb", "reuters": "reuters",
  ]

  private mutating func load(_ command: Load, isLast: Bool, _ cell: Cell) throws(Refusal) -> SessionProgram.Step {
    guard isLast else {
      guard !isTrained else {
        throw Refusal(
          "\(cell.line) comes before other data; only those loaded last can be written beside a program",
          hint: "save data data.npz")
      }
      return .nothing("other data follow")
    }
    let dataset = try session.loaded()
    network = Network(data: dataset.shape)
    if let data = published(command) { return .load(data) }
    needsArchive = true
    return .load(SessionProgram.Data(.archive(archive), isBytes: dataset.isUnitBytes))
  }

  private func published(_ command: Load) -> SessionProgram.Data? {
    guard command.classes.isEmpty, command.scale == nil,
      let spelling = DataSources.catalogue.spelling(command.source), let name = SessionSteps.published[spelling.name]
    else { return nil }
    var test: Int?
    switch command.test {
    case nil: break
    case .part(.count(let count)): test = count
    default: return nil
    }
    return SessionProgram.Data(
      .keras(name, words: spelling["words"].flatMap { Int($0) }), train: command.train, test: test,
      isBytes: spelling["words"] == nil)
  }
}
