import CSQLite
import Grammar

/// A SQLite database; libsqlite3 is loaded with the first one.
final class Database {
  enum Value: Equatable {
    case text(String)
    case number(Double)
    case integer(Int)
  }

  private let path: String
  private var handle: UnsafeMutableRawPointer?

  /// - Throws: `Refusal` when SQLite is missing, or the file is no database or cannot be opened.
  init(_ path: String) throws(Refusal) {
    self.path = path
    if let failure = sqlite_load() { throw .noLibrary(String(cString: failure)) }
    guard let failure = sqlite_open(path, &handle) else { return }
    let reason = String(cString: failure)
    sqlite_close(handle)
    handle = nil
    throw .broken(path, reason)
  }

  deinit { sqlite_close(handle) }

  /// Runs a statement; the rows that it gives, each column read as the type asks.
  /// - Parameters:
  ///   - values: for the statement's parameters.
  ///   - read: makes something of a row.
  @discardableResult
  func run<Row>(_ sql: String, _ values: [Value] = [], read: (Columns) -> Row) throws(Refusal) -> [Row] {
    guard let handle else { throw .broken(path, "it is closed") }
    var statement: UnsafeMutableRawPointer?
    if let failure = sqlite_prepare(handle, sql, &statement) { throw .broken(path, String(cString: failure)) }
    guard let statement else { return [] }
    defer { sqlite_finish(statement) }
    for (place, value) in values.enumerated() { Database.bind(value, Int32(place + 1), statement) }
    var rows: [Row] = []
    while true {
      switch sqlite_step(statement) {
      case 1: rows.append(read(Columns(statement: statement)))
      case 0: return rows
      default: throw .broken(path, String(cString: sqlite_error(handle)))
      }
    }
  }

  func run(_ sql: String, _ values: [Value] = []) throws(Refusal) { try run(sql, values) { _ in } }

  /// The columns of a row.
  struct Columns {
    fileprivate let statement: UnsafeMutableRawPointer

    func text(_ column: Int) -> String { sqlite_text(statement, Int32(column)).map { String(cString: $0) } ?? "" }
    func number(_ column: Int) -> Double { sqlite_double(statement, Int32(column)) }
    func integer(_ column: Int) -> Int { Int(sqlite_integer(statement, Int32(column))) }
  }

  private static func bind(_ value: Value, _ place: Int32, _ statement: UnsafeMutableRawPointer) {
    switch value {
    case .text(let text): _ = sqlite_bind_text(statement, place, text)
    case .number(let number): _ = sqlite_bind_double(statement, place, number)
    case .integer(let integer): _ = sqlite_bind_integer(statement, place, Int64(integer))
    }
  }
}

extension Refusal {
  fileprivate static func noLibrary(_ reason: String) -> Refusal {
    Refusal("the ledger of runs needs SQLite, which is not here: \(reason)", hint: "apt install libsqlite3-0")
  }
  fileprivate static func broken(_ path: String, _ reason: String) -> Refusal {
    Refusal("the ledger of runs, \(path), cannot be used: \(reason)")
  }
}
