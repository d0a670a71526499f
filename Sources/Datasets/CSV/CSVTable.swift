import Engine
import Files
import Grammar

/// A CSV file as columns, each of numbers or of words.
struct CSVTable {
  let path: String
  let dialect: CSVDialect
  /// What stands before decimals.
  let decimal: UInt8
  private(set) var columns: [Column]
  private(set) var rows = 0
  /// The line that each row begins on.
  private(set) var lines: [Int32] = []
  /// Whether some of its text was in Windows-1252.
  private(set) var isWindows1252 = false

  /// Columns at most, and different words in one at most: beyond, they are no categories but texts.
  private static let (mostColumns, mostWords) = (100_000, 100_000)

  /// - Parameters:
  ///   - decimal: what stands before decimals.
  ///   - hasHeading: nil to find out.
  ///   - texts: columns of words, even where all of them look like numbers.
  ///   - exact: columns in double precision, even where single precision does.
  ///   - watch: told how far it is.
  /// - Throws: `Refusal` with the line of what is wrong.
  init(
    _ path: String, decimal: UInt8 = UInt8(ascii: "."), hasHeading: Bool? = nil, texts: Set<String> = [],
    exact: Set<String> = [], watch: ReadWatch? = nil
  ) throws(Refusal) {
    (self.path, self.decimal) = (path, decimal)
    let watch = watch ?? ReadWatch(path, LoadObserver())
    if let kind = FileReader.kind(of: path), ![.text, .gzip].contains(kind) { throw .foreign(path, kind, "table") }
    dialect = try CSVDialect(path, decimal: decimal, hasHeading: hasHeading)
    guard dialect.columns <= CSVTable.mostColumns else {
      throw Refusal("\(path) has \(dialect.columns) columns; expected at most \(CSVTable.mostColumns)")
    }
    let names = dialect.names
    if let (index, name) = names.enumerated().first(where: { names[..<$0.offset].contains($0.element) }) {
      throw Refusal(
        "\(path) has two columns called \"\(name.visible)\", the second is column \(index + 1)"
          + (hasHeading == nil ? "; heading=no takes the first row for data" : ""))
    }
    columns = []
    let kinds = try kinds(decimal, watch)
    try Machine.require(
      rows.multipliedReportingOverflow(by: 4 * (columns.count + 2)).partialValue, for: path, hint: "load digits")
    columns = zip(names, kinds).map { name, kind in
      let isNumbers = kind.isNumbers && !texts.contains(name)
      let isExact = kind.spread.isLost || exact.contains(name)
      var column = Column(
        name: name, content: isNumbers ? .numbers(CSVNumbers(isExact: isExact)) : .words([], []))
      (column.numberCount, column.wordCount, column.firstWord) = (kind.numbers, kind.words, kind.firstWord)
      return column
    }
    guard rows > 0 else { throw Refusal("\(path) has a heading and no rows") }
    try fill(decimal, texts, watch)
  }

  /// What a column holds, as far as has been read.
  private struct Kind {
    var (numbers, words) = (0, 0)
    /// The first that is no number, and its line.
    var firstWord: (line: Int, text: String)?
    var spread = CSVSpread()

    var isNumbers: Bool { numbers > 0 && words == 0 }
  }

  /// First time through: which columns hold numbers only, and how many rows there are.
  private mutating func kinds(_ decimal: UInt8, _ watch: ReadWatch) throws(Refusal) -> [Kind] {
    var kinds = [Kind](repeating: Kind(), count: dialect.columns)
    var count = 0
    try eachRow({ (part) throws(Refusal) in try watch.tell(part / 2) }) { (record) throws(Refusal) in
      count += 1
      for index in record.fields.indices {
        let raw = record.raw(index)
        if let number = CSVNumber.read(raw, decimal: decimal) {
          kinds[index].numbers += 1
          kinds[index].spread.add(number)
        } else if !CSVMissing.isMissing(raw, amongNumbers: true) {
          kinds[index].words += 1
          if kinds[index].firstWord == nil {
            let text = record.text(index)?.text ?? String(decoding: raw, as: UTF8.self)
            kinds[index].firstWord = (record.line, text.trimmed)
          }
        }
      }
    }
    rows = count
    return kinds
  }

  /// Second time: the values.
  private mutating func fill(_ decimal: UInt8, _ texts: Set<String>, _ watch: ReadWatch) throws(Refusal) {
    let (names, path) = (columns.map(\.name), path)
    // A column without any number or word is one of words here, and holds nothing.
    let areLoose = columns.map { $0.wordCount == 0 && !texts.contains($0.name) }
    var stores = columns.map { Store($0.content, rows: rows) }
    var lines: [Int32] = []
    lines.reserveCapacity(rows)
    var hasWindows = dialect.isWindows1252
    try eachRow({ (part) throws(Refusal) in try watch.tell(0.5 + part / 2) }) { (record) throws(Refusal) in
      lines.append(Int32(clamping: record.line))
      for index in record.fields.indices {
        if stores[index].isNumbers {
          let number = CSVNumber.read(record.raw(index), decimal: decimal)
          if let number, !Float(number).isFinite {
            throw .notFinite(path, record.line, names[index], record.text(index))
          }
          stores[index].add(number, line: record.line)
        } else if CSVTable.isMissing(record, index, areLoose[index]) {
          stores[index].add(nil, line: record.line)
        } else {
          guard let text = record.text(index) else { throw .undecodable(path, record.line, index) }
          hasWindows = hasWindows || text.isWindows1252
          stores[index].add(word: text.text.trimmed)
          if stores[index].words.count > CSVTable.mostWords { throw tooManyWords(columns[index]) }
        }
      }
    }
    for index in columns.indices { stores[index].give(to: &columns[index]) }
    (self.lines, isWindows1252) = (lines, hasWindows)
  }

  private func tooManyWords(_ column: Column) -> Refusal {
    column.isNearlyNumbers
      ? .holdsWord(column, of: self, column.numbersText)
      : Refusal(
        "\(path): \(column.name.visible) has more than 100,000 different words, so it is text and no category; "
          + "leave it out by ignore=")
  }

  /// Hands over every record below the heading, which has to have as many fields as the first.
  /// - Parameter tell: told which part of the file is read, 0 … 1.
  private func eachRow(
    _ tell: (Double) throws(Refusal) -> Void, _ body: (CSVRecord) throws(Refusal) -> Void
  ) throws(Refusal) {
    var isHeading = dialect.heading != nil
    try CSVScanner(path: path, separator: dialect.separator).scan(tell) { (record) throws(Refusal) in
      if isHeading {
        isHeading = false
        return true
      }
      guard record.fields.count == dialect.columns else {
        throw .ragged(path, record.line, record.fields.count, dialect.columns)
      }
      try body(record)
      return true
    }
  }

  /// Words in quotes are meant as they stand, but nothing in quotes is nothing.
  /// - Parameter isLoose: whether no cell of its column is a word for certain.
  private static func isMissing(_ record: CSVRecord, _ index: Int, _ isLoose: Bool) -> Bool {
    let raw = record.raw(index)
    return record.fields[index].isQuoted ? raw.trimmed.isEmpty : CSVMissing.isMissing(raw, amongNumbers: isLoose)
  }
}

extension Refusal {
  fileprivate static func ragged(_ path: String, _ line: Int, _ got: Int, _ expected: Int) -> Refusal {
    Refusal(
      "\(path), line \(line): \(got) \(got == 1 ? "field" : "fields"), expected \(expected) as in the first record")
  }
  fileprivate static func notFinite(_ path: String, _ line: Int, _ column: String, _ text: CSVText?) -> Refusal {
    let text = text?.text ?? ""
    // inf and Infinity have no digits.
    let what =
      text.contains { $0.isNumber } ? "beyond single precision; expected numbers up to 3.4e38" : "not a finite number"
    return Refusal("\(path), line \(line), \(column.visible): \(text.visible) is \(what)")
  }
}
