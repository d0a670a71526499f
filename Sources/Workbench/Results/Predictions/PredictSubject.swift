import Grammar

/// What is to be predicted.
enum PredictSubject: Equatable, Sendable {
  /// Test examples.
  case examples(ClosedRange<Int>)
  /// All test or all training examples.
  case split(Split)
  case image(String)
  /// The rows of a CSV file.
  case table(String)

  /// Endings of files that can be read.
  private static let (images, tables) = ([".png", ".jpg", ".jpeg"], [".csv", ".tsv", ".csv.gz"])

  static let kind = ArgumentType<PredictSubject>(
    expected: "a whole number, 0 or more, a range such as 0..99, test, train, or a file ending in .png, .jpg or .csv",
    choices: [Choice("test", help: "all test examples"), Choice("train", help: "all training examples")],
    read: { (word) throws(Misread) -> PredictSubject in
      if let split = Split(rawValue: word.plain) { return .split(split) }
      if let index = Int(word.plain), index >= 0 { return .examples(index...index) }
      if let range = range(word.plain) { return .examples(range) }
      let name = word.text.lowercased()
      if images.contains(where: name.hasSuffix) { return .image(word.text) }
      if tables.contains(where: name.hasSuffix) { return .table(word.text) }
      throw .not(
        "a whole number, 0 or more, a range such as 0..99, test, train, or a file ending in .png, .jpg or .csv", word,
        atMost: Int.max)
    },
    write: { subject in
      switch subject {
      case .examples(let range):
        range.lowerBound == range.upperBound ? "\(range.lowerBound)" : "\(range.lowerBound)..\(range.upperBound)"
      case .split(let split): split.rawValue
      case .image(let path), .table(let path): ArgumentType<String>.text("a file").text(of: path)
      }
    })

  /// `0..99`, both ends included.
  private static func range(_ text: String) -> ClosedRange<Int>? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[1].isEmpty, let first = Int(parts[0]), let last = Int(parts[2]), first >= 0,
      last >= first
    else { return nil }
    return first...last
  }
}
