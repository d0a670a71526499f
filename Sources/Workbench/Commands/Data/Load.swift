import Datasets
import Engine
import Grammar
import Pictures

/// Loads a data set in place of the one before; a network for examples of the same shape and classes is kept.
struct Load: Command {
  let train: Int?
  private(set) var test: TestPart?
  private(set) var classes: [String]
  private(set) var scale: Scaling?
  let source: any Source

  static let form = Form<Load>(
    "load", "Loads a data set, in place of the one before.",
    .named("train", ArgumentType.integer(1...).optional, default: nil, "keeps the first so many training examples"),
    .named(
      "test", TestPart.kind.optional, default: nil,
      "keeps the first so many test examples; of one's own data a share that is put aside, or another file"),
    .named("classes", ArgumentType<String>.text("a class").list(of: { $0 }), default: [], "keeps only these classes"),
    .named(
      "scale", ArgumentType<Scaling>.choice("scaling", help: \.help).optional, default: nil,
      "what is done to the numbers, by the training part alone"),
    .nested(DataSources.catalogue, "what to load"),
    examples: [
      "load digits", "load digits train=1000 test=200", "load digits classes=3,7", "load moons scale=standard",
    ],
    make: { Load(train: $0, test: $1, classes: $2, scale: $3, source: $4) },
    settings: { ($0.train, $0.test, $0.classes, $0.scale, $0.source) })

  static var effect: Effect { .undoable }

  static var readsData: Bool { true }

  var inputs: [String] {
    guard case .file(let name) = test else { return source.files }
    return source.files + [name]
  }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    var dataset = try dataset(draft, host)
    if !classes.isEmpty {
      dataset = try offering({ $0.classes = [] }) { () throws(Refusal) in try dataset.keeping(classes: classes) }
    }
    dataset = dataset.first(train: train, test: testCount)
    if let scale {
      dataset = try offering({ $0.scale = nil }) { () throws(Refusal) in try dataset.scaled(scale) }
    }
    dataset = dataset.rounded
    dataset.line = line { _ in }
    var notes: [Line] = []
    if let network = draft.network, !network.layers.isEmpty {
      let targets = draft.dataset?.targets ?? dataset.targets
      guard network.data == dataset.shape, targets == dataset.targets,
        draft.trainer?.judges(dataset.targets, outputs: network.output.count) ?? true
      else { throw .otherShape(network, dataset) }
      notes = try match(&dataset, draft)
      // A foreign model does not say what its outputs mean: the first data that it meets do.
      if draft.learntFrom?.isUnnamed == true {
        draft.learntFrom = ModelDescription.Data(dataset)
        notes += DataMatch.unnamed(dataset)
      }
    } else {
      draft.network = Network(data: dataset.shape)
    }
    draft.dataset = dataset
    draft.evaluation = nil
    draft.foldFigures = []
    return answer(
      dataset, notes: dataset.notes.map { Line($0) } + shortNotes(dataset) + seedNote(dataset, draft) + notes)
  }

  /// Puts the data in the order that the network knows; what to say of it.
  private func match(_ dataset: inout Dataset, _ session: Session) throws(Refusal) -> [Line] {
    guard let known = session.learntFrom else {
      return DataMatch.notes(from: session.dataset?.classes ?? [], to: dataset.classes)
    }
    let isTrained = !session.history.isEmpty
    let match = try DataMatch(dataset, known: known, isTrained: isTrained, hint: "reset")
    dataset = match.dataset
    return match.notes + (isTrained ? otherNote(dataset, known, session.dataset) : [])
  }

  /// What to say where the examples go by the name of those that the network has learnt, and are others.
  private func otherNote(_ dataset: Dataset, _ known: ModelDescription.Data, _ before: Dataset?) -> [Line] {
    let learnt = known.sha256 ?? (before?.name == known.name ? before?.fingerprint() : nil)
    guard known.name == dataset.name, let learnt, learnt != dataset.fingerprint() else { return [] }
    return [
      "the network has learnt from other examples of \(known.name), or from the same prepared otherwise: its "
        + "figures may mislead, and some of these may have trained it"
    ]
  }

  /// The same with another part to test with, as it is typed.
  private func line(_ test: TestPart) -> String? { line { $0.test = test } }

  /// The same with a change, as it is typed.
  private func line(_ change: (inout Load) -> Void) -> String? {
    var other = self
    change(&other)
    return Load.form.line(other)
  }

  /// A part of the work; where it is refused with a line to type, that is the same with a change.
  private func offering(
    _ change: (inout Load) -> Void, _ work: () throws(Refusal) -> Dataset
  ) throws(Refusal) -> Dataset {
    do throws(Refusal) { return try work() } catch {
      throw Refusal(error.message, hint: error.hint == nil ? nil : line(change))
    }
  }

  private var testCount: Int? { if case .part(.count(let count)) = test { count } else { nil } }

  private func dataset(_ session: Session, _ host: Host) throws(Refusal) -> Dataset {
    // Classes are chosen among all examples, and the first of them kept only then.
    let isCut = classes.isEmpty
    var context = LoadContext(
      environment: host.environment, threads: host.pool, train: isCut ? train : nil, test: isCut ? testCount : nil,
      mayCache: true)
    context.seed = session.seed.number
    context.line = line
    context.path = { (name) throws(Refusal) in try host.path(name) }
    context.observer = host.loadObserver
    switch test {
    case .part(let part) where isCut || part.isShare: context.testPart = part
    case .file(let name): context.testFile = name
    case .part, nil: break
    }
    if test != nil, testCount == nil, !type(of: source).isSplit {
      throw .hasOwnTest(DataSources.catalogue.line(source) ?? "this set", hint: line(.part(.count(100))))
    }
    return try source.load(context)
  }

  /// What to say where a set has fewer examples than are wanted.
  private func shortNotes(_ dataset: Dataset) -> [Line] {
    [("train", train, dataset.train.count), ("test", testCount, dataset.test.count)].compactMap { name, wanted, count in
      guard let wanted, wanted > count else { return nil }
      return Line("\(name)=\(wanted): \(dataset.name) has no more than \(grouped(count))")
    }
  }

  /// What to say where the seed decides which examples are put aside, and nobody chose it.
  private func seedNote(_ dataset: Dataset, _ session: Session) -> [Line] {
    guard dataset.isDivided, session.seed.isDrawn else { return [] }
    return [
      "seed \(volatile: String(session.seed.number)) was drawn and decides which examples test; "
        + "type it before load to get the same ones again"
    ]
  }

  private func answer(_ dataset: Dataset, notes: [Line]) -> Remark {
    let counts = "\(grouped(dataset.train.count)) training and \(grouped(dataset.test.count)) test examples"
    return Remark(
      "\(dataset.name): \(counts), \(dataset.facts), \(volatile: dataset.origin)",
      [
        ("name", .text(dataset.name)), ("train", .integer(dataset.train.count)),
        ("test", .integer(dataset.test.count)), ("shape", .list(dataset.shape.extents.map(JSON.integer))),
        ("classes", .integer(dataset.classes.count)),
      ], notes: notes)
  }
}

extension Dataset {
  /// `28×28, 10 classes`; `13 numbers, a value each`; `10000 words, 2 classes`.
  var facts: String {
    let what: String
    if case .values(let width) = targets {
      what = width == 1 ? "a value each" : "\(width) values each"
    } else {
      what = counted(classes.count, "class", "classes")
    }
    guard shape.rank == 1 else { return "\(shape), \(what)" }
    if texts != nil { return "\(grouped(shape.count)) words, \(what)" }
    return "\(counted(shape.count, "number")), \(what)"
  }
}

extension Refusal {
  fileprivate static func otherShape(_ network: Network, _ dataset: Dataset) -> Refusal {
    Refusal(
      "the network was built for examples of \(network.data), and \(dataset.name) has \(dataset.facts)",
      hint: "remove all")
  }
}
