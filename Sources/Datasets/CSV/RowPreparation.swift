import Engine
import Grammar

/// How the rows of a CSV file become examples: which columns, in which order, words as one-hot, what is missing,
/// scaled.
public struct RowPreparation: Sendable {
  struct Input: Sendable, Equatable {
    let name: String
    /// The words that each have a place of their own; nil for a column of numbers.
    let words: [String]?

    /// Numbers of an example that it takes.
    var width: Int { words?.count ?? 1 }

    /// What those numbers are called: `size`, `colour=red`.
    var columns: [String] { words.map { words in words.map { "\(name)=\($0)" } } ?? [name] }
  }

  private(set) var inputs: [Input]
  let decimal: UInt8
  let hasHeading: Bool
  /// The shape of an example, and whether it is an image of bytes.
  let shape: Shape
  let isImage: Bool
  /// What takes the place of missing numbers, `[columns]`; nil where nothing does.
  var means: [Double]?
  /// Columns in double precision until they are scaled: one row of another file does not say how close others are.
  var exactNames: Set<String> = []
  /// Whether rows with missing values are left out.
  var dropsMissing = false
  /// What is done to the numbers; set by `scale=`.
  var scale: ColumnScale?
  /// What the network gets for bytes, where rows are images; set by `scale=`.
  var byteScale = ByteScale.unit
  /// The column that says what each row is, and what classes are called; none for values.
  public let label: String
  var classes: [String]
  /// Whether the classes are numbers: 1, which another file may write 1.0.
  let hasNumberedClasses: Bool

  /// The numbers of some rows before scaling, `[rows, columns]`, those that are missing not a number; a word that no
  /// place is for is 0 in all places of its column.
  /// - Parameter whose: who has all of the columns, for what is said of one that is not there.
  /// - Throws: `Refusal` when a column is not there, or holds words instead of numbers.
  func numbers(
    _ table: CSVTable, rows: [Int], whose: String = ""
  ) throws(Refusal) -> Floats {
    let width = inputs.reduce(0) { $0 + $1.width }
    let (count, isHuge) = rows.count.multipliedReportingOverflow(by: width * 4)
    try Machine.require(isHuge ? nil : count, for: table.path, hint: "load digits")
    var columns: [(content: CSVTable.Content, places: [Int?])] = []
    for input in inputs {
      let column = try column(of: input, in: table, whose)
      columns.append((column.content, RowPreparation.places(input, column)))
    }
    return Floats(count: rows.count * width) { target in
      for (place, row) in rows.enumerated() {
        var start = place * width
        for (index, input) in inputs.enumerated() {
          switch columns[index].content {
          case .numbers(let numbers): target[start] = numbers.float(row)
          case .words(let codes, _):
            let code = Int(codes[row])
            for word in 0..<input.width { target[start + word] = code < 0 ? .nan : 0 }
            if code >= 0, let word = columns[index].places[code] { target[start + word] = 1 }
          }
          start += input.width
        }
      }
    }
  }

  /// The columns of which single precision loses digits.
  func exact(_ table: CSVTable, rows: [Int]) -> ExactColumns {
    var (exact, start) = (ExactColumns(), 0)
    for input in inputs {
      if input.words == nil, let column = table.columns.first(where: { $0.name == input.name }),
        case .numbers(let numbers) = column.content, let numbers = numbers.exact
      {
        exact[start] = rows.map { numbers[$0] }
      }
      start += input.width
    }
    return exact
  }

  private func column(of input: Input, in table: CSVTable, _ whose: String) throws(Refusal) -> CSVTable.Column {
    guard let column = table.columns.first(where: { $0.name == input.name }) else {
      throw Refusal("\(table.path) has no column \"\(input.name.visible)\", \(whose)")
    }
    // A column without values is none of words either; what is missing in it has been asked already.
    if case .words(_, let words) = column.content, input.words == nil, !words.isEmpty {
      throw .holdsWord(column, of: table, "expected numbers")
    }
    return column
  }

  /// The place of each word of a column among those of the input; nil where it is none of them.
  static func places(_ input: Input, _ column: CSVTable.Column) -> [Int?] {
    guard case .words(_, let words) = column.content, let known = input.words else { return [] }
    let places = Dictionary(zip(known, known.indices)) { first, _ in first }
    return words.map { places[$0] }
  }

  /// Puts the means in the place of what is missing.
  func filled(_ numbers: Floats) -> Floats {
    guard let means else { return numbers }
    return Floats(count: numbers.count) { filled in
      numbers.withUnsafeBufferPointer { numbers in
        for index in numbers.indices {
          filled[index] = numbers[index].isNaN ? Float(means[index % means.count]) : numbers[index]
        }
      }
    }
  }

  /// Numbers as the network gets them: bytes where they are images, otherwise scaled.
  func features(_ numbers: Floats, _ exact: ExactColumns) -> Features {
    if isImage {
      return .bytes(
        Bytes(count: numbers.count) { bytes in
          numbers.withUnsafeBufferPointer { for index in $0.indices { bytes[index] = UInt8(exactly: $0[index]) ?? 0 } }
        }, byteScale)
    }
    return .floats(scale.map { $0.applied(to: numbers, exact) } ?? numbers)
  }

  /// The same with columns in another order; nil where the words of one column would be torn apart.
  /// - Parameters:
  ///   - names: of the columns, in the order that is wanted.
  ///   - places: where each of them stands now.
  func reordered(columns names: [String], _ places: [Int]) -> RowPreparation? {
    let order = Dictionary(zip(names, names.indices)) { first, _ in first }
    func place(_ input: Input, _ word: String) -> Int { order["\(input.name)=\(word)"] ?? 0 }
    var ordered = self
    ordered.inputs = inputs.map { input in
      Input(name: input.name, words: input.words?.sorted { place(input, $0) < place(input, $1) })
    }.sorted { order[$0.columns.first ?? ""] ?? 0 < order[$1.columns.first ?? ""] ?? 0 }
    guard ordered.inputs.flatMap(\.columns) == names else { return nil }
    ordered.means = means.map { means in places.map { means[$0] } }
    ordered.scale = scale?.reordered(places)
    return ordered
  }

  /// The same for fewer classes, or for all of them in another order.
  func keeping(_ numbers: [Int?]) -> RowPreparation {
    var fewer = self
    let kept = classes.indices.filter { numbers.indices.contains($0) && numbers[$0] != nil }
    fewer.classes = kept.sorted { (numbers[$0] ?? 0) < (numbers[$1] ?? 0) }.map { classes[$0] }
    return fewer
  }
}

extension Refusal {
  /// A column of words where numbers are wanted, with the first that is none.
  /// - Parameter wanted: what is expected, as the end of the sentence.
  static func holdsWord(_ column: CSVTable.Column, of table: CSVTable, _ wanted: String) -> Refusal {
    guard let (line, word) = column.firstWord else {
      return Refusal("\(table.path): column \"\(column.name.visible)\" holds no numbers; \(wanted)")
    }
    return Refusal("\(table.path), line \(line): \(column.name.visible) is \"\(word.visible)\"; \(wanted)")
  }
}

extension CSVTable {
  /// A number as a file would have it: `3`, `0.5`.
  static func text<Number: BinaryFloatingPoint & LosslessStringConvertible>(_ number: Number) -> String {
    // Whole numbers have no sign of 0.
    if number == 0, number.sign == .minus { return "-0" }
    return Int(exactly: number).map(String.init) ?? "\(number)"
  }

  /// The rows that have a value in each of these columns.
  func completeRows(_ names: Set<String>) -> [Int] {
    var keeps = [Bool](repeating: true, count: rows)
    for column in columns where column.missing > 0 && names.contains(column.name) {
      switch column.content {
      case .numbers(let numbers): for row in 0..<rows where numbers.float(row).isNaN { keeps[row] = false }
      case .words(let codes, _): for row in 0..<rows where codes[row] < 0 { keeps[row] = false }
      }
    }
    return keeps.indices.filter { keeps[$0] }
  }

  /// What is to be said of the values in these columns whose place the means took.
  /// - Parameter part: where they are, with a blank before it; nothing for the table that is learnt from.
  func filledNotes(_ names: [String], of part: String = "") -> [String] {
    let known = Set(names)
    let filled = columns.filter { $0.missing > 0 && known.contains($0.name) }.map { "\($0.name.visible) \($0.missing)" }
    return filled.isEmpty
      ? [] : ["missing values\(part) replaced by the training part's mean: \(filled.joined(separator: ", "))"]
  }

  /// - Parameter areImages: whether rows are images, which have no means.
  /// - Throws: `Refusal` at the first value that is missing in one of these columns.
  func checkComplete(_ names: [String], areImages: Bool) throws(Refusal) {
    let known = Set(names)
    let first = columns.filter { $0.missing > 0 && known.contains($0.name) }
      .min { $0.firstMissing ?? 0 < $1.firstMissing ?? 0 }
    if let column = first {
      let more = column.missing > 1 ? ", and \(column.missing - 1) more below" : ""
      throw Refusal(
        "\(path), line \(column.firstMissing ?? 0): \(column.name.visible) has no value\(more); "
          + (areImages ? "" : "missing=mean puts the mean of the column there, ")
          + "missing=drop leaves such rows out")
    }
  }
}
