import Engine
import Grammar

/// What the rows of a table are: a class each, or a value each.
struct CSVLabels {
  let targets: Targets
  /// What the classes are called; none for values.
  let classes: [String]
  /// Whether numbers that are learnt as values could be classes, as all of them are whole and not too many.
  private(set) var couldBeClasses = false

  /// Reads a column whose classes are known.
  /// - Parameters:
  ///   - rows: those that count.
  ///   - classes: nil for values.
  ///   - areNumbers: whether the classes are numbers, so that 1.0 is 1.
  /// - Throws: `Refusal` when a row is of none of the classes.
  /// - Returns: nil when the column is not there, or not filled.
  init?(_ table: CSVTable, _ name: String, rows: [Int], classes: [String]?, areNumbers: Bool) throws(Refusal) {
    guard let column = table.columns.first(where: { $0.name == name }), column.isFilled(rows) else { return nil }
    self.classes = classes ?? []
    guard let classes else {
      guard case .numbers(let numbers) = column.content else {
        throw .holdsWord(column, of: table, "expected numbers")
      }
      targets = .values(rows.map(numbers.float), width: 1)
      return
    }
    let words = CSVLabels.words(column.content, rows)
    let places = Dictionary(classes.enumerated().map { ($1, $0) }) { first, _ in first }
    var labels: [Int] = []
    for (row, word) in zip(rows, words) {
      let number = areNumbers ? CSVNumber.read(word, decimal: table.decimal).map { CSVTable.text($0) } : nil
      guard let place = places[word] ?? number.flatMap({ places[$0] }) else {
        throw Refusal(
          "\(table.path), line \(table.lines[row]): \(name.visible) is \"\(word.visible)\"; the training part has "
            + classes.prefix(20).joined(separator: ", ").visible)
      }
      labels.append(place)
    }
    targets = .classes(labels, count: classes.count)
  }

  /// Finds out what a column holds: words are classes in the order of first appearance, few whole numbers are classes
  /// in their order, and other numbers are values.
  /// - Parameters:
  ///   - rows: those that count.
  ///   - task: what they are, when somebody says so.
  /// - Throws: `Refusal` when they cannot be that, or all rows are of one class.
  init(_ column: CSVTable.Column, of table: CSVTable, rows: [Int], task: Task?) throws(Refusal) {
    let path = table.path
    switch column.content {
    case .words(let codes, let words):
      guard task != .value else {
        throw .holdsWord(column, of: table, "task=value needs numbers")
      }
      // One mistyped number must not make classes of all the others.
      guard task == .class || !column.isNearlyNumbers || words.count <= Task.mostClasses else {
        throw .holdsWord(column, of: table, "\(column.numbersText); task=class takes all of them for classes")
      }
      var (order, labels) = ([Int32: Int](), [Int]())
      for row in rows {
        let label = order[codes[row]] ?? order.count
        order[codes[row]] = label
        labels.append(label)
      }
      classes = order.sorted { $0.value < $1.value }.map { words[Int($0.key)] }
      targets = .classes(labels, count: classes.count)
    case .numbers(let numbers):
      let different = Set(rows.lazy.map { numbers[$0] })
      // Double precision keeps all digits of whole numbers up to 2⁵³.
      let areWhole = different.count <= 10_000 && different.allSatisfy { $0.magnitude <= 0x1p53 && $0.isWhole }
      guard task == .class || (task == nil && areWhole && different.count <= Task.mostClasses) else {
        (classes, couldBeClasses) = ([], areWhole)
        targets = .values(rows.map(numbers.float), width: 1)
        return
      }
      guard areWhole else {
        throw Refusal(
          "\(path): column \"\(column.name.visible)\" holds numbers that are no classes; task=value learns them")
      }
      let sorted = different.sorted()
      let places = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1, $0) })
      classes = sorted.map { CSVTable.text($0) }
      targets = .classes(rows.map { places[numbers[$0]] ?? 0 }, count: classes.count)
    }
    guard classes.count > 1 else {
      throw Refusal(
        "\(path): all rows are of one class, \(classes.first?.visible ?? ""), so there is nothing to tell apart")
    }
  }

  private static func words(_ content: CSVTable.Content, _ rows: [Int]) -> [String] {
    switch content {
    case .numbers(let numbers): rows.map { CSVTable.text(numbers[$0]) }
    case .words(let codes, let words): rows.map { words[Int(codes[$0])] }
    }
  }

  /// The class of each row; nil for values.
  var labels: [Int]? { if case .classes(let labels, _) = targets { labels } else { nil } }
}

extension Double {
  /// Whether nothing stands behind its decimal point.
  var isWhole: Bool { rounded(.towardZero) == self }
}
