import Foundation
import TestSupport
import Testing

@testable import Workbench

@Suite("Results in files")
struct ResultFileTests {
  @Test(
    "the ending chooses the form",
    arguments: [
      ("c.csv", "class,training,test\r\n"), ("c.json", "{\"name\":\"toy\""), ("c.md", "```\ntoy, made by hand\n"),
      ("c.html", "<!DOCTYPE html>\n"), ("c.svg", "<svg "), ("c.pdf", "%PDF-"), ("c.png", "PNG"),
      ("c.txt", "toy, made by hand\n"), ("a b.d.txt", "toy, made by hand\n"),
    ])
  func endings(name: String, start: String) throws {
    let folder = try Folder()
    var bench = Toy.bench
    let outcome = bench.outcome("data > '\(folder[name])'")
    #expect(outcome?.diagnostic == nil)
    #expect(outcome?.file == folder[name])
    #expect(try folder.text(name).contains(start))
  }

  @Test("JSON in a file is the result, one object on a line of its own")
  func json() throws {
    let folder = try Folder()
    var bench = Toy.bench
    let result = bench.outcome("confusion > \(folder["c.json"])")?.result ?? "none"
    #expect(try folder.text("c.json") == result + "\n")
  }

  @Test("a file that cannot be written is told before the work is done, and the old one stays")
  func early() throws {
    let folder = try Folder()
    try FileManager.default.createDirectory(atPath: folder["x.csv"], withIntermediateDirectories: false)
    var bench = Bench(.compiled)
    let before = Footprint(bench.session)
    let diagnostic = try bench.refuse("fit 1000000 > \(folder["x.csv"])")
    #expect(diagnostic.message == "\(folder["x.csv"]) is not a file")
    #expect(Footprint(bench.session) == before)
  }

  @Test("a result takes no place of data that the session comes of, which save asks for", arguments: [
    "data > FILE", "predict test > FILE", "report > LINK", "predict FILE > FILE", "save data FILE",
  ])
  func sources(line: String) throws {
    let folder = try Folder()
    let table = "x,y,what\n" + (0..<20).map { "\($0),\($0 % 3),\($0 % 2 == 0 ? "a" : "b")\n" }.joined()
    try folder.write(table, to: "mine.csv")
    try FileManager.default.createSymbolicLink(atPath: folder["link.csv"], withDestinationPath: folder["mine.csv"])
    var bench = Bench(.empty)
    for line in ["load \(folder["mine.csv"]) label=what", "add dense 2 softmax", "compile sgd", "fit 1"] {
      bench.run(line)
    }
    let typed = line.replacing("FILE", with: folder["mine.csv"]).replacing("LINK", with: folder["link.csv"])
    let diagnostic = try bench.refuse(typed)
    #expect(diagnostic.message.contains("this session has its data from \(folder.path)/"))
    #expect(diagnostic.hint == (line.hasPrefix("save") ? "save data \(folder["mine-2.csv"])" : nil))
    #expect(try folder.text("mine.csv") == table)
    bench.run("data > \(folder["other.csv"])")
    bench.run("data > \(folder["other.csv"])")
  }

  @Test("every command that shows something can be written in every form that it has")
  func all() throws {
    let folder = try Folder()
    var bench = Bench(.trained)
    for line in [
      "data", "show data 3", "summary", "fit 1", "evaluate", "confusion", "report", "show errors 3", "show example 1",
      "predict 1", "cells", "help", "show network", "show weights", "show activations 1 2", "show curves",
    ] {
      for ending in ["txt", "json", "md", "html", "svg"] { bench.run("\(line) > \(folder["x.\(ending)"])") }
      #expect(try folder.bytes("x.txt").count > 10, "\(line)")
      #expect(try !folder.text("x.txt").contains("\u{1b}"), "\(line)")
      #expect(try folder.text("x.svg").hasSuffix("</svg>\n"), "\(line)")
    }
  }
}
