import Engine
import Pictures

/// What came of training several combinations.
struct CompareAnswer: Answer {
  struct Result: Sendable {
    let name: String
    let loss: String
    let epochs: SharedList<Epoch>

    var best: Epoch? { Array(epochs.comparable).min { $0.monitored < $1.monitored } }
  }

  let results: [Result]
  /// Combinations that were not trained to their end.
  let left: Int

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

  var shown: [any Picture] { [table] + curves }

  var notes: [Line] {
    let order =
      losses.count == 1
      ? nil : shared?.reason ?? "they go by losses of several kinds, which say nothing beside each other"
    return (left == 0 ? [] : ["stopped; \(counted(left, "combination")) did not come to an end"])
      + (order.map { [Line($0)] } ?? [])
  }

  /// The kinds of losses, in the order in which they come first.
  private var losses: [String] {
    results.reduce(into: []) { kinds, result in if !kinds.contains(result.loss) { kinds.append(result.loss) } }
  }

  /// What they are ranked by where their losses say nothing beside each other.
  private var shared: SharedMetric? {
    SharedMetric(results.map { $0.epochs.last?.figures ?? [] }, takesErrors: true)
  }

  /// The best first: by what is monitored where that is of one kind, else by a metric that all of them tell.
  private var ranked: [Result] {
    if losses.count == 1 { return ordered { $0.best?.monitored } }
    guard let shared else { return results }
    return ordered { result in
      let value = result.epochs.last?.figures.first { $0.name == shared.name }?.value
      return value.map { shared.isRising ? -$0 : $0 }
    }
  }

  /// Those that are equal stay as they are, and what is no number comes last.
  private func ordered(by key: (Result) -> Double?) -> [Result] {
    let keys = results.map { key($0).flatMap { $0.isNaN ? nil : $0 } ?? .infinity }
    return results.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }.map { results[$0] }
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
      },
      values: ranked.map { result in
        let figures = names.map { name in
          result.epochs.last?.figures.first { $0.name == name }.map { "\($0.value)" } ?? ""
        }
        return [result.name, "\(result.epochs.reduce(0) { $0 + $1.seconds })"] + figures
          + [result.best.map { "\($0.number)" } ?? ""]
      })
  }

  /// An axis for each kind of loss, with as many lines in all as can be told apart.
  private var curves: [any Picture] {
    let shown = Array(ranked.prefix(Curve.Strokes.allCases.count).enumerated())
    let name = results.first?.epochs.last?.monitoredName ?? "loss"
    return losses.compactMap { loss in
      let some = shown.filter { $0.element.loss == loss }
      guard let longest = some.map(\.element.epochs.count).max() else { return nil }
      let series = some.map { place, result in
        Curve.Series(
          result.name, strokes: .of(place), Curve.style(of: place),
          values: (0..<longest).map { $0 < result.epochs.count ? result.epochs[$0].monitored : nil })
      }
      return Curve(losses.count == 1 ? name : "\(name), \(loss)", series, labels: Array(1...max(1, longest)))
    }
  }
}
