import Datasets
import Engine
import Grammar
import Pictures

/// A data set beside the one that a network has learnt from: what the network's inputs and outputs mean stays so.
struct DataMatch {
  /// The data set, its classes and its columns in the order that the network knows.
  private(set) var dataset: Dataset
  /// What was put in order, and what is taken for something else.
  private(set) var notes: [Line] = []
  private let known: ModelDescription.Data

  /// - Parameters:
  ///   - isTrained: whether it has epochs behind it.
  ///   - hint: what to type where the network says what these data have not.
  /// - Throws: `Refusal` when a table has other classes than a trained network tells apart. It is a note of images, as
  ///   what was learnt from some of them helps with others, and where the classes have no names to go by.
  init(
    _ dataset: Dataset, known: ModelDescription.Data, isTrained: Bool, hint: String?
  ) throws(Refusal) {
    (self.dataset, self.known) = (dataset, known)
    try matchClasses(isTrained, hint)
    try matchColumns(isTrained)
  }

  /// What to say where outputs that have learnt nothing are for other classes from now on.
  static func notes(from classes: [String], to others: [String]) -> [Line] {
    guard !classes.isEmpty, Set(classes) != Set(others) else { return [] }
    return ["the network's outputs were for \(list(classes)); they are taken for \(list(others)) now"]
  }

  /// What to say where a foreign file does not name the classes that its outputs mean, and their numbers are no names.
  static func unnamed(_ dataset: Dataset) -> [Line] {
    guard !dataset.classes.isEmpty, !areNumbers(dataset.classes) else { return [] }
    return ["the file does not name its classes; its outputs are taken for \(list(dataset.classes)), in this order"]
  }

  private mutating func matchClasses(_ isTrained: Bool, _ hint: String?) throws(Refusal) {
    guard let classes = known.classes, classes != dataset.classes, classes.count == dataset.classes.count else {
      return
    }
    if let renumbered = dataset.renumbered(classes: classes) {
      dataset = renumbered
      notes.append("the classes are numbered as the network knows them: \(DataMatch.list(classes))")
    } else if !isTrained {
      notes += DataMatch.notes(from: classes, to: dataset.classes)
    } else if dataset.shape.rank > 1 || !dataset.hasClassNames || DataMatch.areNumbers(classes) {
      notes.append(
        "the network was trained on \(known.name): until it is trained on these, its outputs mean "
          + "\(DataMatch.list(classes)), and are taken for \(DataMatch.list(dataset.classes))")
    } else {
      throw Refusal(
        "the network was trained on \(known.name) to tell \(DataMatch.list(classes)) apart; the classes of "
          + "\(dataset.name) are \(DataMatch.list(dataset.classes))", hint: hint)
    }
  }

  private mutating func matchColumns(_ isTrained: Bool) throws(Refusal) {
    guard let columns = known.columns, columns != dataset.columns, columns.count == dataset.columns.count else {
      return
    }
    if let reordered = try dataset.reordered(columns: columns) {
      dataset = reordered
      notes.append("the columns are in the order that the network knows: \(DataMatch.list(columns))")
    } else if isTrained {
      notes.append(
        "the network was trained on the columns \(DataMatch.list(columns)); it takes "
          + "\(DataMatch.list(dataset.columns)) for them")
    }
  }

  /// Whether classes are called by their places, as those of arrays are, which are no names to go by.
  private static func areNumbers(_ classes: [String]) -> Bool { classes == classes.indices.map(String.init) }

  /// The first of some names.
  private static func list(_ names: [String]) -> String {
    names.prefix(10).joined(separator: ", ") + (names.count > 10 ? " …" : "")
  }
}
