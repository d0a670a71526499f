import Grammar

/// Words that are numbers in another way of writing: with a decimal comma, or with something between thousands.
struct WrittenNumbers {
  /// How they would be read as numbers, as the end of a sentence.
  let advice: String

  /// - Parameter decimal: what stands before decimals where numbers are read.
  /// - Returns: nil when some of the words are no numbers at all.
  init?(_ words: [String], decimal: String) {
    let (point, other): (Character, Character) = decimal == "," ? (",", ".") : (".", ",")
    guard let first = words.first else { return nil }
    let such = "holds words such as \"\(first.visible)\""
    func areAll(_ isNumber: (String) -> Bool) -> Bool { words.allSatisfy(isNumber) }
    func reads(_ word: String, _ point: Character) -> Bool {
      CSVNumber.read(word, decimal: point.asciiValue ?? 0) != nil
    }
    // Three digits behind every comma: 1,000 is a thousand rather than 1.
    if areAll({ reads($0, point) || WrittenNumbers.hasThousands($0, between: other, point) }) {
      let marks = other == "," ? "commas" : "points"
      advice = "\(such), which look like thousands with \(marks); without the \(marks) they are numbers"
    } else if areAll({ reads($0, other) }) {
      advice = "\(such); decimal=\(other) takes them for numbers"
    } else if areAll({ reads($0, other) || WrittenNumbers.hasThousands($0, between: point, other) }) {
      let marks = point == "," ? "commas" : "points"
      advice =
        "\(such), which look like thousands with \(marks); without the \(marks), decimal=\(other) takes them for "
          + "numbers"
    } else {
      return nil
    }
  }

  /// Whether it is 1,000 or 12,345.67, where a comma is the mark and a point the other.
  private static func hasThousands(_ word: String, between mark: Character, _ point: Character) -> Bool {
    let unsigned = word.first.map { "+-".contains($0) } == true ? word.dropFirst() : word[...]
    let halves = unsigned.split(separator: point, maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = halves.first, halves.dropFirst().allSatisfy({ isDigits($0) }) else { return false }
    let groups = whole.split(separator: mark, omittingEmptySubsequences: false)
    guard let first = groups.first, groups.count > 1, (1...3).contains(first.count), first.first != "0" else {
      return false
    }
    return groups.allSatisfy(isDigits) && groups.dropFirst().allSatisfy { $0.count == 3 }
  }

  private static func isDigits(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }
}
