/// Texts as lists of numbers, a number for each word, as Keras's imdb and reuters are.
public struct Texts: Sendable {
  let train: NumberLists
  let test: NumberLists
  /// The words by their numbers; none where their list is missing.
  let words: [Int: String]

  /// Whether numbers can be turned into words.
  public var hasWords: Bool { !words.isEmpty }

  /// The numbers of a text's words, the first of a text included.
  public func numbers(of index: Int, inTest: Bool) -> [Int] { (inTest ? test : train)[index].map(Int.init) }

  /// The text, with a question mark for every word that is not among those kept.
  public func text(of index: Int, inTest: Bool) -> String {
    numbers(of: index, inTest: inTest).map { words[$0] ?? "?" }.joined(separator: " ")
  }
}
