import Datasets
import Engine
import Grammar
import Pictures

/// Shows what a network with two inputs takes every place of the plane for; with one input, the curve that it has
/// learnt.
struct ShowBoundary: Command {
  let split: Split

  static let form = Form<ShowBoundary>(
    "show boundary",
    "Shows the decision regions of a network with two inputs, or the curve of one with a single input.",
    Parameter("split", Split.kind, default: .train, "whose points are drawn"),
    examples: ["show boundary"], make: { ShowBoundary(split: $0) }, settings: { $0.split })

  static func canRun(on session: Session) -> Bool {
    session.isComplete && session.dataset.map { ShowBoundary.isPlane($0) || ShowBoundary.isCurve($0) } == true
  }

  private static func isPlane(_ dataset: Dataset) -> Bool { dataset.shape == [2] && dataset.targets.isClasses }

  private static func isCurve(_ dataset: Dataset) -> Bool { dataset.shape == [1] && dataset.targets == .values(1) }

  /// Places across and down, or along.
  private static let (columns, rows, steps) = (120, 96, 400)
  /// Points that are drawn at most; more would hide what is behind them.
  private static let most = 400

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let dataset = try draft.loaded()
    guard ShowBoundary.isPlane(dataset) || ShowBoundary.isCurve(dataset) else { throw .noPlane(dataset) }
    _ = try draft.built()
    let examples = split == .test ? dataset.test : dataset.train
    // A choice at random, the same every time: every second point might be of one class.
    var random = Random(seed: 1)
    let chosen = Array(0..<examples.count).shuffled(using: &random).prefix(ShowBoundary.most).sorted()
    let points = chosen.map { ($0, examples.numbers(of: $0).map(Double.init)) }
    return ShowBoundary.isPlane(dataset)
      ? try plane(draft, dataset, examples, points, host) : try curve(draft, dataset, examples, points, host)
  }

  private func plane(
    _ session: Session, _ dataset: Dataset, _ examples: Examples, _ points: [(row: Int, at: [Double])], _ host: Host
  ) throws(Refusal) -> Output {
    let (x, y) = (ShowBoundary.range(points.map { $0.at[0] }), ShowBoundary.range(points.map { $0.at[1] }))
    let (columns, rows) = (ShowBoundary.columns, ShowBoundary.rows)
    let grid = ShowBoundary.grid(x, y, columns: columns, rows: rows)
    let places = try ShowBoundary.predictions(session, dataset, grid, host)
    let share = 1 / Float(dataset.classes.count)
    let regions = Scatter.Regions(
      x: x, y: y, columns: columns, rows: rows,
      places: places.rows.map { row in
        let group = places.predicted(row)
        return (group, Double(max(0, (places.probabilities(row)[group] - share) / (1 - share))))
      })
    let labels = examples.labels
    let groups = zip(dataset.classes, ClassMarks.of(dataset.classes)).enumerated().map { index, group in
      Scatter.Group(
        group.0, mark: group.1, Scatter.style(index),
        points: points.filter { labels[$0.row] == index }.map { ($0.at[0], $0.at[1]) })
    }
    let names = dataset.columns.count == 2 ? (dataset.columns[0], dataset.columns[1]) : ("x", "y")
    let counts = dataset.classes.indices.map { index in places.rows.count { places.predicted($0) == index } }
    return Output(
      scatter: Scatter("\(dataset.name): what each place is taken for", axes: names, groups, regions: regions),
      json: .object([
        ("x", ShowBoundary.json(x)), ("y", ShowBoundary.json(y)), ("columns", .integer(columns)),
        ("rows", .integer(rows)),
        ("labels", .list(dataset.classes.map(JSON.text))),
        ("areas", .list(counts.map { JSON.number(Double($0) / Double(columns * rows)) })),
      ]))
  }

  private func curve(
    _ session: Session, _ dataset: Dataset, _ examples: Examples, _ points: [(row: Int, at: [Double])], _ host: Host
  ) throws(Refusal) -> Output {
    let x = ShowBoundary.range(points.map { $0.at[0] })
    let steps = ShowBoundary.steps
    let places = (0..<steps).map {
      Float(x.lowerBound + (x.upperBound - x.lowerBound) * Double($0) / Double(steps - 1))
    }
    let predictions = try ShowBoundary.predictions(session, dataset, places, host)
    let line = predictions.rows.map { (x: Double(places[$0]), y: Double(predictions.outputs($0).first ?? 0)) }
    let values = examples.targets.numbers
    let group = Scatter.Group(
      split.rawValue, mark: "•", .dim, points: points.map { ($0.at[0], Double(values[$0.row])) })
    return Output(
      scatter: Scatter(
        "\(dataset.name): the curve that was learnt", axes: (dataset.columns.first ?? "x", dataset.target ?? "value"),
        [group],
        path: .init("predicted", Style(.red), points: line)),
      json: .object([
        ("x", .list(line.map { JSON.number($0.x) })), ("predicted", .list(line.map { JSON.number($0.y) })),
      ]))
  }

  private static func json(_ range: ClosedRange<Double>) -> JSON {
    .list([.number(range.lowerBound), .number(range.upperBound)])
  }

  /// The middles of all places, `[rows, columns, 2]`, from above.
  private static func grid(_ x: ClosedRange<Double>, _ y: ClosedRange<Double>, columns: Int, rows: Int) -> [Float] {
    let (stepX, stepY) = ((x.upperBound - x.lowerBound) / Double(columns), (y.upperBound - y.lowerBound) / Double(rows))
    var grid: [Float] = []
    for row in 0..<rows {
      for column in 0..<columns {
        grid.append(Float(x.lowerBound + stepX * (Double(column) + 0.5)))
        grid.append(Float(y.upperBound - stepY * (Double(row) + 0.5)))
      }
    }
    return grid
  }

  /// What the network says of places that are no examples.
  private static func predictions(
    _ session: Session, _ dataset: Dataset, _ numbers: [Float], _ host: Host
  ) throws(Refusal) -> Predictions {
    let count = numbers.count / dataset.shape.count
    let targets: Targets =
      dataset.targets.isClasses
      ? .classes([Int](repeating: 0, count: count), count: dataset.classes.count)
      : .values([Float](repeating: 0, count: count), width: 1)
    return try Predictions(
      session, Examples(shape: dataset.shape, features: .floats(Floats(numbers)), targets: targets), host)
  }

  /// What the points cover, and a little more.
  private static func range(_ values: [Double]) -> ClosedRange<Double> {
    let finite = values.filter(\.isFinite)
    guard let minimum = finite.min(), let maximum = finite.max() else { return 0...1 }
    // Of a single place, what is around it.
    let margin = maximum > minimum ? (maximum - minimum) * 0.08 : maximum == 0 ? 1 : abs(maximum) * 1e-3
    return minimum - margin...maximum + margin
  }

  private struct Output: Answer {
    let scatter: Scatter
    let json: JSON
    var byteCount: Int { 24 * ShowBoundary.columns * ShowBoundary.rows }
    var pictures: [any Picture] { [scatter] }
  }
}

extension Refusal {
  fileprivate static func noPlane(_ dataset: Dataset) -> Refusal {
    Refusal(
      "only two inputs with classes, or one with a value, can be drawn in the plane, and \(dataset.name) has "
        + dataset.facts,
      hint: "help show boundary")
  }
}
