import Datasets
import Pictures
import Workbench

/// The row that shows how a download goes, as wide as there is room.
struct DownloadBar {
  /// Columns that the row may take.
  let columns: Int
  let progress: DownloadProgress

  /// `imdb.npz ━━━━━───── 8.1 of 17.5 MB  2.3 MB/s  ETA 4.1 s`
  var line: String {
    let text = size + rate + eta
    let room = columns - progress.file.columns - text.columns - 3
    guard let total = progress.total, room >= 8 else { return "\(progress.file) \(text)" }
    let share = Double(progress.done) / Double(max(1, total))
    return "\(progress.file) \(ProgressBar.text(share, length: min(ProgressBar.length, room))) \(text)"
  }

  private var size: String {
    let done = megabytes(Double(progress.done))
    return progress.total.map { "\(done) of \(megabytes(Double($0))) MB" } ?? "\(done) MB"
  }

  private var rate: String { progress.rate.map { "  \(megabytes($0)) MB/s" } ?? "" }

  private var eta: String { progress.secondsLeft.map { "  ETA \(duration($0))" } ?? "" }

  private func megabytes(_ bytes: Double) -> String { fixed(bytes / 1e6, 1) }
}
