import Grammar

/// How a CSV file is written: what separates its fields, and whether it begins with a heading.
struct CSVDialect: Equatable {
  /// Records that tell whether the first is a heading: few where numbers stand below, many where only words do.
  private static let (looked, mostLooked) = (20, 1000)
  /// Fields of those many at most, as a table may be wide.
  private static let mostFields = 200_000

  let separator: UInt8
  /// The names of the columns, when the first record holds them.
  let heading: [String]?
  /// The fields of the first record, whatever they are.
  let first: [String]
  let columns: Int
  /// Whether the heading has text in Windows-1252.
  let isWindows1252: Bool

  /// Finds both out from the first records.
  /// - Parameters:
  ///   - decimal: what stands before decimals; it does not separate fields.
  ///   - hasHeading: nil to find out.
  /// - Throws: `Refusal` when there are no records, or the first ones are broken.
  init(_ path: String, decimal: UInt8, hasHeading: Bool?) throws(Refusal) {
    separator = try CSVSeparator.find(path, decimal)
    var (first, rest) = try CSVDialect.records(path, separator, CSVDialect.looked)
    columns = first.count
    self.first = first.map(\.text)
    if hasHeading == nil, CSVHeading.isDoubtful(first, over: rest) {
      let limit = min(CSVDialect.mostLooked, max(CSVDialect.looked, CSVDialect.mostFields / max(1, columns)))
      (first, rest) = try CSVDialect.records(path, separator, limit)
    }
    heading = hasHeading ?? CSVHeading.isLikely(first, over: rest) ? self.first : nil
    isWindows1252 = heading != nil && first.contains(where: \.isWindows1252)
  }

  /// The first record, and those of as many fields that follow.
  /// - Parameter limit: how many records are read.
  private static func records(
    _ path: String, _ separator: UInt8, _ limit: Int
  ) throws(Refusal) -> (first: [CSVHeading.Field], rest: [[CSVHeading.Field]]) {
    var records: [[CSVHeading.Field]] = []
    try CSVScanner(path: path, separator: separator).scan { (record) throws(Refusal) in
      records.append(try fields(record, path))
      return records.count < limit
    }
    guard let first = records.first else { throw Refusal("\(path) holds no records") }
    return (first, records.dropFirst().filter { $0.count == first.count })
  }

  /// What may be numbers, with a point or a comma: neither is a name, and decimal= is proposed for the other later.
  private static func fields(_ record: CSVRecord, _ path: String) throws(Refusal) -> [CSVHeading.Field] {
    var fields: [CSVHeading.Field] = []
    for index in record.fields.indices {
      guard let text = record.text(index) else { throw .undecodable(path, record.line, index) }
      let raw = record.raw(index)
      let number = [".", ","].lazy.compactMap { CSVNumber.read(raw, decimal: UInt8(ascii: $0)) }.first
      fields.append(
        CSVHeading.Field(
          text: text.text.trimmed, isWindows1252: text.isWindows1252, number: number,
          isMissing: CSVMissing.isMissing(raw, amongNumbers: true)))
    }
    return fields
  }

  /// What the columns are called; those without a name by their number.
  var names: [String] {
    (0..<columns).map { index in
      let name = heading?[index] ?? ""
      return name.isEmpty ? "column \(index + 1)" : name
    }
  }

  /// What the separator is called.
  var separatorName: String {
    switch separator {
    case UInt8(ascii: ","): "commas"
    case UInt8(ascii: ";"): "semicolons"
    case UInt8(ascii: "\t"): "tabs"
    default: "bars (|)"
    }
  }
}

extension String {
  /// Without blanks at both ends.
  var trimmed: String {
    let start = drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }
}

extension Refusal {
  static func undecodable(_ path: String, _ line: Int, _ column: Int) -> Refusal {
    Refusal(
      "\(path), line \(line), column \(column + 1): text that is neither UTF-8 nor Windows-1252; save it as UTF-8")
  }
}
