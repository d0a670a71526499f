import Datasets
import Engine
import Grammar

/// Loads a data set in place of the one before; a network for examples of the same shape and classes is kept.
struct Load: Command {
  let train: Int?
  let test: Int?
  let source: any Source

  static let form = Form<Load>(
    "load", "Loads a data set, in place of the one before.",
    .named("train", ArgumentType.integer(1...).optional, default: nil, "keeps the first so many training examples"),
    .named("test", ArgumentType.integer(1...).optional, default: nil, "keeps the first so many test examples"),
    .nested(DataSources.catalogue, "what to load"),
    examples: ["load digits", "load digits train=1000 test=200"],
    make: { Load(train: $0, test: $1, source: $2) }, settings: { ($0.train, $0.test, $0.source) })

  static var effect: Effect { .undoable }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let surroundings = LoadContext(
      environment: host.environment, threads: host.pool, train: train, test: test,
      mayCache: true)
    let dataset = try source.load(surroundings).first(train: train, test: test)
    if let network = draft.network, !network.layers.isEmpty {
      let targets = draft.dataset?.targets ?? dataset.targets
      guard network.data == dataset.shape, targets == dataset.targets else {
        throw .otherShape(network, dataset)
      }
    } else {
      draft.network = Network(data: dataset.shape)
    }
    draft.dataset = dataset
    draft.evaluation = nil
    let counts = "\(grouped(dataset.train.count)) training and \(grouped(dataset.test.count)) test examples"
    let classes = counted(dataset.classes.count, "class", "classes")
    return Remark(
      "\(dataset.name): \(counts), \(dataset.shape), \(classes), \(volatile: dataset.origin)",
      [
        ("name", .text(dataset.name)), ("train", .integer(dataset.train.count)),
        ("test", .integer(dataset.test.count)), ("shape", .list(dataset.shape.extents.map(JSON.integer))),
        ("classes", .integer(dataset.classes.count)),
      ])
  }
}

extension Refusal {
  fileprivate static func otherShape(_ network: Network, _ dataset: Dataset) -> Refusal {
    Refusal(
      "the network was built for examples of \(network.data), and \(dataset.name) has \(dataset.shape) in "
        + counted(dataset.classes.count, "class", "classes"), hint: "remove all")
  }
}
