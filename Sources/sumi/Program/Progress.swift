import Datasets
import Engine
import Workbench

/// Shows how a `fit` goes: on a terminal a bar for each epoch, elsewhere a line for each.
final class Progress: RunObserver {
  /// Seconds between two drawings of the bar.
  private static let pause = 0.05
  /// Seconds before a bar appears for what may be read soon.
  private static let patience = 0.5

  private let screen: Screen
  private let now: () -> Double
  private var drawn = -Double.infinity
  private var pace = Pace()
  /// Whether the row that is drawn over is that of something read.
  private var isReading = false

  /// What is known of the time that batches take.
  struct Pace {
    /// When the run began whose first batch was seen, when that batch ended, and how many were still to come then.
    private var start: (run: Double, time: Double, left: Int)?
    /// When the first batch that was seen of this epoch ended, and which it was.
    private var epoch: (number: Int, time: Double, batch: Int)?

    /// Takes in a batch; whether it is the first of a run.
    mutating func take(_ progress: Training.Progress, at time: Double) -> Bool {
      let isNew = start?.run != progress.started
      if isNew { (start, epoch) = ((progress.started, time, progress.left), nil) }
      if epoch?.number != progress.epoch { epoch = (progress.epoch, time, progress.batch) }
      return isNew
    }

    /// Seconds that a batch of this epoch takes; nil before two were seen.
    func batch(_ progress: Training.Progress, at time: Double) -> Double? {
      guard let epoch, progress.batch > epoch.batch else { return nil }
      return (time - epoch.time) / Double(progress.batch - epoch.batch)
    }

    /// Seconds that the rest of the whole run will take; nil before two batches were seen.
    func remaining(_ progress: Training.Progress, at time: Double) -> Double? {
      guard let start, start.left > progress.left else { return nil }
      return (time - start.time) / Double(start.left - progress.left) * Double(progress.left)
    }
  }

  init(_ screen: Screen, now: @escaping () -> Double) {
    self.screen = screen
    self.now = now
  }

  /// Each run has a clock of its own.
  func willRun(_ statement: Statement, _ session: Session) { pace = Pace() }

  /// A `fit` that was stopped or refused leaves its bar as it was, and what is said of it stands below; how far
  /// something was read says nothing afterwards.
  func didRun(_ outcome: Outcome, _ session: Session) {
    if isReading { screen.clearRow() }
    isReading = false
    screen.leaveRow()
  }

  func progress(_ progress: Training.Progress) {
    let time = now()
    if pace.take(progress, at: time) { drawn = -.infinity }
    let bar = FitBar(
      columns: screen.messageColumns, progress: progress, pace: pace.batch(progress, at: time),
      remaining: pace.remaining(progress, at: time))
    if let epoch = progress.finished {
      if screen.canRedraw { screen.settle(bar.lines(of: epoch)) } else { screen.message(bar.plainLine(of: epoch)) }
    } else if screen.canRedraw, time - drawn >= Progress.pause {
      drawn = time
      screen.redraw(bar.line)
    }
  }

  func load(_ event: LoadEvent) {
    switch event {
    case .begins(let text), .note(let text), .ends(let text):
      if screen.canRedraw { screen.settle([text]) } else { screen.message(text) }
    case .downloads(let progress): draw(LoadBar(columns: screen.messageColumns, progress))
    case .reads(let progress) where progress.seconds >= Progress.patience:
      isReading = true
      draw(LoadBar(columns: screen.messageColumns, progress))
    case .reads: break
    }
  }

  private func draw(_ bar: LoadBar) {
    let time = now()
    guard screen.canRedraw, time - drawn >= Progress.pause else { return }
    drawn = time
    screen.redraw(bar.line)
  }
}

extension Training.Progress {
  /// Batches of the whole run that are still to come.
  var left: Int { (lastEpoch - epoch + 1) * batches - batch }
}
