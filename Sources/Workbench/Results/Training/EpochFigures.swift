import Engine

extension Epoch {
  /// One epoch of `fit`'s history.
  var json: JSON {
    .object(
      [("epoch", .integer(number))] + figures.map { ($0.name, .number($0.value)) }
        + [("learning_rate", .number(learningRate)), ("seconds", .number(seconds))])
  }
}
