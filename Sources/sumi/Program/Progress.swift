import Datasets
import Engine
import Pictures
import Workbench

/// Shows how a `fit` goes: on a terminal a bar for each epoch, elsewhere a line for each.
final class Progress: RunObserver {
  /// Seconds between two drawings of the bar.
  private static let pause = 0.05
  /// Cells of the bar, where there is room.
  private static let length = 20

  private let screen: Screen
  private let now: () -> Double
  private var drawn = -Double.infinity
  /// When the run began whose first batch was seen, when that batch ended, and how many were still to come then.
  private var start: (run: Double, time: Double, left: Int)?
  /// When the first batch that was seen of this epoch ended, and which it was.
  private var epoch: (number: Int, time: Double, batch: Int)?

  init(_ screen: Screen, now: @escaping () -> Double) {
    self.screen = screen
    self.now = now
  }

  /// Each run has a clock of its own.
  func willRun(_ statement: Statement, _ session: Session) { (start, epoch) = (nil, nil) }

  func progress(_ progress: Training.Progress) {
    let time = now()
    let left = (progress.lastEpoch - progress.epoch + 1) * progress.batches - progress.batch
    if start?.run != progress.started { (start, epoch, drawn) = ((progress.started, time, left), nil, -.infinity) }
    if epoch?.number != progress.epoch { epoch = (progress.epoch, time, progress.batch) }
    if let epoch = progress.finished {
      finish(epoch, of: progress)
    } else if screen.canRedraw, time - drawn >= Progress.pause {
      drawn = time
      screen.redraw(line(progress, left: left, time: time))
    }
  }

  func download(_ event: DownloadEvent) {
    switch event {
    case .begins(let text), .note(let text), .ends(let text):
      if screen.canRedraw { screen.settle([text]) } else { screen.message(text) }
    case .runs(let progress):
      let time = now()
      guard screen.canRedraw, time - drawn >= Progress.pause else { return }
      drawn = time
      screen.redraw(line(progress))
    }
  }

  /// `imdb.npz ━━━━━───── 8.1 of 17.5 MB  2.3 MB/s  ETA 4.1 s`
  private func line(_ progress: DownloadProgress) -> String {
    func megabytes(_ bytes: Double) -> String { fixed(bytes / 1e6, 1) }
    let share = progress.total.map { Double(progress.done) / Double(max(1, $0)) }
    let size = progress.total.map { "\(megabytes(Double(progress.done))) of \(megabytes(Double($0))) MB" }
      ?? "\(megabytes(Double(progress.done))) MB"
    let rate = progress.rate.map { "  \(megabytes($0)) MB/s" } ?? ""
    let eta = progress.secondsLeft.map { "  ETA \(duration($0))" } ?? ""
    let text = "\(size)\(rate)\(eta)"
    let room = screen.messageColumns - progress.file.columns - text.columns - 3
    guard let share, room >= 8 else { return "\(progress.file) \(text)" }
    return "\(progress.file) \(Progress.bar(share, length: min(Progress.length, room))) \(text)"
  }

  /// `epoch 3/10 ━━━━━───── 234/469  5.1 ms/step  ETA 12 s  loss 0.1234  accuracy 0.9612`
  private func line(_ progress: Training.Progress, left: Int, time: Double) -> String {
    let share = Double(progress.batch) / Double(max(1, progress.batches))
    let steps = "\(progress.batch)/\(progress.batches)"
    let figures = Progress.text(progress.score.figures)
    return fitted(progress, share: share, [steps, eta(left, time), pace(progress, time), figures])
  }

  private func finish(_ epoch: Epoch, of progress: Training.Progress) {
    let pace = Progress.pace(epoch.seconds / Double(max(1, epoch.batches)))
    let figures = Progress.text(epoch.figures)
    guard screen.canRedraw else {
      let pad = String(repeating: " ", count: slack(progress))
      return screen.message("\(name(progress))\(pad)  \(duration(epoch.seconds))  \(figures)")
    }
    let share = Double(epoch.batches) / Double(max(1, progress.batches))
    func line(_ figures: String) -> String {
      fitted(progress, share: share, [duration(epoch.seconds), "", pace, figures])
    }
    let whole = line(figures)
    if whole.columns < screen.messageColumns || epoch.validation == nil { return screen.settle([whole]) }
    let validation = epoch.figures.dropFirst(epoch.training.figures.count)
    screen.settle([line(Progress.text(epoch.training.figures)), "  " + Progress.text(Array(validation))])
  }

  private func name(_ progress: Training.Progress) -> String { "epoch \(progress.epoch)/\(progress.lastEpoch)" }

  /// Cells that the longest name has more than this one, so that the columns below each other stay where they are.
  private func slack(_ progress: Training.Progress) -> Int {
    max(0, "\(progress.lastEpoch)".count - "\(progress.epoch)".count)
  }

  /// The name, a bar and the parts; first the pace, then the bar gives way where the row is too short.
  private func fitted(_ progress: Training.Progress, share: Double, _ parts: [String]) -> String {
    let (name, slack) = (name(progress), slack(progress))
    for parts in [parts, [parts[0], parts[1], parts[3]], [parts[1], parts[3]]] {
      let text = parts.filter { !$0.isEmpty }.joined(separator: "  ")
      let room = screen.messageColumns - 1 - name.count - text.columns - 2
      if room >= 8 { return "\(name) \(Progress.bar(share, length: min(Progress.length + slack, room))) \(text)" }
    }
    return "\(name) \(Progress.bar(share, length: 8)) " + parts.filter { !$0.isEmpty }.joined(separator: "  ")
  }

  private static func bar(_ share: Double, length: Int) -> String {
    let filled = (0...length).clamping(share * Double(length), .down)
    return String(repeating: "━", count: filled) + String(repeating: "─", count: length - filled)
  }

  /// The time that the rest of the whole run will take.
  private func eta(_ left: Int, _ time: Double) -> String {
    guard let start, start.left > left else { return "" }
    return "ETA \(duration((time - start.time) / Double(start.left - left) * Double(left)))"
  }

  private func pace(_ progress: Training.Progress, _ time: Double) -> String {
    guard let epoch, progress.batch > epoch.batch else { return "" }
    return Progress.pace((time - epoch.time) / Double(progress.batch - epoch.batch))
  }

  private static func pace(_ seconds: Double) -> String {
    if seconds < 0.0001 { return "\(fixed(seconds * 1e6, 0)) µs/step" }
    return seconds < 0.9995 ? "\(fixed(seconds * 1000, seconds < 0.01 ? 1 : 0)) ms/step" : "\(duration(seconds))/step"
  }

  private static func text(_ figures: [Figure]) -> String {
    figures.map { "\($0.name) \(fixed($0.value, 4))" }.joined(separator: "  ")
  }
}
