import Engine
import Grammar

/// Rows of a file as examples.
public struct PreparedRows: Sendable {
  public let examples: Examples
  /// Whether the file says what each row is.
  public let isLabelled: Bool
  /// The number of each example's row in the file, from 0.
  public let rows: [Int]
  /// What a person should know of them.
  public let notes: [String]
  let exact: ExactColumns
}

extension RowPreparation {
  /// Columns that are words even where another file has words only that look like numbers: 01, 02.
  private var texts: Set<String> {
    Set(inputs.filter { $0.words != nil }.map(\.name) + (hasNumberedClasses || classes.isEmpty ? [] : [label]))
  }

  /// The rows of another file as examples, with what they are where the file says it.
  /// - Parameters:
  ///   - isTest: whether what they are is wanted, so that a row which does not say it is left out like others with
  ///     missing values, and one of another class is refused; otherwise the file says of no row what it is then.
  ///   - observer: told how it goes.
  /// - Throws: `Refusal` when the file does not fit, or a value is missing and nothing takes its place.
  public func examples(
    of path: String, isTest: Bool = false, observer: LoadObserver = LoadObserver()
  ) throws(Refusal) -> PreparedRows {
    let table = try CSVTable(
      path, decimal: decimal, hasHeading: hasHeading, texts: texts, exact: exactNames,
      watch: ReadWatch(path, observer))
    let names = inputs.map(\.name)
    if means == nil, !dropsMissing { try table.checkComplete(names, areImages: isImage) }
    let rows = dropsMissing ? table.completeRows(Set(isTest ? names + [label] : names)) : Array(0..<table.rows)
    guard !rows.isEmpty else {
      throw Refusal("\(path) has no row without missing values, and missing=drop leaves such rows out")
    }
    let whose = isTest ? "which the training part has" : "which the network was trained with"
    let numbers = filled(try numbers(table, rows: rows, whose: whose))
    var notes = leftOut(table, rows) + unknownWords(table, rows: rows)
    if means != nil { notes += table.filledNotes(names, of: " of \(path)") }
    let targets: CSVLabels?
    do throws(Refusal) {
      targets = try CSVLabels(
        table, label, rows: rows, classes: classes.isEmpty ? nil : classes, areNumbers: hasNumberedClasses)
    } catch {
      // Only what is compared needs them.
      if isTest { throw error }
      targets = nil
      notes.append("\(error.message); so \(label.visible) is not taken for what the rows are")
    }
    let unknown: Targets =
      classes.isEmpty
      ? .values([Float](repeating: 0, count: rows.count), width: 1)
      : .classes([Int](repeating: 0, count: rows.count), count: classes.count)
    let exact = exact(table, rows: rows).filled(means)
    let examples = Examples(shape: shape, features: features(numbers, exact), targets: targets?.targets ?? unknown)
    return PreparedRows(
      examples: examples, isLabelled: targets != nil, rows: rows,
      notes: notes, exact: exact)
  }

  /// What is to be said of rows that are left out, by their numbers from 0.
  private func leftOut(_ table: CSVTable, _ rows: [Int]) -> [String] {
    guard rows.count < table.rows else { return [] }
    let kept = Set(rows)
    let left = (0..<table.rows).filter { !kept.contains($0) }.map { String($0) }
    return [
      left.count == 1
        ? "row \(left[0]) of \(table.path), counted from 0, has missing values and is left out"
        : "\(left.count) rows of \(table.path) have missing values and are left out, counted from 0: \(left.listed)"
    ]
  }

  /// What is to be said of words that no place is for, in order of the columns.
  private func unknownWords(_ table: CSVTable, rows: [Int]) -> [String] {
    inputs.flatMap { input -> [String] in
      guard let column = table.columns.first(where: { $0.name == input.name }),
        case .words(let codes, let words) = column.content
      else { return [] }
      let places = RowPreparation.places(input, column)
      guard places.contains(nil) else { return [] }
      var counts = [Int](repeating: 0, count: words.count)
      for row in rows where codes[row] >= 0 { counts[Int(codes[row])] += 1 }
      let unknown = words.indices.filter { counts[$0] > 0 && places[$0] == nil }
      let told = unknown.prefix(RowPreparation.mostTold).map { code in
        "\(input.name.visible) is \"\(words[code].visible)\" in \(counts[code]) \(counts[code] == 1 ? "row" : "rows") "
          + "of \(table.path), a word that the training part does not have, so it is taken for none of its words"
      }
      let rest = unknown.dropFirst(RowPreparation.mostTold)
      guard !rest.isEmpty else { return told }
      let count = rest.reduce(0) { $0 + counts[$1] }
      return told + [
        "\(input.name.visible) has \(rest.count) more such \(rest.count == 1 ? "word" : "words") in \(count) "
          + (count == 1 ? "row" : "rows")
      ]
    }
  }

  /// More words of a column are counted only.
  private static let mostTold = 3
}
