/// Words that stand for a value that is not there.
enum CSVMissing {
  /// Those of pandas, and the question mark of UCI's data.
  private static let everywhere: Set<String> = [
    "", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A", "NA",
    "NULL", "NaN", "None", "n/a", "nan", "null", "?",
  ]
  /// More that nobody can mean otherwise among numbers, in lower case as the others are then; among words a minus, a
  /// `none` and the chemist's `Na` are words.
  private static let amongNumbers = Set(everywhere.map { $0.lowercased() } + ["-", "none"])
  /// What they begin with, as most words are told from them by their first letter.
  private static let starts = Set(everywhere.union(amongNumbers).compactMap(\.utf8.first))
  private static let longest = everywhere.map(\.utf8.count).max() ?? 0

  /// Whether nothing is meant by a field in a column of words; or in one of numbers, whatever else it holds.
  static func isMissing(_ raw: UnsafeBufferPointer<UInt8>, amongNumbers isLoose: Bool) -> Bool {
    let plain = raw.trimmed
    guard let first = plain.first else { return true }
    guard plain.count <= longest, starts.contains(first) else { return false }
    let word = String(decoding: plain, as: UTF8.self)
    return isLoose ? amongNumbers.contains(word.lowercased()) : everywhere.contains(word)
  }

  /// The same of a text: whether it may stand for nothing in some column.
  static func isMissing(_ text: String) -> Bool {
    Array(text.utf8).withUnsafeBufferPointer { isMissing($0, amongNumbers: true) }
  }
}
