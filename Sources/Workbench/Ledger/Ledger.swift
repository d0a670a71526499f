import Engine
import Files
import Grammar

/// The fits of all sessions, in `runs.sqlite` among the program's state.
///
/// Several programs may write at once. What another version wrote is left alone.
struct Ledger {
  private let database: Database

  /// Counts changes of the table; kept in the file.
  private static let version = 1
  private static let columns = LedgerEntry.names + ["epochs", "seconds", "figures", "best", "curve", "script", "time"]

  /// - Parameter environment: says where the program's state is kept.
  /// - Returns: nil without a home folder.
  /// - Throws: `Refusal` when the file there cannot be used.
  init?(_ environment: [String: String]) throws(Refusal) {
    guard let folder = Folders(environment: environment).state else { return nil }
    do throws(FileError) { try Folders.make(folder) } catch { throw Refusal(error) }
    let path = "\(folder)/runs.sqlite"
    database = try Database(path)
    let found = try database.run("PRAGMA user_version") { $0.integer(0) }.first ?? 0
    guard found == 0 || found == Ledger.version else { throw .otherVersion(path, found) }
    if found == 0 { try make() }
  }

  private func make() throws(Refusal) {
    let kinds = ["epochs": "INTEGER", "seconds": "REAL", "time": "REAL"]
    let columns = Ledger.columns.map { "\"\($0)\" \(kinds[$0] ?? "TEXT") NOT NULL" }.joined(separator: ", ")
    // Two programs may come here at once; who is late finds everything made.
    try database.run("BEGIN IMMEDIATE")
    try database.run("CREATE TABLE IF NOT EXISTS runs (number INTEGER PRIMARY KEY AUTOINCREMENT, \(columns))")
    try database.run("PRAGMA user_version = \(Ledger.version)")
    try database.run("COMMIT")
  }

  /// Enters a fit.
  func enter(_ entry: LedgerEntry) throws(Refusal) {
    let names = Ledger.columns.map { "\"\($0)\"" }.joined(separator: ", ")
    let places = Ledger.columns.map { _ in "?" }.joined(separator: ", ")
    let values: [Database.Value] =
      LedgerEntry.names.map { .text(entry.setting($0)) } + [
        .integer(entry.epochs), .number(entry.seconds), .text(Ledger.text(entry.figures)),
        .text(Ledger.text([entry.best])),
        .text(entry.curve.map { "\($0)" }.joined(separator: " ")), .text(entry.script.joined(separator: "\n")),
        .number(entry.time),
      ]
    try database.run("INSERT INTO runs (\(names)) VALUES (\(places))", values)
  }

  /// All fits, the oldest first.
  func entries() throws(Refusal) -> [LedgerEntry] {
    let names = Ledger.columns.map { "\"\($0)\"" }.joined(separator: ", ")
    return try database.run("SELECT number, \(names) FROM runs ORDER BY number") { row in
      let count = LedgerEntry.names.count
      let settings = LedgerEntry.names.enumerated().map { LedgerEntry.Setting(name: $1, value: row.text($0 + 1)) }
      return LedgerEntry(
        number: row.integer(0), time: row.number(count + 7), settings: settings, epochs: row.integer(count + 1),
        seconds: row.number(count + 2), figures: Ledger.figures(row.text(count + 3)),
        best: Ledger.figures(row.text(count + 4)).first ?? Figure("loss", .nan),
        curve: row.text(count + 5).split(separator: " ").compactMap { Double($0) },
        script: row.text(count + 6).split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    }
  }

  /// `loss=0.1 accuracy=0.9`
  private static func text(_ figures: [Figure]) -> String {
    figures.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
  }

  private static func figures(_ text: String) -> [Figure] {
    text.split(separator: " ").compactMap { part in
      let pair = part.split(separator: "=", maxSplits: 1)
      return pair.count == 2 ? Double(pair[1]).map { Figure(String(pair[0]), $0) } : nil
    }
  }
}

extension Refusal {
  fileprivate static func otherVersion(_ path: String, _ version: Int) -> Refusal {
    Refusal(
      "the ledger of runs, \(path), is of version \(version), which this program does not know; it is left as it is")
  }
}
