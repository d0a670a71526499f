import Grammar

/// An order of fits: by a column of theirs, the smallest first, or the largest with `-` before its name.
struct RunOrder {
  private let column: String
  private let isFalling: Bool
  /// What is to be said of the order; nil where the person chose it.
  private(set) var reason: String?

  /// - Parameter entries: the whole ledger, which knows the figures that can be sorted by.
  /// - Throws: `Refusal` when no fit has such a column.
  init(_ text: String, among entries: [LedgerEntry]) throws(Refusal) {
    isFalling = text.hasPrefix("-")
    column = isFalling ? String(text.dropFirst()) : text
    let figures = entries.flatMap(\.figures).map(\.name)
    let columns = (RunOrder.columns + figures).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    guard columns.contains(column) else { throw .noColumn(column, among: columns) }
  }

  /// The best first: by what is monitored, where all go by the same loss on the same data, else by the metric that all
  /// of them tell, as a loss of one kind says nothing beside one of another.
  init(bestOf entries: [LedgerEntry]) {
    let kinds = Set(entries.map { [$0.setting("hash"), $0.setting("loss"), $0.best.name] })
    let shared = SharedMetric(
      entries.map(\.figures), takesErrors: Set(entries.map { $0.setting("hash") }).count == 1)
    guard kinds.count > 1 else {
      (column, isFalling) = ("best", false)
      return
    }
    (column, isFalling) = (shared?.name ?? "best", shared?.isRising == true)
    reason =
      shared?.reason
      ?? "they go by losses of several kinds, or on several data sets, which say nothing beside each other"
  }

  private static let columns = ["number", "time"] + LedgerEntry.names + ["epochs", "seconds", "best"]

  /// Fits without the column, or with no number in it, come last; those that are equal stay as they are.
  func sorted(_ entries: [LedgerEntry]) -> [LedgerEntry] {
    let keys = entries.map(key)
    let places = entries.indices.sorted { first, second in
      switch (keys[first], keys[second]) {
      case (let one?, let other?): one == other ? first < second : (one < other) != isFalling
      case (nil, nil): first < second
      default: keys[first] != nil
      }
    }
    return places.map { entries[$0] }
  }

  /// Numbers by their size, and before texts.
  private enum Key: Comparable {
    case number(Double)
    case text(String)
  }

  private func key(_ entry: LedgerEntry) -> Key? {
    if LedgerEntry.names.contains(column) {
      let text = entry.setting(column)
      return Double(text).map(Key.number) ?? .text(text)
    }
    let number: Double? =
      switch column {
      case "number": Double(entry.number)
      case "time": entry.time
      case "epochs": Double(entry.epochs)
      case "seconds": entry.seconds
      case "best": entry.best.value
      default: entry.figures.first { $0.name == column }?.value
      }
    return number.flatMap { $0.isFinite ? .number($0) : nil }
  }
}

extension Refusal {
  fileprivate static func noColumn(_ column: String, among columns: [String]) -> Refusal {
    let near = Suggestion.nearest(to: column, among: columns)
    return Refusal(
      "no fit has a column \"\(column)\"; "
        + (near.map { "did you mean \($0)?" } ?? "there are: \(columns.joined(separator: ", "))"),
      hint: near.map { "runs sort=\($0)" })
  }
}
