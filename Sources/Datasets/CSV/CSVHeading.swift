/// Whether the first record of a file names its columns.
enum CSVHeading {
  struct Field {
    let text: String
    /// nil when it is none.
    let number: Double?
    let isMissing: Bool

    /// Whether it may name a column of numbers; 12O is a number that is typed wrong.
    fileprivate var isName: Bool { number == nil && !isMissing && !"0123456789+-.,".contains(text.first ?? "0") }
  }

  /// - Parameter rest: the records below, as long as the first.
  static func isLikely(_ first: [Field], over rest: [[Field]]) -> Bool {
    // Names are no numbers.
    if first.allSatisfy({ $0.number == nil && !$0.text.isEmpty }) { return true }
    guard !rest.isEmpty else { return false }
    // pandas writes the numbers of rows below no name, and numbers what has none.
    let numbers = first.compactMap(\.number)
    guard zip(numbers, numbers.dropFirst()).allSatisfy({ $1 == $0 + 1 }) else { return false }
    if first.indices.contains(where: { first[$0].isName && holdsNumbers(rest, $0) }) { return true }
    if numbers.isEmpty { return countsRows(rest) && first.dropFirst().allSatisfy(\.isName) }
    return areYears(first, over: rest)
  }

  private static func holdsNumbers(_ records: [[Field]], _ index: Int) -> Bool {
    records.contains { $0[index].number != nil }
      && records.allSatisfy { $0[index].number != nil || $0[index].isMissing }
  }

  /// Whether the first column numbers the records, from 0 or 1.
  private static func countsRows(_ records: [[Field]]) -> Bool {
    guard let start = records[0].first?.number, start == 0 || start == 1 else { return false }
    return records.enumerated().allSatisfy { $1.first?.number == start + Double($0) }
  }

  /// Whether its numbers are years over other numbers, and its words are not among those below.
  private static func areYears(_ first: [Field], over rest: [[Field]]) -> Bool {
    let years = 1800.0...2100
    return first.contains(where: \.isName)
      && first.indices.allSatisfy { index in
        if let number = first[index].number {
          return years.contains(number) && !rest.contains { $0[index].number.map(years.contains) ?? false }
        }
        return !rest.contains { $0[index].text == first[index].text }
      }
  }
}
