import Datasets
import Engine
import Grammar

/// A fit as it stands in the ledger.
struct LedgerEntry: Equatable, Sendable {
  /// 0 until it is entered.
  var number = 0
  /// Seconds since 1970.
  var time = 0.0
  /// What led to it, by name: data, network, optimizer, loss, fit, seed, …
  let settings: [Setting]
  let epochs: Int
  let seconds: Double
  /// Of the last epoch.
  let figures: [Figure]
  /// What is monitored, and its value at the best epoch.
  let best: Figure
  /// What is monitored, epoch by epoch.
  let curve: [Double]
  /// The lines that give it again.
  let script: [String]

  struct Setting: Equatable, Sendable {
    let name: String
    let value: String
  }

  /// Names of the settings, in the order of the table.
  static let names = ["data", "hash", "network", "optimizer", "loss", "fit", "seed", "machine"]

  func setting(_ name: String) -> String { settings.first { $0.name == name }?.value ?? "" }
}

extension LedgerEntry {
  /// The fit that has just run in a session; nil where nothing was trained.
  init?(_ answer: FitAnswer, _ line: String, _ session: Session) {
    guard let last = answer.outcome.epochs.last, let dataset = session.dataset, let network = session.network,
      let trainer = session.trainer
    else { return nil }
    let epochs = answer.outcome.epochs
    let values: [String] = [
      dataset.name, dataset.fingerprint,
      network.layers.map { Layers.catalogue.line($0) ?? $0.name }.joined(separator: ", "),
      Optimizers.catalogue.line(trainer.optimizer) ?? trainer.optimizer.name, trainer.loss.name,
      String(line.onOneLine.drop { $0 != " " }.dropFirst()), "\(session.seed.number)",
      "\(Kernels.level.rawValue), \(counted(Threads.processors, "core"))",
    ]
    settings = zip(LedgerEntry.names, values).map(Setting.init)
    (self.epochs, figures) = (epochs.count, last.figures)
    seconds = epochs.reduce(0) { $0 + $1.seconds }
    let best = Array(epochs.comparable).min { $0.monitored < $1.monitored } ?? last
    self.best = Figure(best.monitoredName, best.monitored)
    curve = epochs.map(\.monitored)
    script = session.script
  }

  var json: JSON {
    .object(
      [("number", .integer(number)), ("time", .number(time))] + settings.map { ($0.name, .text($0.value)) }
        + [("epochs", .integer(epochs)), ("seconds", .number(seconds))] + figures.map { ($0.name, .number($0.value)) }
        + [("best_\(best.name)", .number(best.value))])
  }
}

extension Dataset {
  /// Tells data sets apart: a hash over the counts and 256 examples, as even as they lie (FNV-1a, 64 bits).
  var fingerprint: String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func mix(_ value: UInt64) { hash = (hash ^ value) &* 0x100_0000_01B3 }
    for examples in [train, test] {
      mix(UInt64(examples.count))
      let step = max(1, examples.count / 128)
      for row in stride(from: 0, to: examples.count, by: step) {
        for number in examples.numbers(of: row) { mix(UInt64(number.bitPattern)) }
        if row < examples.labels.count { mix(UInt64(examples.labels[row])) }
      }
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
