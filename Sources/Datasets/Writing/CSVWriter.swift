import Engine
import Grammar

/// Writes examples as a CSV file (RFC 4180): a heading, their numbers, and what each is in the last column.
public enum CSVWriter {
  /// The bytes of the file, the training examples first.
  /// - Throws: `Refusal` when they are too many for memory.
  public static func bytes(_ dataset: Dataset) throws(Refusal) -> [UInt8] {
    let numbers = (dataset.train.count + dataset.test.count).multipliedReportingOverflow(by: 8 * dataset.shape.count)
    try Machine.require(
      numbers.overflow ? nil : numbers.partialValue, for: dataset.name, hint: "load \(dataset.name) train=1000")
    if case .values(let width) = dataset.targets, width > 1 {
      throw Refusal("each example has \(width) values, and a table says one in its last column; .npz keeps all")
    }
    let isImage = isImage(dataset)
    var text = (names(dataset) + [labelName(dataset)]).map(field).joined(separator: ",") + "\r\n"
    for examples in [dataset.train, dataset.test] {
      for row in 0..<examples.count {
        let cells =
          isImage ? examples.bytes(of: row).map { String($0) } : examples.numbers(of: row).map { CSVTable.text($0) }
        text += (cells + [truth(examples, row, dataset.classes)]).joined(separator: ",") + "\r\n"
      }
    }
    return Array(text.utf8)
  }

  /// What the last column is called.
  public static func labelName(_ dataset: Dataset) -> String {
    dataset.target ?? (dataset.targets.isClasses ? "class" : "value")
  }

  /// Whether its rows are bytes of images, as `shape=` reads them.
  static func isImage(_ dataset: Dataset) -> Bool {
    dataset.train.pixels != nil && dataset.test.pixels != nil && (2...3).contains(dataset.shape.rank)
  }

  /// What the columns before the last are called, no two the same.
  static func names(_ dataset: Dataset) -> [String] {
    let count = dataset.shape.count
    let names = dataset.columns.count == count ? dataset.columns : (0..<count).map { "x\($0)" }
    var taken: Set = [labelName(dataset)]
    return names.map { name in
      // A column of words may take a name that another column has: c=a.
      let free = taken.contains(name) ? (2...).lazy.map { "\(name) \($0)" }.first { !taken.contains($0) } : name
      taken.insert(free ?? name)
      return free ?? name
    }
  }

  private static func truth(_ examples: Examples, _ row: Int, _ classes: [String]) -> String {
    switch examples.targets {
    case .classes(let labels, _): field(classes[labels[row]])
    case .values(let values, let width):
      values[row * width..<(row + 1) * width].map { CSVTable.text($0) }.joined(separator: " ")
    }
  }

  /// In quotes where it needs them.
  private static func field(_ text: String) -> String {
    guard CSVMissing.isMissing(text) || text.contains(where: { ",;|\t\"".contains($0) || $0.isNewline }) else {
      return text
    }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
