import Engine
import Pictures
import Workbench

/// The row that shows how a `fit` goes, as wide as there is room.
struct FitBar {
  /// Columns that the row may take.
  let columns: Int
  let progress: Training.Progress
  /// Seconds that a batch takes; nil before one was seen whole.
  let pace: Double?
  /// Seconds that the rest of the run will take; nil before that can be told.
  let remaining: Double?

  /// `epoch 3/10 ━━━━━───── 234/469  ETA 12 s  5.1 ms/step  loss 0.1234  accuracy 0.9612`
  var line: String {
    fitted(
      share: Double(progress.batch) / Double(max(1, progress.batches)),
      [
        "\(progress.batch)/\(progress.batches)", remaining.map { "ETA \(duration($0))" } ?? "",
        pace.map(FitBar.text) ?? "", FitBar.text(progress.score.figures),
      ])
  }

  /// The rows of an epoch that is over; two where its validation does not fit into one.
  func lines(of epoch: Epoch) -> [String] {
    let whole = line(of: epoch, FitBar.text(epoch.figures))
    if whole.columns < columns || epoch.validation == nil { return [whole] }
    let validation = epoch.figures.dropFirst(epoch.training.figures.count)
    return [line(of: epoch, FitBar.text(epoch.training.figures)), "  " + FitBar.text(Array(validation))]
  }

  private func line(of epoch: Epoch, _ figures: String) -> String {
    fitted(
      share: Double(epoch.batches) / Double(max(1, progress.batches)),
      [duration(epoch.seconds), "", FitBar.text(epoch.seconds / Double(max(1, epoch.batches))), figures])
  }

  /// The row of an epoch where nothing is drawn over.
  func plainLine(of epoch: Epoch) -> String {
    "\(name)\(String(repeating: " ", count: slack))  \(duration(epoch.seconds))  \(FitBar.text(epoch.figures))"
  }

  private var name: String { "epoch \(progress.epoch)/\(progress.lastEpoch)" }

  /// Cells that the longest name has more than this one, so that the columns below each other stay where they are.
  private var slack: Int { max(0, "\(progress.lastEpoch)".count - "\(progress.epoch)".count) }

  /// The name, a bar and the parts; first the pace, then the bar gives way where the row is too short.
  private func fitted(share: Double, _ parts: [String]) -> String {
    for parts in [parts, [parts[0], parts[1], parts[3]], [parts[1], parts[3]]] {
      let text = parts.filter { !$0.isEmpty }.joined(separator: "  ")
      let room = columns - 1 - name.count - text.columns - 2
      if room >= 8 {
        return "\(name) \(ProgressBar.text(share, length: min(ProgressBar.length + slack, room))) \(text)"
      }
    }
    return "\(name) \(ProgressBar.text(share, length: 8)) \(parts[3])"
  }

  /// Seconds a batch.
  private static func text(_ seconds: Double) -> String {
    if seconds < 0.0001 { return "\(fixed(seconds * 1e6, 0)) µs/step" }
    return seconds < 0.9995 ? "\(fixed(seconds * 1000, seconds < 0.01 ? 1 : 0)) ms/step" : "\(duration(seconds))/step"
  }

  private static func text(_ figures: [Figure]) -> String {
    figures.map { "\($0.name) \(figureText($0.value))" }.joined(separator: "  ")
  }
}
