import Foundation
import Testing

@Suite("sumi record and sumi check")
struct CheckTests {
  private let home: Home
  private let path: String

  init() throws {
    home = try Home()
    path = try home.write(
      Array("seed 7\nload digits train=300 test=100\nadd dense 10 softmax\ncompile sgd\nfit 1 64\nevaluate\n".utf8),
      to: "a.sumi")
  }

  private func run(_ arguments: String...) throws -> Binary { try Binary(arguments, environment: home.environment) }

  @Test func `a script is recorded, agrees, and fails when a digit changes`() throws {
    #expect(try run("record", path).status == 0)
    let good = try run("check", path)
    #expect(good.status == 0 && good.errors.contains("ok  \(path): 6 commands"), "\(good.errors)")
    let text = String(decoding: try home.read("a.sumi"), as: UTF8.self)
    try home.write(Array(text.replacing("#| test: loss ", with: "#| test: loss 1").utf8), to: "a.sumi")
    let bad = try run("check", path, "--junit", "\(home.path)/report.xml")
    #expect(
      bad.status == 1 && bad.errors.contains("> evaluate\n  - test: loss 1") && bad.errors.contains("\n  + test: loss"))
    #expect(String(decoding: try home.read("report.xml"), as: UTF8.self).contains("<failure message=\"1 difference\">"))
    let json = try run("check", "--json", path)
    let object = try json.objects().first
    #expect(json.status == 1 && json.errors == "" && object?["ok"] as? Bool == false)
    #expect(try run("check", "--update", path).status == 0)
    #expect(try home.read("a.sumi") == Array(text.utf8))
    #expect(try run(path).status == 0)
  }

  @Test func `a file that nothing is recorded in is only run`() throws {
    let check = try run("check", path)
    #expect(check.status == 0 && check.errors.contains("nothing is recorded"))
  }

  @Test(arguments: [["record"], ["check"], ["check", "--tolerance"], ["demo"], ["demo", "a", "--speed", "0"]])
  func `wrong usage is told with status 2`(arguments: [String]) throws {
    #expect(try Binary(arguments, environment: home.environment).status == 2)
  }

  @Test(arguments: ["record", "check", "demo"]) func `each has help`(command: String) throws {
    let help = try run(command, "--help")
    #expect(help.status == 0 && help.output.contains("sumi \(command)"))
  }

  @Test(arguments: ["record", "check"]) func `a file that is not there is an error`(command: String) throws {
    let run = try run(command, "\(home.path)/none.sumi")
    #expect(run.status == 1 && run.errors.hasPrefix("error: "))
  }

  @Test func `a report or a speaker's notes never take the place of the script`() throws {
    let path = try home.write(Array("seed 1\n".utf8), to: "kept.sumi")
    for arguments in [["check", path, "--junit", path], ["demo", path, "--auto", "0", "--notes-for", path]] {
      let run = try Binary(arguments, environment: home.environment)
      #expect(run.status == 1 && run.errors.contains("would be lost"), "\(run.errors)")
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "seed 1\n")
  }
}
