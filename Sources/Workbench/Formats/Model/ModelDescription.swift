import Engine

/// What a model's file says of the model besides its numbers: no code, no paths, no settings of a person.
///
/// Layers and what `compile` chose stand there as they are typed, so what can be read is what can be typed: a closed
/// list. Numbers of 64 bits are texts, as readers of JSON round them otherwise.
struct ModelDescription: Codable {
  /// The version that this program writes, and the latest that it reads.
  static let latest = 1

  var version = ModelDescription.latest
  /// The shape of one example of the data.
  var input: [Int]
  /// `dense 512 relu`, in order.
  var layers: [String]
  /// The data set that it was built for.
  var data: Data
  /// `compile adam lr=0.01`; nil for a network without an optimizer.
  var compile: String?
  /// Updates that the optimizer has made.
  var steps: Int
  var seed: String
  var isSeedDrawn: Bool
  /// Where the random generator stands.
  var random: String
  var history: [EpochRecord]
  /// A run of training that is not over; nil where none is.
  var run: RunRecord?

  struct Data: Codable, Equatable, Sendable {
    var name: String
    /// Its classes; nil where it has values.
    var classes: [String]?
    /// Values for each example; nil where it has classes.
    var values: Int?
    /// What the numbers of an example are called, in order; nil where they have no names.
    var columns: [String]?
    /// The column of a person's table that says what each row is.
    var label: String?
    /// The line that loaded it.
    var load: String?
    /// Of its examples, in hexadecimal digits.
    var sha256: String?
    /// Whether the name is that of a foreign model's file, which does not tell what its data were called.
    var isForeign: Bool?
  }

  /// A number as its shortest text that reads back as itself.
  struct Exact: Codable, Equatable, Sendable {
    let value: Double

    init(_ value: Double) { self.value = value }

    init(from decoder: any Decoder) throws {
      let text = try String(from: decoder)
      guard let value = Double(text) else {
        throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "no number: \(text)"))
      }
      self.value = value
    }

    func encode(to encoder: any Encoder) throws { try "\(value)".encode(to: encoder) }
  }

  struct ScoreRecord: Codable, Equatable {
    let loss: Exact
    let names: [String]
    let values: [Exact]
    let count: Int

    init(_ score: Score) {
      loss = Exact(score.loss)
      (names, values) = (score.metrics.map(\.name), score.metrics.map { Exact($0.value) })
      count = score.count
    }

    var score: Score {
      Score(loss: loss.value, metrics: zip(names, values).map { Figure($0, $1.value) }, count: count)
    }
  }

  struct EpochRecord: Codable {
    let number: Int
    let training: ScoreRecord
    let validation: ScoreRecord?
    let learningRate: Exact
    let seconds: Exact
    let batches: Int

    init(_ epoch: Epoch) {
      (number, batches) = (epoch.number, epoch.batches)
      (training, validation) = (ScoreRecord(epoch.training), epoch.validation.map(ScoreRecord.init))
      (learningRate, seconds) = (Exact(epoch.learningRate), Exact(epoch.seconds))
    }

    var epoch: Epoch {
      Epoch(
        number: number, training: training.score, validation: validation?.score, learningRate: learningRate.value,
        seconds: seconds.value, batches: batches)
    }
  }

  /// Where a run of training stands; its rows are an array of the file, the weights of its best epoch others.
  struct RunRecord: Codable {
    /// The line that began it: `fit 10 128`.
    let line: String
    let epoch: Int
    let batch: Int
    let count: Int
    let epochs: [EpochRecord]
    let running: [[Exact]]
    let seconds: Exact
    let bestEpoch: Int?
    let bestLoss: Exact
    let waited: Int
    let hasBest: Bool

    init(_ state: Checkpoint, line: String) {
      self.line = line
      (epoch, batch, count) = (state.epoch, state.batch, state.count)
      epochs = state.epochs.map(EpochRecord.init)
      running = state.running.sums.map { $0.map(Exact.init) }
      seconds = Exact(state.seconds)
      (bestEpoch, bestLoss, waited) = (state.best.epoch, Exact(state.best.loss), state.best.waited)
      hasBest = state.best.values != nil
    }
  }
}
