import Grammar

/// Columns as a person names them.
extension CSVTable {
  /// Where a column stands that is called so, or has this number, counted from 1.
  func place(_ name: String) -> Int? {
    let names = columns.map(\.name)
    guard let index = names.firstIndex(of: name) ?? Int(name).map({ $0 - 1 }), names.indices.contains(index) else {
      return nil
    }
    return index
  }

  /// Columns that are kept in double precision.
  var exactNames: Set<String> {
    Set(
      columns.filter { column in
        if case .numbers(let numbers) = column.content { numbers.exact != nil } else { false }
      }.map(\.name))
  }

  /// That no column is called so, and what may have been meant.
  /// - Parameter purpose: the end of the sentence, with a blank before it.
  func noColumn(_ name: String, _ purpose: String = "") -> Refusal {
    let names = columns.map(\.name)
    // A number is that of a column, and no mistyped name.
    let near = Int(name) == nil ? Suggestion.nearest(to: name, among: names) : nil
    let heading =
      dialect.heading == nil && dialect.first.contains(name)
      ? "; it is in the first row, and heading=yes takes that for the columns' names" : nil
    return Refusal(
      "\(path) has no column \"\(name.visible)\"\(purpose)"
        + (heading ?? near.map { "; did you mean \($0.visible)?" } ?? "; there are: \(names.listed)"))
  }

  /// The column that numbers the rows, as pandas writes it: the first, without a name, all its numbers whole and
  /// different.
  var rowNumbers: Column? {
    guard let heading = dialect.heading?.first, heading.isEmpty || heading == "Unnamed: 0", columns.count > 1,
      let column = columns.first, column.missing == 0, case .numbers(let numbers) = column.content
    else { return nil }
    var seen = Set<Double>()
    for row in 0..<numbers.count {
      let number = numbers[row]
      guard number >= 0, number == number.rounded(), seen.insert(number).inserted else { return nil }
    }
    return column
  }
}

extension [String] {
  /// The first of them, as far as a line holds them: `a, b, c and 7 more`.
  var listed: String {
    var (shown, length) = ([String](), 0)
    for name in self {
      let name = name.visible
      length += name.count + 2
      guard shown.isEmpty || length <= 240 else { break }
      shown.append(name)
    }
    let rest = count - shown.count
    return shown.joined(separator: ", ") + (rest > 0 ? " … and \(rest) more" : "")
  }
}
