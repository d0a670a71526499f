import Engine
import Grammar

/// How data that were saved are loaded again.
public struct SavedData {
  /// What to type.
  public let line: String
  /// What that does not bring back.
  public let losses: [String]

  /// - Parameter file: its name, as it was typed.
  public init(_ dataset: Dataset, file: String, isTable: Bool) {
    var words = ["load", ArgumentType<String>.quote(file)]
    var losses: [String] = []
    if isTable {
      words.append("label=\(ArgumentType<String>.quote(CSVWriter.labelName(dataset)))")
      let names = CSVWriter.names(dataset) + [CSVWriter.labelName(dataset)]
      // Without that, 2 in label=2 would be a place too.
      if !names.allSatisfy(SavedData.isPlain) { words.append("heading=yes") }
      if CSVWriter.isImage(dataset) {
        words.append("shape=\(CSVFile.shapeKind.text(of: dataset.shape))")
      } else if dataset.shape.rank > 1 {
        losses.append("a table does not keep that an example is \(dataset.shape); .npz does")
      }
      if let note = SavedData.renamed(dataset.classes) { losses.append(note) }
      if let note = SavedData.renumbered(dataset) { losses.append(note) }
    } else if let note = SavedData.unnamed(dataset.classes) {
      losses.append(note)
    }
    if let task = SavedData.task(dataset, isTable: isTable) { words.append("task=\(task.rawValue)") }
    if !isTable || CSVWriter.isImage(dataset), let scaling = SavedData.scaling(dataset.train.features) {
      words.append("scale=\(scaling.rawValue)")
    }
    (line, self.losses) = (words.joined(separator: " "), losses)
  }

  /// Whether the reader takes it for a name, whatever stands below.
  private static func isPlain(_ name: String) -> Bool {
    let isNumber = CSVNumber.read(name, decimal: UInt8(ascii: ".")) != nil
    return name.first?.isLetter == true && !CSVMissing.isMissing(name) && !isNumber
  }

  /// What the targets are, where the reader would decide otherwise.
  private static func task(_ dataset: Dataset, isTable: Bool) -> Task? {
    guard !dataset.targets.isClasses else {
      let areNumbers = dataset.classes.allSatisfy { CSVNumber.read($0, decimal: UInt8(ascii: ".")) != nil }
      return isTable && areNumbers && dataset.classes.count > Task.mostClasses ? .class : nil
    }
    let values = [dataset.train, dataset.test].flatMap { examples -> [Float] in
      if case .values(let values, _) = examples.targets { values } else { [] }
    }
    let areFew = Set(values).count <= Task.mostClasses && values.allSatisfy { $0.rounded() == $0 }
    return areFew ? .value : nil
  }

  /// Classes that look like numbers have the names of numbers when they come back.
  private static func renamed(_ classes: [String]) -> String? {
    let numbers = classes.compactMap { CSVNumber.read($0, decimal: UInt8(ascii: ".")).map { CSVTable.text($0) } }
    guard numbers.count == classes.count, let (old, new) = zip(classes, numbers).first(where: { $0 != $1 }) else {
      return nil
    }
    return "classes that are numbers come back as such: \(old.visible) as \(new)"
  }

  /// Arrays hold the numbers of classes, and these are their names when they come back.
  private static func unnamed(_ classes: [String]) -> String? {
    let numbers = classes.indices.map { String($0) }
    guard numbers != classes else { return nil }
    return "arrays do not keep what classes are called; they come back as numbers: \(numbers.listed) instead of "
      + classes.listed
  }

  /// The reader counts classes that are numbers by size, and others as they appear.
  private static func renumbered(_ dataset: Dataset) -> String? {
    guard dataset.targets.isClasses else { return nil }
    var (read, seen) = ([Int](), Set<Int>())
    for label in dataset.train.labels + dataset.test.labels where seen.insert(label).inserted { read.append(label) }
    let numbers = dataset.classes.map { CSVNumber.read($0, decimal: UInt8(ascii: ".")) }
    if read.allSatisfy({ numbers[$0] != nil }) { read.sort { (numbers[$0] ?? 0) < (numbers[$1] ?? 0) } }
    guard read != Array(dataset.classes.indices) else { return nil }
    func named(_ labels: some Sequence<Int>) -> String { labels.map { dataset.classes[$0] }.listed }
    return "the classes are numbered otherwise when the table is read: \(named(read)) instead of "
      + named(dataset.classes.indices)
  }

  /// What is to be done to bytes; nil where the reader does it by itself.
  private static func scaling(_ features: Features) -> Scaling? {
    guard case .bytes(_, let scale) = features, scale != .unit else { return nil }
    return scale == .plain ? Scaling.none : .standard
  }
}

extension ByteScale {
  /// Bytes as they are.
  static let plain = ByteScale(mean: 0, deviation: 1.0 / 255)
}
