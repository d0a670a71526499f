import Engine
import Grammar

/// News of the Reuters agency in 46 topics, as Keras 3.15 has them: 8,982 to train and 2,246 to test.
public struct Reuters: Source {
  let words: Int

  public static let form = Form<Reuters>(
    "reuters", "News in 46 topics: 8,982 to train and 2,246 to test, as lists of words.", ReviewSet.parameter,
    examples: [], make: { Reuters(words: $0) }, settings: { $0.words })

  private static let file = KerasFile(
    "reuters", title: "Reuters", "reuters.npz", bytes: 2_110_848, older: "https://s3.amazonaws.com/text-datasets",
    digest: "d6586e694ee56d7a4e65172e12b3e987c03096cb01eab99753921ef915959916")
  private static let index = KerasFile(
    "reuters", title: "Reuters", "reuters_word_index.json", bytes: 550_378, kind: .json,
    older: "https://s3.amazonaws.com/text-datasets")

  /// Keras 3.15, `reuters.get_label_names`.
  private static let topics = [
    "cocoa", "grain", "veg-oil", "earn", "acq", "wheat", "copper", "housing", "money-supply", "coffee", "sugar",
    "trade", "reserves", "ship", "cotton", "carcass", "crude", "nat-gas", "cpi", "money-fx", "interest", "gnp",
    "meal-feed", "alum", "oilseed", "gold", "tin", "strategic-metal", "livestock", "retail", "ipi", "iron-steel",
    "rubber", "heat", "jobs", "lei", "bop", "zinc", "orange", "pet-chem", "dlr", "gas", "silver", "wpi", "hog",
    "lead",
  ]

  public func isFound(in environment: [String: String]) -> Bool { Reuters.file.isFound(in: environment) }

  public func load(_ context: LoadContext) throws(Refusal) -> Dataset {
    let path = try Reuters.file.path(context, with: [Reuters.index])
    let set = ReviewSet(words: words, classes: Reuters.topics.count)
    let (lists, labels) = try ReviewSet.read(try NPZ(path), "x", "y", classes: Reuters.topics.count)
    try Machine.require(ReviewSet.memory(lists), for: path, hint: "load digits")
    var random = RandomState(seed: ReviewSet.seed)
    let rows = random.shuffled(labels.count)
    let (trainRows, testRows) = KerasSplit.cut(rows)
    let (train, test) = (set.texts(lists, trainRows), set.texts(lists, testRows))
    var dataset = Dataset(
      name: "reuters", train: set.examples(train, trainRows.map { labels[$0] }),
      test: set.examples(test, testRows.map { labels[$0] }), classes: Reuters.topics, origin: "from \(path)")
    try dataset.take(train, test, Reuters.index, Reuters.file.note(path), context)
    return dataset
  }
}

/// Where Keras cuts a set that is published in one piece: the last fifth tests.
enum KerasSplit {
  static func cut(_ rows: [Int]) -> (train: ArraySlice<Int>, test: ArraySlice<Int>) {
    // In double precision as in Python, where 1 − 0.2 is not quite 0.8.
    let count = Int(Double(rows.count) * (1 - 0.2))
    return (rows[..<count], rows[count...])
  }
}
