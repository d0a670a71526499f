import Engine
import Foundation
import TestSupport
import Testing

@testable import Workbench

/// The sessions of the book's chapter on classification and regression, on stand-ins of the published files: small,
/// made here, and easy to learn. On the published files they run where these are, as `sumi sessions/imdb.sumi`.
@Suite("The book's sessions")
struct BookSessionsTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private func write(_ bytes: [UInt8], to name: String) throws {
    let path = URL(fileURLWithPath: folder[name])
    try FileManager.default.createDirectory(at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
    try folder.write(bytes, to: name)
  }

  /// Lists of numbers of which some tell the class.
  private func texts(_ count: Int, classes: Int) -> (lists: [[Int]], labels: [Int]) {
    var random = Random(seed: 1)
    let labels = (0..<count).map { $0 % classes }
    let lists = labels.map { label in
      (0..<20).map { _ in Int(random.next() % 400) + 200 } + (0..<5).map { _ in Int(random.next() % 4) + 4 * label + 1 }
    }
    return (lists, labels)
  }

  private func integers(_ numbers: [Int]) -> [UInt8] {
    ArchiveFile.npy("<i8", [numbers.count], numbers.flatMap { ArchiveFile.number($0, 8) })
  }

  /// The path of one of the sessions.
  static func path(of name: String) -> String {
    var folder = URL(fileURLWithPath: #filePath)
    while folder.lastPathComponent != "Tests" { folder.deleteLastPathComponent() }
    return folder.deletingLastPathComponent().appendingPathComponent("sessions/\(name).sumi").path
  }

  /// Runs a session to its end; what it showed.
  private func run(_ name: String) throws -> [Outcome] {
    var bench = Bench()
    bench.environment = ["SUMI_DATA": folder.path, "SUMI_OFFLINE": "1"]
    let replay = bench.replay(try Script(file: BookSessionsTests.path(of: name)))
    #expect(replay.ending == .finished, "\(replay.shown.compactMap(\.diagnostic?.message))")
    return replay.shown
  }

  @Test func `imdb runs, and decodes a review`() throws {
    let (lists, labels) = texts(300, classes: 2)
    try write(
      ArchiveFile.npz(
        [
          ("x_train", ArchiveFile.npy(lists: lists)), ("y_train", integers(labels)),
          ("x_test", ArchiveFile.npy(lists: lists)),
          ("y_test", integers(labels)),
        ], isDeflated: true), to: "imdb/imdb.npz")
    try write(
      Array(("{" + (1..<600).map { "\"w\($0)\": \($0)" }.joined(separator: ", ") + "}").utf8),
      to: "imdb/imdb_word_index.json")
    let shown = try run("imdb")
    #expect(shown.contains { $0.line.hasPrefix("show example") && $0.text.contains("text: ? w") })
    #expect(shown.contains { $0.line.hasPrefix("evaluate") && $0.result.contains("accuracy") })
  }

  @Test func `reuters runs`() throws {
    let (lists, labels) = texts(460, classes: 46)
    try write(
      ArchiveFile.npz([("x", ArchiveFile.npy(lists: lists)), ("y", integers(labels))]), to: "reuters/reuters.npz")
    let shown = try run("reuters")
    #expect(
      shown.contains {
        $0.line.hasPrefix("load") && $0.result.contains(#""train":368,"test":92,"shape":[10000],"classes":46"#)
      })
  }

  @Test func `housing runs, and tells mean and deviation of four folds`() throws {
    var random = Random(seed: 2)
    let rows = (0..<60).map { _ in (0..<13).map { _ in Float(random.uniform() as Double) } }
    let values = rows.map { 10 + 20 * $0[5] - 5 * $0[12] }
    try write(
      ArchiveFile.npz([
        ("x", ArchiveFile.npy(floats: rows.flatMap { $0 }, [60, 13])), ("y", ArchiveFile.npy(floats: values, [60])),
      ]), to: "boston-housing/boston_housing.npz")
    let shown = try run("housing")
    #expect(
      shown.contains { $0.line.contains("folds=4") && $0.text.contains("fold 4") && $0.text.contains("deviation") })
    #expect(shown.contains { $0.line == "report" && $0.text.contains("MEDV") })
  }
}
