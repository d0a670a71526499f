import Engine
import TestSupport
import Testing

@testable import Datasets

@Suite("Where data sets come from")
struct SourceTests {
  static let searches: [(environment: [String: String], folders: [String])] = [
    ([:], []), (["HOME": "/h"], ["/h/.cache/sumi/x"]), (["HOME": ""], []),
    (["SUMI_DATA": "/d", "HOME": "/h"], ["/d/x", "/h/.cache/sumi/x"]),
    (["SUMI_DATA": "", "HOME": "/h"], ["/h/.cache/sumi/x"]),
    (["SUMI_DATA": "data"], ["data/x"]), (["XDG_CACHE_HOME": "/c", "HOME": "/h"], ["/c/sumi/x"]),
    (["XDG_CACHE_HOME": "relative", "HOME": "/h"], ["/h/.cache/sumi/x"]),
    (["XDG_CACHE_HOME": "", "HOME": "/h"], ["/h/.cache/sumi/x"]),
    (["SUMI_DATA": "/d", "XDG_CACHE_HOME": "/c", "HOME": "/h"], ["/d/x", "/c/sumi/x"]),
  ]

  @Test("folders are searched in the order of the contract", arguments: searches)
  func folders(environment: [String: String], folders: [String]) {
    #expect(LoadContext(environment: environment, threads: Threads(count: 1)).folders(for: "x") == folders)
  }

  @Test("the catalogue lists every file of Datasets that declares a source")
  func catalogueIsComplete() throws {
    let listed = DataSources.all.map { "\($0)" }
    let declared = try Declared.types(in: "Datasets", conformingTo: "Source")
    for name in declared where !listed.contains(name) { Issue.record("\(name) is missing in DataSources.all") }
    for name in listed where !declared.contains(name) { Issue.record("\(name).swift declares no source") }
  }

  @Test("digits are cut to what is wanted, and begin as all of them do")
  func digits() throws {
    func load(_ train: Int?, _ test: Int?, threads: Int = 1) throws -> Dataset {
      try Digits().load(LoadContext(environment: [:], threads: Threads(count: threads), train: train, test: test))
    }
    let (few, more) = (try load(50, 20), try load(90, 40, threads: 3))
    #expect(few.train.count == 50 && few.test.count == 20)
    #expect(more.train.count == 90 && more.test.count == 40)
    for row in 0..<20 {
      #expect(few.train.bytes(of: row) == more.train.bytes(of: row))
      #expect(few.test.bytes(of: row) == more.test.bytes(of: row))
    }
    #expect(few.train.labels == Array(more.train.labels.prefix(50)))
    #expect(few.train.bytes(of: 0) != few.test.bytes(of: 0))
  }
}
