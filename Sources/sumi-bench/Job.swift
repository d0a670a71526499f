import Engine

/// Something that is measured, in one case or several.
struct Job: Sendable {
  let name: String
  let help: String
  let cases: [Case]
  /// Sentences about all cases together.
  var summary: @Sendable ([Figures?]) -> [String] = { _ in [] }

  /// One measurement, made in a process of its own.
  struct Case: Sendable {
    let title: String
    /// nil where threads do not matter.
    var threads: Int?
    let measure: @Sendable () throws -> Figures
  }

  /// All of them, in the order in which they run.
  static let all: [Job] = [
    .peak, .start, .load, .program, .dense, .convnet, .deep, .wide, .inference, .rows, .units,
  ]

  /// The number of threads that stands for all.
  static let allThreads = Threads.processors

  /// The same case with one thread and with all.
  static func cases(_ title: String, _ measure: @escaping @Sendable (Int) throws -> Figures) -> [Case] {
    Set([1, allThreads]).sorted(by: >).map { count in Case(title: title, threads: count) { try measure(count) } }
  }

  /// How many times faster all threads are than one, of figures as `cases` makes them.
  static func ratio(_ figures: [Figures?]) -> String? {
    guard figures.count == 2, let all = figures[0], let one = figures[1] else { return nil }
    return "\(allThreads) threads take \(ratioText(one.seconds / all.seconds)) times less time than one"
  }

  private static func ratioText(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
}
