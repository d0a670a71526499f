import Grammar

/// Finds out what separates the fields of a CSV file.
enum CSVSeparator {
  private static let comma = UInt8(ascii: ",")
  /// What may separate fields. Of two that cut every record into as many fields the first does, as the commas are
  /// decimal commas then, or stand in texts.
  static let all: [UInt8] = [";", "\t", ",", "|"].map { UInt8(ascii: $0) }
  /// Records that tell it.
  private static let looked = 20

  /// The first records, cut by a separator.
  private struct Cut {
    var counts: [Int] = []
    /// Whether commas are in fields, all of them decimal commas, or all of them in quotes.
    var (hasCommas, areDecimal, areQuoted) = (false, true, true)

    /// Fields of a record; 1 where records have different numbers of them.
    var columns: Int { counts.first.flatMap { first in counts.allSatisfy { $0 == first } ? first : nil } ?? 1 }

    private init() {}

    init(_ path: String, _ separator: UInt8) throws(Refusal) {
      var cut = Cut()
      try CSVScanner(path: path, separator: separator).scan { (record) throws(Refusal) in
        cut.counts.append(record.fields.count)
        for index in record.fields.indices where record.raw(index).contains(comma) {
          cut.hasCommas = true
          if CSVNumber.read(record.raw(index), decimal: comma) == nil { cut.areDecimal = false }
          if !record.fields[index].isQuoted { cut.areQuoted = false }
        }
        return cut.counts.count < looked
      }
      self = cut
    }
  }

  /// The one that cuts the first records into the same number of fields, and into most.
  /// - Parameter decimal: what stands before decimals; it separates only where nothing else does and decimals are in
  ///   quotes.
  static func find(_ path: String, _ decimal: UInt8) throws(Refusal) -> UInt8 {
    let usual = decimal == comma ? UInt8(ascii: ";") : comma
    var best = (separator: usual, columns: 1)
    /// The one that the first record has most of.
    var most = (separator: usual, fields: 1)
    var failure: Refusal?
    for separator in all where separator != decimal {
      do throws(Refusal) {
        let cut = try Cut(path, separator)
        // 0,5;1,5 has three fields between commas.
        if cut.columns > 1, separator != comma, cut.hasCommas, cut.areDecimal { return separator }
        if cut.columns > best.columns { best = (separator, cut.columns) }
        if let fields = cut.counts.first, fields > most.fields { most = (separator, fields) }
      } catch {
        failure = separator == usual ? error : failure ?? error
      }
    }
    guard best.columns == 1 else { return best.separator }
    if decimal == comma {
      do throws(Refusal) {
        let cut = try Cut(path, comma)
        if cut.columns > 1, cut.hasCommas, cut.areQuoted { return comma }
      } catch {
        failure = failure ?? error
      }
    }
    // Records of different lengths are told by one that cuts them at all, broken ones by the most usual.
    if most.fields == 1, let failure { throw failure }
    return most.separator
  }
}
