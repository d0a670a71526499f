import Engine
import Pictures
import Workbench

/// All that was measured, as a table and as JSON.
struct BenchmarkReport {
  /// A case with its figures; nil when it failed.
  struct Entry {
    let job: String
    let title: String
    let threads: Int?
    let figures: Figures?
  }

  let entries: [Entry]
  /// Sentences below the table.
  let remarks: [String]
  let runs: Int

  /// The most operations a second with so many threads.
  private func peak(_ threads: Int) -> Double? {
    entries.first { $0.job == Job.peak.name && $0.threads == threads }?.figures?.operationsPerSecond
  }

  private func share(_ entry: Entry) -> Double? {
    guard let threads = entry.threads, let peak = peak(threads) else { return nil }
    return entry.figures?.operationsPerSecond.map { $0 / peak }
  }

  var pictures: [any Picture] {
    let columns: [Table.Column] = [
      .init("job", leansRight: false), .init("threads"), .init("seconds"), .init("images/s"), .init("GFLOP/s"),
      .init("of peak"), .init("memory"),
    ]
    return [Table(columns, rows: entries.map(cells)), Paragraph(remarks.map { Line($0) })]
  }

  private func cells(_ entry: Entry) -> [Line] {
    let figures = entry.figures
    func cell(_ text: String?) -> Line { Line(text ?? "") }
    return [
      Line(entry.title), cell(entry.threads.map(String.init)),
      Line(figures.map { fixed($0.seconds, $0.seconds < 1 ? 4 : 2) } ?? "failed"),
      cell(figures?.imagesPerSecond.map { grouped((0...Int.max).clamping($0)) }),
      cell(figures?.operationsPerSecond.map { fixed($0 / 1e9, 0) }),
      cell(share(entry).map { "\(fixed($0 * 100, 0)) %" }),
      cell(figures?.memory.map(Machine.text)),
    ]
  }

  var json: JSON {
    func number(_ value: Double?) -> JSON { value.map(JSON.number) ?? .null }
    return .object([
      ("threads", .integer(Job.allThreads)), ("kernels", .text(Kernels.level.rawValue)), ("runs", .integer(runs)),
      (
        "cases",
        .list(entries.map { entry in
          .object([
            ("job", .text(entry.job)), ("case", .text(entry.title)),
            ("threads", entry.threads.map(JSON.integer) ?? .null), ("seconds", number(entry.figures?.seconds)),
            ("images_per_second", number(entry.figures?.imagesPerSecond)),
            ("gflops", number(entry.figures?.operationsPerSecond.map { $0 / 1e9 })),
            ("share_of_peak", number(share(entry))), ("memory", entry.figures?.memory.map(JSON.integer) ?? .null),
          ])
        })
      ), ("remarks", .list(remarks.map(JSON.text))),
    ])
  }
}
