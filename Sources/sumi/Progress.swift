import Engine
import Workbench

/// Shows how a `fit` goes: on a terminal a bar for each epoch, elsewhere a line for each.
final class Progress {
  /// Seconds between two drawings of the bar.
  private static let pause = 0.05
  /// Cells of the bar.
  private static let length = 20

  private let screen: Screen
  private let now: () -> Double
  private var drawn = -Double.infinity
  /// When the first batch of the run ended, and how many batches were still to come then.
  private var start: (time: Double, left: Int)?

  init(_ screen: Screen, now: @escaping () -> Double) {
    self.screen = screen
    self.now = now
  }

  func show(_ progress: Training.Progress) {
    let left = (progress.lastEpoch - progress.epoch + 1) * progress.batches - progress.batch
    let time = now()
    let start = self.start ?? (time, left)
    self.start = start
    if let epoch = progress.finished {
      let number = "epoch \(epoch.number)/\(progress.lastEpoch)"
      write("\(number)  \(duration(epoch.seconds))  \(text(epoch.figures))", isLast: true)
    } else if screen.canRedraw, time - drawn >= Progress.pause {
      drawn = time
      let done = start.left - left
      let rest = done > 0 ? "ETA \(duration((time - start.time) / Double(done) * Double(left)))  " : ""
      write("\(bar(progress)) \(rest)\(text(progress.score.figures))", isLast: false)
    }
  }

  private func bar(_ progress: Training.Progress) -> String {
    let filled = Progress.length * progress.batch / max(1, progress.batches)
    return "epoch \(progress.epoch)/\(progress.lastEpoch) " + String(repeating: "━", count: filled)
      + String(repeating: "─", count: Progress.length - filled) + " \(progress.batch)/\(progress.batches)"
  }

  private func text(_ figures: [Figure]) -> String {
    figures.map { "\($0.name) \(fixed($0.value, 4))" }.joined(separator: "  ")
  }

  private func write(_ text: String, isLast: Bool) {
    if screen.canRedraw { screen.redraw(text, isLast: isLast) } else { screen.message(text) }
  }
}
