import Engine

extension Epoch {
  /// Loss and metrics, those of validation behind them with `val_` before their names, as Keras calls them.
  public var figures: [Figure] {
    training.figures + (validation?.figures.map { Figure("val_\($0.name)", $0.value) } ?? [])
  }

  /// One epoch of `fit`'s history.
  var json: JSON {
    .object(
      [("epoch", .integer(number))] + figures.map { ($0.name, .number($0.value)) } + [("seconds", .number(seconds))])
  }
}
