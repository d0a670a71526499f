import Engine
import Grammar

/// What Keras does with texts whose words are numbers: order, start, unknown words (Keras 3.15, `imdb.load_data`).
struct ReviewSet {
  /// The number that begins every text, the one of words that are not kept, and what is added to all others.
  private static let (start, unknown, offset): (Int32, Int32, Int32) = (1, 2, 3)
  /// The seed that Keras shuffles by.
  static let seed: UInt32 = 113

  /// Words that are kept, the most frequent ones, numbers 0 to `words` − 1.
  let words: Int
  let classes: Int

  /// An array of lists with its labels.
  /// - Throws: `Refusal` when they do not belong together.
  static func read(_ npz: NPZ, _ lists: String, _ labels: String, classes: Int) throws(Refusal) -> (NumberLists, [Int])
  {
    let array = try npz.objects(lists)
    guard array.shape.rank == 1 else {
      throw Refusal("\(array.path) is no array of lists; its shape is \(array.shape)")
    }
    let numbers = try Pickle.lists(array.bytes, path: array.path, count: array.shape[0])
    let targets = try npz.array(labels)
    guard let labels = targets.integers(), targets.shape.rank == 1, labels.count == numbers.count else {
      throw Refusal("\(targets.path) does not hold a whole number for each of the \(numbers.count) texts")
    }
    if let row = labels.firstIndex(where: { $0 < 0 || $0 >= classes }) {
      throw Refusal("\(targets.path): label \(row) is \(labels[row]), expected 0 to \(classes - 1)")
    }
    return (numbers, labels)
  }

  /// The texts of some rows, in this order, as Keras hands them out.
  func texts(_ lists: NumberLists, _ rows: some Sequence<Int>) -> NumberLists {
    var texts = NumberLists()
    for row in rows {
      texts.append(
        [ReviewSet.start]
          + lists[row].map { word in
            let number = word &+ ReviewSet.offset
            return number >= 0 && number < words ? number : ReviewSet.unknown
          })
    }
    return texts
  }

  /// Which words each text has, as the book's `vectorize_sequences` makes them: 1 where a word is, `[texts, words]`.
  func examples(_ texts: NumberLists, _ labels: [Int]) -> Examples {
    let rows = (0..<texts.count).lazy.map { texts[$0].map(Int.init) }
    return Examples(
      shape: [words], features: .lists(SparseRows(width: words, rows)), targets: .classes(labels, count: classes))
  }

  /// Bytes that the texts and the lists of their words take, roughly.
  static func memory(_ lists: NumberLists) -> Int { 16 * lists.values.count }

  /// The parameter of both sets.
  static let parameter = Parameter.named(
    "words", .integer(10...1_000_000), default: 10_000, "keeps the most frequent words; all others count as one")
}
