import Engine
import Foundation
import Grammar
import TestSupport
import Testing

@testable import Datasets

@Suite("How far something is read")
struct ReadProgressTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  /// The progress that is told while something is loaded, by a clock that goes a second on at each look.
  /// - Parameter questions: that are answered with no before one whether to stop is answered with yes.
  private func told(_ source: any Source, stopsAfter questions: Int = .max) throws -> [ReadProgress] {
    var (told, time, asked) = ([ReadProgress](), 0.0, 0)
    var context = LoadContext(environment: [:], threads: Threads(count: 1))
    context.observer = LoadObserver(
      now: {
        time += 1
        return time
      },
      tell: { event in if case .reads(let progress) = event { told.append(progress) } },
      isStopRequested: {
        asked += 1
        return asked > questions
      })
    if questions == .max {
      _ = try source.load(context)
    } else {
      #expect(throws: Refusal.stopped) { try source.load(context) }
    }
    return told
  }

  private func table() throws -> CSVFile {
    let rows = (0..<4000).map { "\($0),\($0 % 7),\($0 % 2)\n" }.joined()
    let path = try folder.write("a,b,y\n" + rows, to: "a.csv")
    return CSVFile(
      file: path, label: "y", missing: .refuse, decimal: ".", task: nil, shape: nil, ignored: [], heading: nil)
  }

  private func pictures() throws -> FolderSource {
    for name in ["train/a", "train/b", "test/a", "test/b"] {
      try FileManager.default.createDirectory(atPath: folder[name], withIntermediateDirectories: true)
      for number in 0..<3 { try folder.write(PNGFile.bytes(2, 2, [9, 9, 9, 255]), to: "\(name)/\(number).png") }
    }
    return FolderSource(folder: folder.path, size: nil, colour: nil)
  }

  @Test func `a table is read twice, each time half of it`() throws {
    let shares = try told(table()).map(\.share)
    #expect(shares.first == 0 && shares.contains(0.5) && shares == shares.sorted())
    #expect(shares.filter { $0 < 0.5 }.count == shares.filter { $0 >= 0.5 }.count && shares.count > 4)
    #expect(shares.allSatisfy { (0...1).contains($0) })
  }

  @Test func `the pictures of both parts are counted together`() throws {
    let told = try told(pictures())
    #expect(told.map(\.share) == (0..<12).map { Double($0) / 12 })
    #expect(told[3].name == folder.path && told[3].seconds == 4 && told[3].secondsLeft == 12)
    #expect(told[0].secondsLeft == nil)
  }

  @Test func `what is stopped on the way is not loaded`() throws {
    #expect(try told(table(), stopsAfter: 3).count == 3)
    #expect(try told(pictures(), stopsAfter: 7).count == 7)
  }
}
