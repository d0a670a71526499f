import Grammar

/// What is told of a table that was loaded.
extension CSVFile {
  /// What was found out about the file, and what follows from it.
  func notes(
    _ table: CSVTable, _ label: CSVTable.Column, _ labels: CSVLabels, _ rows: [Int], _ left: LeftOut
  ) -> [String] {
    let heading = table.dialect.heading == nil ? "no heading, so columns are called column 1, column 2 …" : "a heading"
    let encoding = table.isWindows1252 ? ", text in Windows-1252" : ""
    let columns = "\(table.dialect.columns) columns between \(table.dialect.separatorName)"
    var notes = ["\(file): \(table.rows) rows of \(columns), \(heading)\(encoding)"]
    if task == nil, case .numbers(let numbers) = label.content {
      let areWhole = rows.allSatisfy { numbers[$0].isWhole }
      notes.append("\(label.name.visible) has \(taskNote(labels, areWhole: areWhole))")
    }
    if let note = numbersNote(label) ?? typoNote(label) { notes.append(note) }
    if labels.classes.isEmpty, case .numbers(let numbers) = label.content, let lost = numbers.firstLost {
      notes.append(CSVNumbers.lossNote(label.name.visible, lost))
    }
    if let name = left.rowNumbers {
      let called = table.dialect.heading?.first?.isEmpty == true ? "" : ", \(name.visible),"
      notes.append("the first column\(called) has no name and numbers the rows, so it is left out")
    }
    notes += left.empty.map { "\($0.visible) has no values and is left out" }
    let inputs = table.columns.filter { $0.name != label.name && !left.all.contains($0.name) }
    notes += inputs.compactMap(wordsNote)
    let left = table.rows - rows.count
    if left == 1 { notes.append("1 row with missing values was left out") }
    if left > 1 { notes.append("\(left) rows with missing values were left out") }
    if missing == .mean {
      notes += table.filledNotes(inputs.map(\.name))
    }
    return notes
  }

  /// What numbers to be learnt were taken for, and how they are taken otherwise where they can be.
  private func taskNote(_ labels: CSVLabels, areWhole: Bool) -> String {
    guard labels.classes.isEmpty else {
      return "\(labels.classes.count) different whole numbers, taken for classes; task=value learns values"
    }
    guard areWhole else { return "numbers that are not whole, so values are learnt" }
    let other = labels.couldBeClasses ? "; task=class takes them for classes" : ""
    return "many different numbers, so values are learnt\(other)"
  }

  /// What is to be said of words that are numbers in another way of writing.
  private func numbersNote(_ column: CSVTable.Column) -> String? {
    guard case .words(_, let words) = column.content, let written = WrittenNumbers(words, decimal: decimal) else {
      return nil
    }
    return "\(column.name.visible) \(written.advice)"
  }

  /// What is to be said of a column that would be one of numbers but for few cells.
  private func typoNote(_ column: CSVTable.Column) -> String? {
    guard column.isNearlyNumbers, case .words(_, let words) = column.content, let (line, word) = column.firstWord else {
      return nil
    }
    return "line \(line): \(column.name.visible) is \"\(word.visible)\"; \(column.numbersText), so all are taken for "
      + "\(words.count) different words"
  }

  /// What is to be said of a column of words: each of them gets a place of its own, which may not be what was meant.
  private func wordsNote(_ column: CSVTable.Column) -> String? {
    guard case .words(let codes, let words) = column.content else { return nil }
    if let note = numbersNote(column) ?? typoNote(column) { return note }
    let name = column.name.visible
    let typed = CSVFile.columnsKind.text(of: [column.name]).visible
    let each = "\(name) has \(words.count) different words in \(codes.count) rows, a column for each"
    return words.count > 10 && words.count * 2 > codes.count ? each + "; ignore=\(typed) leaves it out" : each
  }
}
