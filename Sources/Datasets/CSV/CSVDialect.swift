import Grammar

/// How a CSV file is written: what separates its fields, and whether it begins with a heading.
struct CSVDialect: Equatable {
  /// What may separate fields, the likeliest first.
  static let separators: [UInt8] = [",", ";", "\t", "|"].map { UInt8(ascii: $0) }
  /// Records that tell the separator.
  private static let looked = 20

  let separator: UInt8
  /// The names of the columns, when the first record holds them.
  let heading: [String]?
  /// The fields of the first record, whatever they are.
  let first: [String]
  let columns: Int

  /// Finds both out from the first records.
  /// - Parameters:
  ///   - decimal: what stands before decimals; it does not separate fields.
  ///   - hasHeading: nil to find out.
  /// - Throws: `Refusal` when there are no records, or the first ones are broken.
  init(_ path: String, decimal: UInt8, hasHeading: Bool?) throws(Refusal) {
    separator = try CSVDialect.separator(path, decimal)
    var records: [[CSVHeading.Field]] = []
    try CSVScanner(path: path, separator: separator).scan { (record) throws(Refusal) in
      records.append(try CSVDialect.fields(record, decimal, path))
      return records.count < CSVDialect.looked
    }
    guard let first = records.first else { throw Refusal("\(path) holds no records") }
    columns = first.count
    self.first = first.map(\.text)
    let rest = records.dropFirst().filter { $0.count == first.count }
    heading = hasHeading ?? CSVHeading.isLikely(first, over: rest) ? self.first : nil
  }

  private static func fields(
    _ record: CSVRecord, _ decimal: UInt8, _ path: String
  ) throws(Refusal) -> [CSVHeading.Field] {
    var fields: [CSVHeading.Field] = []
    for index in record.fields.indices {
      guard let text = record.text(index) else { throw .undecodable(path, record.line, index) }
      fields.append(
        CSVHeading.Field(
          text: text.text.trimmed, number: CSVNumber.read(record.raw(index), decimal: decimal),
          isMissing: CSVTable.isMissing(record.raw(index))))
    }
    return fields
  }

  /// The one that cuts the first records into the same number of fields, and into most.
  private static func separator(_ path: String, _ decimal: UInt8) throws(Refusal) -> UInt8 {
    var best = (separator: separators[0] == decimal ? separators[1] : separators[0], columns: 1)
    var failure: Refusal?
    for separator in separators where separator != decimal {
      var counts: [Int] = []
      do throws(Refusal) {
        try CSVScanner(path: path, separator: separator).scan { (record) throws(Refusal) in
          counts.append(record.fields.count)
          return counts.count < looked
        }
      } catch {
        failure = failure ?? error
        continue
      }
      if let first = counts.first, first > best.columns, counts.allSatisfy({ $0 == first }) {
        best = (separator, first)
      }
    }
    // Where no separator makes sense of it, the most usual one tells what is wrong.
    if best.columns == 1, let failure { throw failure }
    if best.columns == 1, let usual = try mostUsed(path, decimal) { return usual }
    return best.separator
  }

  /// The separator that the first record has most of; nil when it has none.
  private static func mostUsed(_ path: String, _ decimal: UInt8) throws(Refusal) -> UInt8? {
    var best: (separator: UInt8, count: Int)?
    for separator in separators where separator != decimal {
      try CSVScanner(path: path, separator: separator).scan { (record) throws(Refusal) in
        if record.fields.count > best?.count ?? 1 { best = (separator, record.fields.count) }
        return false
      }
    }
    return best?.separator
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
