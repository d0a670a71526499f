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
    let count = dataset.shape.count
    let names = dataset.columns.count == count ? dataset.columns : (0..<count).map { "x\($0)" }
    var text = (names + [labelName(dataset)]).map(field).joined(separator: ",") + "\r\n"
    for examples in [dataset.train, dataset.test] {
      for row in 0..<examples.count {
        let cells =
          examples.pixels == nil
          ? examples.numbers(of: row).map(CSVTable.text) : examples.bytes(of: row).map { String($0) }
        text += (cells + [truth(examples, row, dataset.classes)]).joined(separator: ",") + "\r\n"
      }
    }
    return Array(text.utf8)
  }

  /// What the last column is called.
  public static func labelName(_ dataset: Dataset) -> String {
    dataset.target ?? (dataset.targets.isClasses ? "class" : "value")
  }

  private static func truth(_ examples: Examples, _ row: Int, _ classes: [String]) -> String {
    switch examples.targets {
    case .classes(let labels, _): field(classes[labels[row]])
    case .values(let values, let width):
      values[row * width..<(row + 1) * width].map(CSVTable.text).joined(separator: " ")
    }
  }

  /// In quotes where it needs them.
  private static func field(_ text: String) -> String {
    guard text.contains(where: { ",\"".contains($0) || $0.isNewline }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
