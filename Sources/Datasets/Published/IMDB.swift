import Engine
import Grammar

/// Reviews of films, good or bad (Maas et al. 2011), as Keras 3.15 has them: 25,000 to train and 25,000 to test.
public struct IMDB: Source {
  let words: Int

  public static let form = Form<IMDB>(
    "imdb", "Reviews of films, good or bad: 25,000 to train and 25,000 to test, as lists of words.",
    ReviewSet.parameter,
    examples: [], make: { IMDB(words: $0) }, settings: { $0.words })

  private static let file = KerasFile(
    "imdb", title: "IMDB", "imdb.npz", bytes: 17_464_789, older: "https://s3.amazonaws.com/text-datasets",
    digest: "69664113be75683a8fe16e3ed0ab59fda8886cb3cd7ada244f7d9544e4676b9f")
  private static let index = KerasFile(
    "imdb", title: "IMDB", "imdb_word_index.json", bytes: 1_641_221, kind: .json,
    older: "https://s3.amazonaws.com/text-datasets")

  public func isFound(in environment: [String: String]) -> Bool { IMDB.file.isFound(in: environment) }

  public func load(_ context: LoadContext) throws(Refusal) -> Dataset {
    let path = try IMDB.file.path(context, with: [IMDB.index])
    let npz = try NPZ(path)
    let set = ReviewSet(words: words, classes: 2)
    let (trainLists, trainLabels) = try ReviewSet.read(npz, "x_train", "y_train", classes: 2)
    let (testLists, testLabels) = try ReviewSet.read(npz, "x_test", "y_test", classes: 2)
    try Machine.require(ReviewSet.memory(trainLists) + ReviewSet.memory(testLists), for: path, hint: "load digits")
    // One generator shuffles both, the training part first.
    var random = RandomState(seed: ReviewSet.seed)
    let (trainRows, testRows) = (random.shuffled(trainLabels.count), random.shuffled(testLabels.count))
    let (train, test) = (set.texts(trainLists, trainRows), set.texts(testLists, testRows))
    var dataset = Dataset(
      name: "imdb", train: set.examples(train, trainRows.map { trainLabels[$0] }),
      test: set.examples(test, testRows.map { testLabels[$0] }), classes: ["bad", "good"], origin: "from \(path)")
    try dataset.take(train, test, IMDB.index, IMDB.file.note(path), context)
    return dataset
  }
}

extension Dataset {
  /// Keeps the texts, with their words where the list of these is there.
  mutating func take(
    _ train: NumberLists, _ test: NumberLists, _ index: KerasFile, _ notes: [String], _ context: LoadContext
  ) throws(Refusal) {
    var (path, why) = (index.found(context.environment), "is not there")
    if path == nil, context.downloads(of: index.set) != nil {
      do throws(Refusal) { path = try index.path(context) } catch {
        // The texts are worth having without it.
        if error == .stopped { throw error }
        why = "cannot be fetched"
      }
    }
    var words: [Int: String] = [:]
    if let path {
      // Numbers 0 to 2 are no words, so that those of the list are 3 more.
      for (number, word) in try WordIndex(path).words { words[number + 3] = word }
    }
    texts = Texts(train: train, test: test, words: words)
    self.notes = notes + (path == nil ? ["texts are shown as numbers, as \(index.remote.name) \(why)"] : [])
  }
}
