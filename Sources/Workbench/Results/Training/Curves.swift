import Engine
import Pictures

/// Epochs as curves: one picture for each figure that was measured, and one for the learning rate where it changed.
enum Curves {
  static func of(_ epochs: SharedList<Epoch>) -> [any Picture] {
    let names = epochs.last?.training.figures.map(\.name) ?? []
    let best = epochs.best.flatMap { best in epochs.firstIndex { $0.number == best.number } }
    let figures = names.map { figure($0, epochs, best) }
    return figures + (Set(epochs.map(\.learningRate)).count > 1 ? [rate(epochs)] : [])
  }

  private static func figure(_ name: String, _ epochs: SharedList<Epoch>, _ best: Int?) -> Curve {
    let validation = epochs.map { $0.validation?[name] }
    let training = Curve.Series("training", Style(.blue), values: epochs.map { $0.training[name] })
    let other = Curve.Series("validation", strokes: .heavy, Style(.yellow), values: validation)
    return Curve(
      name, validation.contains { $0 != nil } ? [training, other] : [training], labels: epochs.map(\.number),
      marked: best)
  }

  private static func rate(_ epochs: SharedList<Epoch>) -> Curve {
    Curve("learning rate", [Curve.Series("", values: epochs.map(\.learningRate))], labels: epochs.map(\.number))
  }
}

extension Curve.Strokes {
  /// Those of a line among others, by its place.
  static func of(_ place: Int) -> Curve.Strokes { allCases[place % allCases.count] }
}

extension Curve {
  /// The colour of a line among others, by its place.
  static func style(of place: Int) -> Style {
    let colours: [Style.Colour] = [.blue, .yellow, .green, .red, .cyan]
    return Style(colours[place % colours.count])
  }
}
