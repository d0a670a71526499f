import Engine
import Pictures

extension Job {
  static let rows = Job(
    name: "rows", help: "seconds an epoch as the examples become more",
    cases: [1_000, 10_000, 100_000, 1_000_000].map { rows in
      growth("784-512-10, \(rows) rows", rows: rows, units: 512)
    }, summary: { [spread($0)].compactMap { $0 } })

  static let units = Job(
    name: "units", help: "seconds an epoch as the network becomes wider",
    cases: [64, 256, 1024, 4096].map { units in
      growth("784-\(units)-10, 60000 rows", rows: 60_000, units: units)
    }, summary: { [spread($0)].compactMap { $0 } })

  /// Epochs enough for a time that can be measured.
  private static func growth(_ title: String, rows: Int, units: Int) -> Case {
    Case(title: title, threads: allThreads) {
      let examples = BenchmarkData.repeated(try BenchmarkData.standard(allThreads).train, count: rows)
      var subject = try BenchmarkModel(["dense \(units) relu", "dense 10 softmax"], examples, threads: allThreads)
      return try subject.train(epochs: max(1, min(30, 180_000 / rows)), batch: 128)
    }
  }

  /// How far the time for a row and a parameter is from the same for all; operations count both.
  private static func spread(_ figures: [Figures?]) -> String? {
    let times = figures.compactMap { $0?.operationsPerSecond.map { 1e12 / $0 } }
    guard times.count == figures.count, let minimum = times.min(), let maximum = times.max(), let median = times.median
    else { return nil }
    let list = times.map { "\((0...Int.max).clamping($0 / median * 100)) %" }.joined(separator: ", ")
    return
      "time a row and parameter, of the median: \(list); largest to least \((maximum / minimum * 100).rounded() / 100)"
  }
}
