import Files
import Foundation
import TestSupport
import Testing

@testable import Workbench

@Suite("Files that lines name")
struct NamedFilesTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
    for name in ["sub", "sub/deep", "home"] {
      try FileManager.default.createDirectory(atPath: folder[name], withIntermediateDirectories: false)
    }
  }

  private func bench(_ stage: Bench.Stage = .trained) -> Bench {
    var bench = Bench(stage)
    bench.environment = ["HOME": folder["home"]]
    return bench
  }

  @Test func `a script finds and writes its files beside itself, nested ones beside theirs`() throws {
    var bench = bench()
    bench.run("save weights \(folder["sub/good.safetensors"])")
    bench.run("save weights \(folder["sub/deep/good.safetensors"])")
    try folder.write("load weights good.safetensors\nrun deep/inner.sumi\nevaluate > outer.json\n", to: "sub/main.sumi")
    try folder.write(
      "load weights good.safetensors\nsave weights own.safetensors > said.txt\n", to: "sub/deep/inner.sumi")
    bench.run("run \(folder["sub/main.sumi"])")
    for name in ["sub/outer.json", "sub/deep/own.safetensors", "sub/deep/said.txt"] {
      #expect(FileManager.default.fileExists(atPath: folder[name]), "\(name)")
    }
    #expect(try folder.text("sub/deep/said.txt").contains("weights in \(folder["sub/deep/own.safetensors"])"))
  }

  @Test func `the tilde is the home folder in every command that takes a file`() throws {
    var bench = bench()
    bench.run("save weights ~/w.safetensors")
    bench.run("load weights ~/w.safetensors")
    bench.run("evaluate > ~/e.json")
    bench.run("save session ~/s.sumi")
    bench.run("show data 1 > ~/d.png")
    bench.run("predict ~/d.png")
    try folder.write("seed 3\n", to: "home/r.sumi")
    bench.run("run ~/r.sumi")
    #expect(
      ["w.safetensors", "e.json", "s.sumi", "d.png"].allSatisfy {
        FileManager.default.fileExists(atPath: folder["home/\($0)"])
      })
  }

  @Test func `a mistake in a nested script is told before the first line runs, with its path`() throws {
    var bench = bench(.empty)
    try folder.write("seed 4\nrun deep/inner.sumi\n", to: "sub/main.sumi")
    try folder.write("add dnse\n", to: "sub/deep/inner.sumi")
    let shown = bench.replay(try Script(file: folder["sub/main.sumi"])).shown
    #expect(shown.last?.diagnostic?.place == folder["sub/deep/inner.sumi"] + ":1")
    #expect(bench.session.cells.isEmpty)
    try folder.write("run ../main.sumi\n", to: "sub/deep/inner.sumi")
    let again = bench.replay(try Script(file: folder["sub/main.sumi"])).shown
    #expect(again.last?.diagnostic?.message.contains("run itself") == true)
  }

  @Test func `completion lists the home folder's files and leaves the tilde as it was typed`() throws {
    try folder.write("", to: "home/talk.sumi")
    func words(_ line: String) -> [String] {
      Completion(of: line, in: bench().session, environment: ["HOME": folder["home"]]).candidates.map(\.word)
    }
    #expect(words("run ~/ta") == ["~/talk.sumi"])
    #expect(words("run ~") == ["~/"])
    #expect(words("run ~nobody-is-called-so/").isEmpty)
  }

  /// Files of other programs, by their first bytes.
  private static let foreign: [(bytes: [UInt8], phrase: String)] = [
    (Array("GGUF".utf8) + [3, 0, 0, 0, 0], "a GGUF file"),
    ([0x50, 0x4B, 3, 4, 1, 2, 3, 4, 5], "a zip archive"),
    ([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0], "a gzip file"),
    ([0x80, 2, 0x8A, 1, 2, 3, 4, 5, 6], "a Python pickle (.pkl, .pt)"),
    (Array("<!DOCTYPE html><html><body>Not found".utf8), "an HTML page"),
  ]

  @Test(arguments: foreign.indices) func `a foreign file is called what it is`(index: Int) throws {
    let (bytes, phrase) = NamedFilesTests.foreign[index]
    let large = bytes + [UInt8](repeating: 0x20, count: 3 << 20)
    var bench = bench()
    for content in [bytes, large] {
      for (name, line, what) in [
        ("a.safetensors", "load weights", "no safetensors file"), ("a.sumi", "run", "no script"),
        ("a.png", "predict", "no PNG and no JPEG picture"),
      ] {
        let path = try folder.write(content, to: name)
        let diagnostic = try bench.refuse("\(line) \(path)")
        #expect(diagnostic.message == "\(path) is \(what) but \(phrase)")
      }
    }
  }
}
