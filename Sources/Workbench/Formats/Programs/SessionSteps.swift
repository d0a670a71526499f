import Datasets
import Engine
import Grammar
import Interchange

/// Walks along the cells of a session and says what each does, for a program that does the same elsewhere.
struct SessionSteps {
  private let session: Session
  /// The program's file.
  private let program: String
  /// Names of the lines' files are those of the working folder.
  private let host: Host
  /// What stands beside the program.
  var names: SidecarNames
  private(set) var parts: [SessionProgram.Part] = []
  /// The examples that are written beside the program.
  private(set) var archives: [(name: String, dataset: Dataset)] = []
  private let loads: SessionLoads
  private var dataset: Dataset?
  private var network: Network
  private var seed: Seed
  /// Whether the program has the network as it stands now.
  private(set) var isShown = false
  /// Whether layers have other weights than those that they began with.
  private var isTrained = false
  /// Whether the last figures are those of K-fold validation.
  private var isFolded = false

  /// - Parameter program: the program's name, as it was typed.
  /// - Throws: `Refusal` that names a line which no program can do.
  init(_ session: Session, beside program: String, _ names: SidecarNames, _ host: Host) throws(Refusal) {
    (self.session, self.names, self.host) = (session, names, host.ofCells)
    self.program = try host.path(program)
    (network, seed) = (Network(data: try session.loaded().shape), session.seed)
    let statements = session.cells.map { try? Statement($0.line) }
    loads = SessionLoads(statements.map { $0?.command })
    if !(statements.first??.command is SetSeed) {
      parts.append(.init(narration: [], line: "seed \(session.seed.number)", steps: [.seed(session.seed.number)]))
    }
    for (index, cell) in session.cells.enumerated() {
      guard let statement = statements[index] else { continue }
      let steps = try steps(of: statement.command, at: index, cell)
      parts.append(.init(narration: cell.narration, line: cell.line, steps: steps))
    }
  }

  private var targets: Targets.Kind {
    get throws(Refusal) {
      if let dataset { return dataset.targets }
      return try session.loaded().targets
    }
  }

  private mutating func steps(of command: any Command, at index: Int, _ cell: Cell) throws(Refusal)
    -> [SessionProgram.Step]
  {
    switch command {
    case let command as SetSeed:
      seed = Seed(command.seed, isDrawn: false)
      return [.seed(command.seed)]
    case let command as Load: return [try load(command, at: index, cell)]
    case let command as Add:
      try change(cell)
      try network.append(blank: command.layer)
      return []
    case let command as Remove: return try remove(command.choice, cell)
    case let command as Compile:
      let trainer = try command.trainer(for: network, targets)
      return shown() + [.compile(trainer, try targets)]
    case is Reset:
      isTrained = false
      return isShown ? [.reset] : shown()
    case let command as LoadWeights: return try weights(command, cell)
    case let command as Fit:
      isFolded = command.folds != nil
      if isFolded { return [.nothing("K-fold validation, which leaves the network as it was")] }
      isTrained = true
      return [.fit(command.training)]
    case let command as Evaluate:
      isFolded = false
      return [.evaluate(isTest: command.split == .test)]
    case let command as Confusion:
      guard case .classes(let count) = try targets else { return [.nothing("a scatter of values")] }
      return [.confusion(isTest: command.split == .test, classes: count)]
    case let command as Predict: return predicted(command)
    case let command as Expect:
      return isFolded ? [.nothing("it asks for means of K-fold validation")] : [.expect(command.condition)]
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

  private mutating func remove(_ choice: Remove.Choice, _ cell: Cell) throws(Refusal) -> [SessionProgram.Step] {
    let kept: [any Layer] =
      switch choice {
      case .all: []
      case .last: Array(network.layers.dropLast())
      case .number(let number): network.layers.enumerated().filter { $0.offset != number - 1 }.map(\.element)
      }
    // Without layers, a network begins anew here as there.
    if kept.isEmpty { isTrained = false }
    try change(cell)
    var rest = Network(data: network.data)
    for layer in kept { try rest.append(blank: layer) }
    network = rest
    return kept.isEmpty ? [.cleared] : []
  }

  private mutating func weights(_ command: LoadWeights, _ cell: Cell) throws(Refusal) -> [SessionProgram.Step] {
    guard command.layout == .keras else { return [.nothing("the file is laid out for PyTorch")] }
    guard !["h5", "keras"].contains(FileEnding.of(command.file)) else {
      throw Refusal(
        "\(cell.line): a program reads its weights from .safetensors and .npz, not from HDF5",
        hint: "save weights weights.safetensors")
    }
    isTrained = true
    return shown() + [.weights(file: ProgramFiles.place(try host.path(command.file), beside: program))]
  }

  private func predicted(_ command: Predict) -> [SessionProgram.Step] {
    var (steps, ranges): ([SessionProgram.Step], [ClosedRange<Int>]) = ([], [])
    for subject in command.subjects {
      if case .examples(let range) = subject {
        ranges.append(range)
        continue
      }
      if !ranges.isEmpty { steps.append(.predict(isTest: true, ranges)) }
      ranges = []
      switch subject {
      case .examples: break
      case .split(let split): steps.append(.predict(isTest: split == .test, nil))
      case .image: steps.append(.nothing("a program does not prepare pictures as this does"))
      case .table: steps.append(.nothing("a program does not prepare the rows of other files as this does"))
      }
    }
    return ranges.isEmpty ? steps : steps + [.predict(isTest: true, ranges)]
  }
}

// MARK: load

extension SessionSteps {
  private mutating func load(_ command: Load, at index: Int, _ cell: Cell) throws(Refusal) -> SessionProgram.Step {
    let use = loads.use(at: index)
    guard use != .none else { return .nothing("other data follow") }
    // What is loaded last is at hand; what came before it has to be loaded again, unless only its shape counts, which
    // is that of what follows.
    let isAtHand = index == loads.last || use == .shape
    let dataset = try isAtHand ? session.loaded() : reloaded(command, cell)
    self.dataset = dataset
    if network.layers.isEmpty { network = Network(data: dataset.shape) }
    guard use == .examples else { return .nothing("other data follow") }
    if let data = SessionLoads.published(command) { return .load(data) }
    let name = try names.next(.examples)
    archives.append((name, dataset))
    return .load(SessionProgram.Data(.archive(ProgramFiles.name(name)), isBytes: dataset.isUnitBytes))
  }

  /// The examples of a line before the last that loads some, as it loaded them.
  private func reloaded(_ command: Load, _ cell: Cell) throws(Refusal) -> Dataset {
    var draft = Session(seed: seed)
    (draft.dataset, draft.network) = (dataset, network)
    // Its classes come in the order that the network has learnt.
    draft.learntFrom = isTrained ? dataset.map(ModelDescription.Data.init) : nil
    do throws(Refusal) {
      _ = try command.run(&draft, host)
      return try draft.loaded()
    } catch {
      throw Refusal(
        "\(cell.line) comes before other data, and cannot be done again: \(error.message)",
        hint: "save model model.py")
    }
  }
}
