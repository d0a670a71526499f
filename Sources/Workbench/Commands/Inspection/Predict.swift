import Datasets
import Engine
import Grammar
import Images
import Pictures

/// Says what the network takes examples, images or rows of one's own for.
struct Predict: Command {
  let subjects: [PredictSubject]

  static let form = Form<Predict>(
    "predict",
    "Says what the network takes test examples, images or rows of your own for, with the probability of each class.",
    .rest("index", PredictSubject.kind, "numbers of test examples, from 0, 0..99, test, train, image or CSV files"),
    examples: ["predict 0", "predict 3 1 4", "predict 0..9", "predict test > predictions.csv", "predict digit.png"],
    make: { Predict(subjects: $0) }, settings: { $0.subjects })

  static var givesTable: Bool { true }

  static var readsData: Bool { true }

  var inputs: [String] {
    subjects.compactMap { subject in
      switch subject {
      case .image(let path), .table(let path): path
      default: nil
      }
    }
  }

  static func canRun(on session: Session) -> Bool { session.isComplete }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let dataset = try draft.loaded()
    // Without a network no other subject would do either.
    _ = try draft.built()
    let hasImages = subjects.contains { if case .image = $0 { true } else { false } }
    let familiarity = hasImages ? Doubt.familiarity(of: dataset) : nil
    var rows: [PredictAnswer.Row] = []
    var notes: [Line] = []
    for subject in subjects {
      switch subject {
      case .examples(let range): rows += try examples(range, .test, draft, host)
      case .split(let split):
        let all = split == .test ? dataset.test : dataset.train
        let some = try examples(0...max(0, all.count - 1), split, draft, host)
        rows += some
        notes += neverPredicted(some, dataset)
      case .image(let name): rows.append(try image(name, draft, familiarity, host))
      case .table(let name):
        let (some, told) = try table(name, draft, host)
        rows += some
        notes += told
      }
    }
    return PredictAnswer(dataset: dataset, rows: rows, notes: notes + partsNote)
  }

  /// What to say where examples of both parts go by the same numbers.
  private var partsNote: [Line] {
    let parts = subjects.compactMap { if case .split(let split) = $0 { split.rawValue } else { nil } }
    return Set(parts).count < 2 ? [] : ["examples are numbered within their part: \(parts.joined(separator: ", then "))"]
  }

  /// Classes that no example of a whole set is taken for.
  private func neverPredicted(_ rows: [PredictAnswer.Row], _ dataset: Dataset) -> [Line] {
    guard dataset.targets.isClasses else { return [] }
    let seen = Set(rows.compactMap(\.predicted))
    let never = dataset.classes.indices.filter { !seen.contains($0) }.map { dataset.classes[$0] }
    return never.isEmpty ? [] : ["no example is taken for \(never.prefix(20).joined(separator: ", "))"]
  }

  private func examples(
    _ range: ClosedRange<Int>, _ split: Split, _ session: Session, _ host: Host
  ) throws(Refusal) -> [PredictAnswer.Row] {
    let dataset = try session.loaded()
    let examples = split == .test ? dataset.test : dataset.train
    guard range.upperBound < examples.count else { throw .noExample(range.upperBound, split, examples.count) }
    let predictions = try Predictions(session, split, rows: Range(range), host)
    let isPictured = range.count == 1 && examples.isPictured
    return range.map { index in
      var row = PredictAnswer.Row(.examples(index...index), predictions, index, isTrueKnown: true)
      if isPictured { row.tiles = [examples.tile(index, [Line("\(split.rawValue) #\(index)", .dim)])] }
      return row
    }
  }

  /// Rows of a CSV file, prepared as those that the network was trained with.
  private func table(_ name: String, _ session: Session, _ host: Host) throws(Refusal) -> (
    [PredictAnswer.Row], [Line]
  ) {
    let dataset = try session.loaded()
    guard let preparation = dataset.rows else { throw .noTable(dataset, name) }
    let prepared = try preparation.examples(of: try host.path(name), observer: host.loadObserver)
    let predictions = try Predictions(session, prepared.examples, host)
    let rows = predictions.rows.map {
      let row = prepared.rows[$0]
      return PredictAnswer.Row(.examples(row...row), predictions, $0, isTrueKnown: prepared.isLabelled)
    }
    return (rows, prepared.notes.map { Line($0) })
  }

  private func image(
    _ name: String, _ session: Session, _ familiarity: Familiarity?, _ host: Host
  ) throws(Refusal) -> PredictAnswer.Row {
    let dataset = try session.loaded()
    let shape = dataset.shape
    guard dataset.targets.isClasses, dataset.train.pixels != nil,
      dataset.preparation != nil || shape.rank >= 2 && shape.count == shape[0] * shape[1]
    else { throw .noImages(shape) }
    let path = try host.path(name)
    let bytes = try host.read(path, limit: Predict.largest, as: .png, .jpeg, what: "PNG and no JPEG picture")
    let prepared: PreparedImage
    do throws(Unreadable) { prepared = try PreparedImage(bytes, as: dataset) } catch {
      throw Refusal("\(path): \(error.message)")
    }
    let predictions = try Predictions(session, Bytes(prepared.bytes), host)
    var row = PredictAnswer.Row(.image(name), predictions, 0, isTrueKnown: false)
    row.tiles = prepared.steps.map {
      TileGrid.Tile(
        [Line($0.name, .bold)], note: Line("\($0.height)×\($0.width)", .dim), pixels: $0.pixels[...], width: $0.width,
        height: $0.height)
    }
    if row.tiles.isEmpty { row.tiles = [predictions.examples.tile(0, [Line("as the network gets it", .bold)])] }
    row.notes = (prepared.notes + Doubt.notes(prepared, predictions.probabilities(0), familiarity)).map {
      "\(volatile: path): \($0)"
    }
    return row
  }

  /// Larger files are no images of a digit.
  private static let largest = 64 << 20
}

extension Refusal {
  fileprivate static func noImages(_ shape: Shape) -> Refusal {
    Refusal(
      "the data set's examples are not grey images but \(shape), so an image cannot be prepared for it",
      hint: "predict 0")
  }
  fileprivate static func noTable(_ dataset: Dataset, _ name: String) -> Refusal {
    Refusal(
      "\(dataset.name) did not come from a CSV file, so the rows of \(name) cannot be prepared for it",
      hint: "predict test")
  }
}
