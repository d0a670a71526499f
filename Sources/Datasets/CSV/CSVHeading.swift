/// Whether the first record of a file names its columns.
enum CSVHeading {
  struct Field {
    let text: String
    let isWindows1252: Bool
    /// nil when it is none.
    let number: Double?
    let isMissing: Bool

    /// Whether it may name a column of numbers; 12O is a number that is typed wrong.
    fileprivate var isName: Bool { number == nil && !isMissing && !"0123456789+-.,".contains(text.first ?? "0") }
    /// Whether it is a number of digits alone, as names of columns are: 0, 2019.
    fileprivate var isCounted: Bool { number != nil && text.utf8.allSatisfy { (0x30...0x39).contains($0) } }
  }

  /// - Parameter rest: the records below, as long as the first.
  static func isLikely(_ first: [Field], over rest: [[Field]]) -> Bool {
    // Names are no numbers, and other words than those below them.
    if first.allSatisfy({ $0.number == nil && !$0.text.isEmpty }) { return !areRepeated(first, in: rest) }
    guard !rest.isEmpty, first.allSatisfy({ $0.number == nil || $0.isCounted }) else { return false }
    let named = first.indices.filter { first[$0].isName && holdsNumbers(rest, $0) }
    // One word over numbers may be typed wrong, and two of them hardly: scikit-learn writes 150,4,setosa,versicolor …
    if Set(named.map { first[$0].text }).count > 1 { return true }
    // pandas writes the numbers of rows below no name, and numbers what has none.
    let numbers = first.compactMap(\.number)
    guard zip(numbers, numbers.dropFirst()).allSatisfy({ $1 == $0 + 1 }) else { return false }
    if !named.isEmpty { return true }
    if numbers.isEmpty { return countsRows(rest) && first.dropFirst().allSatisfy(\.isName) }
    return areCounted(first, over: rest) || areYears(first, over: rest)
  }

  /// Whether they are words over words alone, so that many records are needed to see whether they stand below too.
  static func isDoubtful(_ first: [Field], over rest: [[Field]]) -> Bool {
    (rest + [first]).allSatisfy { $0.allSatisfy { $0.number == nil } }
  }

  /// Whether the words of a table without numbers begin with what is no heading: each stands in its column again.
  private static func areRepeated(_ first: [Field], in rest: [[Field]]) -> Bool {
    isDoubtful(first, over: rest) && first.indices.allSatisfy { stands(first[$0], in: rest, $0) }
  }

  private static func stands(_ field: Field, in records: [[Field]], _ index: Int) -> Bool {
    records.contains { $0[index].text == field.text }
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

  /// Whether its numbers are those that pandas gives to columns without a name, from 0, beside names or none.
  private static func areCounted(_ first: [Field], over rest: [[Field]]) -> Bool {
    let numbers = first.compactMap(\.number)
    // A 0 above 1, 2, 3 … is the number of a row.
    guard numbers.first == 0, let zero = first.firstIndex(where: { $0.number == 0 }),
      !rest.enumerated().allSatisfy({ $1[zero].number == Double($0 + 1) })
    else { return false }
    let others = first.indices.filter { first[$0].number == nil }
    guard !others.isEmpty else {
      // Whole numbers over whole numbers may be data, and so may a 0 beside a 1.
      return numbers.count > 2 && rest.contains { $0.contains { !$0.isCounted && !$0.isMissing } }
    }
    return others.allSatisfy { index in
      first[index].isName && !stands(first[index], in: rest, index)
        || index == 0 && first[index].text.isEmpty && namesRows(rest)
    }
  }

  /// Whether the first column may tell the records apart: by words or whole numbers, no two the same.
  private static func namesRows(_ records: [[Field]]) -> Bool {
    let names = records.compactMap(\.first)
    return names.allSatisfy { !$0.isMissing && ($0.number == nil || $0.isCounted) }
      && Set(names.map(\.text)).count == names.count
  }

  /// Whether its numbers are years over other numbers, and its words are not among those below. A single number that
  /// looks like a year may be any.
  private static func areYears(_ first: [Field], over rest: [[Field]]) -> Bool {
    let years = 1800.0...2100
    return first.contains(where: \.isName) && first.lazy.filter { $0.number != nil }.count > 1
      && first.indices.allSatisfy { index in
        if let number = first[index].number {
          return years.contains(number) && !rest.contains { $0[index].number.map(years.contains) ?? false }
        }
        return !stands(first[index], in: rest, index)
      }
  }
}
