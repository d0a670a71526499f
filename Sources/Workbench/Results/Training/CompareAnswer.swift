import Engine
import Pictures

/// What came of training several combinations.
struct CompareAnswer: Answer {
  struct Result: Sendable {
    let name: String
    let epochs: SharedList<Epoch>

    var best: Epoch? { Array(epochs.comparable).min { $0.monitored < $1.monitored } }
  }

  let results: [Result]
  /// Combinations that were not trained to their end.
  let left: Int

  /// Lines that can be told apart in one picture.
  private static let colours: [Style.Colour] = [.blue, .yellow, .green, .red, .cyan]

  var json: JSON {
    .object([
      (
        "combinations",
        .list(results.map { .object([("name", .text($0.name)), ("history", .list($0.epochs.map(\.json)))]) })
      ),
      ("left", .integer(left)),
    ])
  }

  var pictures: [any Picture] { [table] }

  var shown: [any Picture] { [table, curve] }

  var notes: [Line] { left == 0 ? [] : ["stopped; \(counted(left, "combination")) did not come to an end"] }

  /// The best first.
  private var ranked: [Result] {
    results.sorted { ($0.best?.monitored ?? .infinity) < ($1.best?.monitored ?? .infinity) }
  }

  private var table: Table {
    let names = results.first?.epochs.last?.figures.map(\.name) ?? []
    return Table(
      [.init("combination", leansRight: false), .init("seconds")] + names.map { .init($0) } + [.init("best epoch")],
      rows: ranked.map { result in
        let seconds = result.epochs.reduce(0) { $0 + $1.seconds }
        let figures = names.map { name in
          Line(result.epochs.last?.figures.first { $0.name == name }.map { figureText($0.value) } ?? "")
        }
        return [Line(result.name), Line(fixed(seconds, 2), isVolatile: true)] + figures
          + [Line(result.best.map { "\($0.number)" } ?? "")]
      })
  }

  private var curve: Curve {
    let shown = ranked.prefix(CompareAnswer.colours.count)
    let longest = shown.map(\.epochs.count).max() ?? 0
    let series = shown.enumerated().map { index, result in
      Curve.Series(
        result.name, isSecond: index % 2 == 1, Style(CompareAnswer.colours[index]),
        values: (0..<longest).map { $0 < result.epochs.count ? result.epochs[$0].monitored : nil })
    }
    return Curve(results.first?.epochs.last?.monitoredName ?? "loss", series, labels: Array(1...max(1, longest)))
  }
}
