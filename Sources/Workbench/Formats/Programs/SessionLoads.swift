import Datasets
import Interchange

/// The lines of a session that load data, and what is done with each data set before the next.
struct SessionLoads {
  /// What a program needs of a data set.
  enum Use {
    case none
    /// A network is built for its shape, and what follows has the same.
    case shape
    case examples
  }

  private let commands: [(any Command)?]
  /// The place of the last, whose examples are the session's.
  let last: Int?

  init(_ commands: [(any Command)?]) {
    (self.commands, last) = (commands, commands.lastIndex { $0 is Load })
  }

  func use(at index: Int) -> Use {
    let rest = commands[(index + 1)...]
    let span = rest.prefix { !($0 is Load) }
    if index == last || span.contains(where: SessionLoads.readsExamples) { return .examples }
    guard span.contains(where: { $0 is Add || $0 is Compile }) else { return .none }
    // Behind a network without layers, other shapes may come.
    return rest.contains { $0 is Remove } ? .examples : .shape
  }

  private static func readsExamples(_ command: (any Command)?) -> Bool {
    switch command {
    case let fit as Fit: fit.folds == nil
    case is Evaluate, is Confusion, is Predict: true
    default: false
    }
  }

  // MARK: Published sets

  /// Keras's own sets, by the names that they have here, whose examples are the same in the same order.
  private static let names = [
    "mnist": "mnist", "fashion-mnist": "fashion_mnist", "cifar10": "cifar10", "imdb": "imdb", "reuters": "reuters",
  ]

  /// The data of a line where Keras fetches the same; nil for others.
  static func published(_ command: Load) -> SessionProgram.Data? {
    guard command.classes.isEmpty, command.scale == nil,
      let spelling = DataSources.catalogue.spelling(command.source), let name = names[spelling.name]
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
