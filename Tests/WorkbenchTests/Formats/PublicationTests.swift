import Grammar
import TestSupport
import Testing

@testable import Workbench

@Suite("What sumi publish may write")
struct PublicationTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private static let script = "seed 1\n"

  private func refusal(_ file: String, as ending: String, to path: String? = nil) -> Refusal? {
    #expect(throws: Refusal.self) { try Publication(file: file, as: ending, to: path, Bench().runner) }
  }

  @Test func `never its own source, whatever it is called`() throws {
    let page = try folder.write("# A page\n\n```sumi\nseed 1\n```\n", to: "l.md")
    #expect(refusal(page, as: "md")?.message.contains("would be lost") == true)
    #expect(refusal(page, as: "md", to: folder.path + "/./l.md")?.message.contains("would be lost") == true)
    #expect(throws: Refusal.self) {
      try Publication(file: page, as: "md", to: nil, isForced: true, Bench().runner)
    }
    #expect(try folder.text("l.md").hasPrefix("# A page"))
  }

  @Test(arguments: ["md", "html", "ipynb"]) func `what it made it makes again, and another's work only by force`(
    ending: String
  ) throws {
    let script = try folder.write(PublicationTests.script, to: "t.sumi")
    for _ in 0..<2 { #expect(try Publication(file: script, as: ending, to: nil, Bench().runner).mistakes.isEmpty) }
    _ = try folder.write("by hand", to: "t.\(ending)")
    let refusal = refusal(script, as: ending)
    #expect(refusal?.message.contains("sumi publish did not make it") == true)
    #expect(refusal?.hint?.hasSuffix("--force") == true)
    #expect(try folder.text("t.\(ending)") == "by hand")
    _ = try Publication(file: script, as: ending, to: nil, isForced: true, Bench().runner)
    #expect(try folder.text("t.\(ending)") != "by hand")
  }

  @Test(arguments: ["t.sumi", "t.html", "t.txt", "t"]) func `an ending that says another form is refused`(
    name: String
  ) throws {
    let script = try folder.write(PublicationTests.script, to: "t.sumi")
    let refusal = refusal(script, as: "md", to: folder[name])
    #expect(refusal?.message.contains("does not end as --to md does") == true)
    #expect(refusal?.hint == "sumi publish \(script) --to md -o \(folder["t.md"])")
    #expect(try folder.text("t.sumi") == PublicationTests.script)
    #expect(try Publication(file: script, as: "html", to: folder["t.htm"], Bench().runner).mistakes.isEmpty)
  }

  @Test func `nothing runs when the page cannot be written`() throws {
    let script = try folder.write("seed 1\nnew > \(folder["ran.txt"])\n", to: "t.sumi")
    #expect(refusal(script, as: "md", to: "/nowhere/t.md")?.message.contains("/nowhere/t.md") == true)
    #expect(folder.names == ["t.sumi"])
  }
}
