import Engine
import Grammar
import Images
import Pictures

/// Classifies test examples, or images of one's own.
struct Predict: Command {
  /// What is to be classified.
  enum Subject: Equatable, Sendable {
    case example(Int)
    case file(String)

    /// Endings of files that can be read.
    private static let endings = [".png", ".jpg", ".jpeg"]

    static let kind = ArgumentType<Subject>(
      expected: "a whole number, 0 or more, or a file ending in .png or .jpg",
      read: { (word) throws(Misread) -> Subject in
        if let index = Int(word.plain), index >= 0 { return .example(index) }
        guard endings.contains(where: { word.text.lowercased().hasSuffix($0) }) else {
          throw Misread(
            "expected a whole number, 0 or more, or a file ending in .png or .jpg, not \"\(word.text)\"", at: word.span)
        }
        return .file(word.text)
      },
      write: { subject in
        switch subject {
        case .example(let index): String(index)
        case .file(let path): ArgumentType<String>.text("a file").text(of: path)
        }
      })
  }

  let subjects: [Subject]

  static let form = Form<Predict>(
    "predict", "Classifies test examples or your own images: the class, and the probability of each.",
    .rest("index", Subject.kind, "numbers of test examples, from 0, or image files"),
    examples: ["predict 0", "predict 3 1 4", "predict digit.png"], make: { Predict(subjects: $0) },
    settings: { $0.subjects })

  static var givesTable: Bool { true }

  var inputs: [String] {
    subjects.compactMap { subject in
      if case .file(let path) = subject { path } else { nil }
    }
  }

  static func canRun(on session: Session) -> Bool { session.isComplete }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let hasFiles = subjects.contains { if case .file = $0 { true } else { false } }
    let familiarity = hasFiles ? Doubt.familiarity(of: try draft.loaded()) : nil
    var rows: [PredictAnswer.Row] = []
    for subject in subjects {
      switch subject {
      case .example(let index): rows.append(try example(index, draft, host))
      case .file(let path): rows.append(try file(path, draft, familiarity, host))
      }
    }
    return PredictAnswer(classes: try draft.loaded().classes, rows: rows)
  }

  private func example(_ index: Int, _ session: Session, _ host: Host) throws(Refusal) -> PredictAnswer.Row {
    let test = try session.loaded().test
    _ = try test.requireClasses()
    guard index < test.count else { throw .noExample(index, .test, test.count) }
    let predictions = try Predictions(session, .test, rows: index..<index + 1, host)
    let tile = test.tile(index, [Line("test #\(index)", .dim)])
    return PredictAnswer.Row(
      subject: .example(index), label: test.labels[index], predicted: predictions.predicted(index),
      probabilities: predictions.probabilities(index), tiles: [tile], notes: [])
  }

  private func file(
    _ name: String, _ session: Session, _ familiarity: Familiarity?, _ host: Host
  ) throws(Refusal) -> PredictAnswer.Row {
    let shape = try session.loaded().shape
    guard shape.rank >= 2, shape.count == shape[0] * shape[1] else { throw .noImages(shape) }
    let path = try host.path(name)
    let bytes = try host.read(path, limit: Predict.largest, as: .png, .jpeg, what: "PNG and no JPEG picture")
    let (photo, prepared): (Photo, Preparation)
    do throws(Unreadable) {
      photo = try Photo(bytes)
      prepared = try Preparation(photo, height: shape[0], width: shape[1])
    } catch { throw Refusal("\(path): \(error.message)") }
    let predictions = try Predictions(session, Bytes(prepared.bytes), host)
    let tiles = prepared.steps.map {
      TileGrid.Tile(
        [Line($0.name, .bold)], note: Line("\($0.height)×\($0.width)", .dim), pixels: $0.pixels[...], width: $0.width,
        height: $0.height)
    }
    return PredictAnswer.Row(
      subject: .file(name), label: nil, predicted: predictions.predicted(0),
      probabilities: predictions.probabilities(0), tiles: tiles,
      notes: (photo.notes + Doubt.notes(prepared, predictions.probabilities(0), familiarity)).map { "\(volatile: path): \($0)" })
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
}
