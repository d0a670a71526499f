import Engine
import Grammar
import Pictures

/// Lists the fits of all sessions, or tells of some.
struct Runs: Command {
  let words: [String]
  let data: String?
  let optimizer: String?
  let network: String?
  let sort: String?
  let last: Int

  static let form = Form<Runs>(
    "runs",
    "Lists the fits of all sessions: all, the best, some by their settings, one with its script, or how two differ.",
    .rest("which", .text("best, where, diff with two numbers, or a number"), isRequired: false, "which of them"),
    .named("data", ArgumentType.text("a data set").optional, default: nil, "those on a data set"),
    .named("optimizer", ArgumentType.text("an optimizer").optional, default: nil, "those with an optimizer"),
    .named("network", ArgumentType.text("part of a network").optional, default: nil, "those whose layers say this"),
    .named(
      "sort", ArgumentType.text("a column, as in seconds or -accuracy").optional, default: nil,
      "a column, the smallest first; with - before it the largest"),
    .named("last", .integer(1...1_000_000), default: 20, "how many are listed: the latest, or the first when sorted"),
    examples: [
      "runs", "runs best", "runs where optimizer=adam", "runs sort=-accuracy last=5", "runs diff 1 2", "runs 1",
      "runs 1 > again.sumi",
    ],
    make: { Runs(words: $0, data: $1, optimizer: $2, network: $3, sort: $4, last: $5) },
    settings: { ($0.words, $0.data, $0.optimizer, $0.network, $0.sort, $0.last) })

  static var effect: Effect { .meta }

  static var givesTable: Bool { true }

  static var givesScript: Bool { true }

  func run(_ draft: inout Session, _ host: Host) throws(Refusal) -> any Answer {
    let all = try Ledger(host.environment)?.entries() ?? []
    let chosen = all.filter { matches($0) }
    switch words.first {
    case nil, "where", "best":
      if words.count > 1 { throw .unknown(words[1]) }
      let order = try sort.map { (column) throws(Refusal) in try RunOrder(column, among: all) }
        ?? (words.first == "best" ? RunOrder(bestOf: chosen) : nil)
      return RunList(
        entries: Array(order?.sorted(chosen).prefix(last) ?? chosen.suffix(last)), total: chosen.count,
        all: all.count, order: sort == nil ? order?.reason : nil)
    case "diff":
      guard words.count == 3 else { throw .twoNumbers }
      return RunDifference(try Runs.entry(words[1], all), try Runs.entry(words[2], all))
    case let number?:
      guard words.count == 1 else { throw .twoNumbers }
      return RunDetail(entry: try Runs.entry(number, all))
    }
  }

  private func matches(_ entry: LedgerEntry) -> Bool {
    (data.map { entry.setting("data") == $0 } ?? true)
      && (optimizer.map { entry.setting("optimizer").split(separator: " ").first == Substring($0) } ?? true)
      && (network.map { entry.setting("network").contains($0) } ?? true)
  }

  /// The fit with a number.
  static func entry(_ word: String, _ entries: [LedgerEntry]) throws(Refusal) -> LedgerEntry {
    guard let number = Int(word) else { throw .noNumber(word) }
    guard let entry = entries.first(where: { $0.number == number }) else { throw .noRun(number, entries) }
    return entry
  }
}

extension Refusal {
  fileprivate static let twoNumbers = Refusal("diff wants the numbers of two fits, as in runs diff 1 2", hint: "runs")

  fileprivate static func unknown(_ word: String) -> Refusal {
    Refusal(
      "runs knows no \"\(word)\" here; expected data=, optimizer=, network=, sort= or last=",
      hint: "runs where optimizer=adam")
  }
  fileprivate static func noNumber(_ word: String) -> Refusal {
    Refusal("runs has no \"\(word)\"; expected best, where, diff or a fit's number", hint: "runs")
  }
  fileprivate static func noRun(_ number: Int, _ entries: [LedgerEntry]) -> Refusal {
    guard let last = entries.last else { return Refusal("no fit has been entered yet", hint: "runs") }
    return Refusal("no fit has number \(number); the last is \(last.number)", hint: "runs \(last.number)")
  }
}
