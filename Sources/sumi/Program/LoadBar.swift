import Datasets
import Pictures
import Workbench

/// The row that shows how a `load` goes, as wide as there is room.
struct LoadBar {
  /// Columns that the row may take.
  let columns: Int
  /// What is loaded, how much of it is there, 0 … 1, and that in words.
  private let name: String
  private let share: Double?
  private let text: String

  /// `imdb.npz ━━━━━───── 8.1 of 17.5 MB  2.3 MB/s  ETA 4.10 s`
  init(columns: Int, _ progress: DownloadProgress) {
    self.columns = columns
    name = progress.file
    share = progress.total.map { Double(progress.done) / Double(max(1, $0)) }
    let done = LoadBar.megabytes(Double(progress.done))
    let size = progress.total.map { "\(done) of \(LoadBar.megabytes(Double($0))) MB" } ?? "\(done) MB"
    let rate = progress.rate.map { "  \(LoadBar.megabytes($0)) MB/s" } ?? ""
    text = size + rate + LoadBar.eta(progress.secondsLeft)
  }

  /// `./pets ━━━━━───── 50 %  ETA 4.10 s`
  init(columns: Int, _ progress: ReadProgress) {
    self.columns = columns
    (name, share) = (progress.name, progress.share)
    text = "\(fixed(100 * progress.share, 0)) %" + LoadBar.eta(progress.secondsLeft)
  }

  var line: String {
    let room = columns - name.columns - text.columns - 3
    guard let share, room >= 8 else { return "\(name) \(text)" }
    return "\(name) \(ProgressBar.text(share, length: min(ProgressBar.length, room))) \(text)"
  }

  private static func eta(_ seconds: Double?) -> String { seconds.map { "  ETA \(duration($0))" } ?? "" }

  private static func megabytes(_ bytes: Double) -> String { fixed(bytes / 1e6, 1) }
}
