import Foundation
import Testing

@Suite("The program without a terminal")
final class ProgramTests {
  private static let start = "load digits train=300 test=100; add dense 10 softmax; compile sgd"

  private let folder = NSTemporaryDirectory() + "/sumi-tests-\(UUID().uuidString)"

  init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// A file in the test's folder.
  private func script(_ text: String) throws -> String {
    let path = "\(folder)/\(UUID().uuidString).sumi"
    try text.write(toFile: path, atomically: false, encoding: .utf8)
    return path
  }

  static let endings: [(arguments: [String], status: Int32)] = [
    (["-c", "help quit"], 0), (["-c", ""], 0), (["-c", "quit; foo"], 1), (["-c", "seed 1; quit"], 0),
    (["-c", "foo"], 1),
    (["-c", "seed 1; fit 1"], 1), (["/nowhere.sumi"], 1), (["/tmp"], 1), (["run", "/nowhere.sumi"], 1), (["run"], 2),
    (["--threads", "0"], 2), (["--threads", "x"], 2), (["--seed", "-1"], 2), (["--nope"], 2), (["-c"], 2),
    (["-c", "data", "x.sumi"], 2), (["--version"], 0), (["--help"], 0), ([], 0), (["-"], 0), (["-i"], 0),
  ]

  @Test("the status is 0 when all went well, 1 when a command failed, 2 when the usage was wrong", arguments: endings)
  func status(arguments: [String], status: Int32) throws {
    let run = try Binary(arguments)
    #expect(run.status == status, "\(run.errors)")
    #expect(run.errors.contains(#/[Ee]rror: /#) == (status != 0), "\(run.errors)")
    if status != 0 { #expect(run.output == "") }
  }

  @Test("an untrue expect fails, a true one does not")
  func expects() throws {
    #expect(try Binary(["-c", "\(ProgramTests.start); evaluate; expect accuracy >= 0"]).status == 0)
    let run = try Binary(["-c", "\(ProgramTests.start); evaluate; expect accuracy >= 2; help quit"])
    #expect(run.status == 1)
    #expect(run.errors.contains("-c:5: error: expected accuracy >= 2.0, but accuracy is 0."))
    #expect(!run.output.contains("Ends the program."))
  }

  @Test("lines from a pipe run without network, home or prompt, and stop at the first error")
  func pipe() throws {
    let run = try Binary([], input: "load digits\ndata", environment: ["HOME": ""])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("60,000 training and 10,000 test examples, 28×28, 10 classes"))
    #expect(run.errors == "")
    let failing = try Binary(["-"], input: "seed 1\n\nfoo\nhelp quit\n")
    #expect(failing.status == 1)
    #expect(failing.errors.hasPrefix("standard input:3: error: no command is called \"foo\"\n  foo\n  ^~~\n"))
    #expect(failing.output == "")
  }

  @Test(
    "a pipe may have CRLF, a byte order mark, continued lines and no line break at the end",
    arguments: [
      "\u{FEFF}help \\\r\nquit\r\n", "help quit", "help \\\n  quit", "\n\n# c:\\\nhelp quit\r\n",
      "#!/usr/bin/env sumi\nhelp quit\n",
    ])
  func lines(input: String) throws {
    let run = try Binary([], input: input)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("Ends the program."))
  }

  @Test("bytes in a pipe that are not UTF-8 are an error with their place")
  func notUTF8() throws {
    let path = try script("")
    try Data(Array("seed 1\nab".utf8) + [0xFF]).write(to: URL(fileURLWithPath: path))
    let run = try Binary([path])
    #expect(run.status == 1)
    #expect(run.errors == "error: \(path):2:3: not UTF-8, so it cannot be a script\n")
  }

  @Test("scripts run one after the other in one session, and the first error ends it")
  func files() throws {
    let (one, two, bad) = (try script("seed 5\n"), try script("cells\n"), try script("seed 1\nfit 1\n"))
    let run = try Binary(["run", one, two])
    #expect(run.status == 0)
    #expect(run.output.contains("seed 5"))
    let failing = try Binary([bad, two])
    #expect(failing.status == 1)
    #expect(failing.errors.contains("\(bad):2: error: there is no data set yet\n  try: load digits\n"))
    #expect(failing.output == "")
  }

  @Test("--json prints one object a command on standard output, and nothing else anywhere")
  func json() throws {
    let file = try script(
      "# words\n\(ProgramTests.start.replacing("; ", with: "\n"))\n\nfit 2 64\nevaluate\nconfusion\n")
    let run = try Binary(["--json", file])
    #expect(run.status == 0)
    #expect(run.errors == "")
    let objects = try run.objects()
    #expect(objects.map { $0["cell"] as? Int } == [1, 2, 3, 4, 5, 6])
    #expect(
      objects.allSatisfy { $0["ok"] as? Bool == true && $0["result"] is [String: Any] && $0["seconds"] is Double })
    #expect(objects.map { $0["line"] as? String }.last == "confusion")
  }

  @Test("--json tells errors there too, those of files and of usage before the first line included")
  func jsonErrors() throws {
    for arguments in [
      ["--json", "-c", "help quit; fit 1"], ["--json", "/nowhere.sumi"], ["--json", "-c", "seed 1; add dnse"],
    ] {
      let run = try Binary(arguments)
      #expect(run.status == 1)
      #expect(run.errors == "")
      let last = try #require(try run.objects().last)
      #expect(last["ok"] as? Bool == false)
      #expect((last["error"] as? [String: Any])?["message"] is String)
    }
  }

  @Test("--quiet leaves results and errors, and nothing else")
  func quiet() throws {
    let file = try script(
      "# words\n\(ProgramTests.start.replacing("; ", with: "\n"))\nfit 2 64\nfoo\n".replacing("foo", with: "help quit"))
    let (loud, quiet) = (try Binary([file]), try Binary(["--quiet", file]))
    #expect(quiet.status == 0)
    #expect(quiet.errors == "")
    #expect(loud.errors.contains("> fit 2 64") && loud.errors.contains("words"))
    #expect(quiet.output.contains("Ends the program."))
    #expect(try Binary(["--quiet", "-c", "foo"]).errors.contains("error: no command"))
  }

  @Test("fit prints one line an epoch where there is no terminal")
  func epochs() throws {
    let run = try Binary(["-c", "\(ProgramTests.start); fit 3 64"])
    let lines = run.errors.split(separator: "\n").filter { $0.hasPrefix("epoch ") }
    #expect(lines.count == 3)
    #expect(lines.first?.contains(#/^epoch 1/3  .*  loss [0-9.]+  accuracy [0-9.]+$/#) == true, "\(run.errors)")
    #expect(!run.errors.contains("━") && !run.errors.contains("\r") && !run.errors.contains("\u{1b}"))
  }

  @Test("more threads than processors are warned of on standard error, and the program goes on")
  func manyThreads() throws {
    let program = try Binary(["--threads", "1000", "-c", "load digits train=20 test=10"])
    #expect(program.status == 0)
    #expect(program.errors.contains("1000 threads on "))
    #expect(program.output.hasPrefix("digits: 20 training"))
    let few = try Binary(["--threads", "1", "-c", "quit"])
    let quiet = try Binary(["--threads", "1000", "--quiet", "-c", "quit"])
    #expect(!few.errors.contains("threads on"))
    #expect(quiet.errors.isEmpty)
  }

  @Test("--seed gives the same numbers at any --threads, another seed others; without it the drawn one is told")
  func seeds() throws {
    func weights(_ arguments: [String]) throws -> Data {
      let path = "\(folder)/\(UUID().uuidString).safetensors"
      let run = try Binary(arguments + ["-c", "\(ProgramTests.start); fit 1 64; save weights \(path)"])
      #expect(run.errors.contains("was drawn") == arguments.isEmpty)
      return try Data(contentsOf: URL(fileURLWithPath: path))
    }
    let first = try weights(["--seed", "5", "--threads", "1"])
    #expect(try weights(["--seed", "5", "--threads", "2"]) == first)
    #expect(try weights(["--seed", "5"]) == first)
    #expect(try weights(["--seed", "6"]) != first)
    #expect(try weights([]) != first)
  }

  @Test("a result that cannot be printed makes the status 1: a full disk, a closed descriptor")
  func unprintable() throws {
    #expect(try Binary(["-c", "help"], output: "/dev/full").status == 1)
    #expect(try Binary(["--json", "-c", "seed 1"], output: "/dev/full").status == 1)
    #expect(try Binary(["-c", "help"], output: "").status == 1)
    #expect(try Binary(["-c", "help"], output: "/dev/null").status == 0)
  }

  @Test("colours come only when they are asked for, and set works inside scripts")
  func colours() throws {
    let data = "load digits train=20 test=10; data"
    #expect(try !Binary(["-c", data]).output.contains("\u{1b}"))
    #expect(try Binary(["-c", "set colour yes; \(data)"]).output.contains("\u{1b}[1m"))
    #expect(try !Binary(["--no-color", "-c", "set colour yes; \(data)"]).output.contains("\u{1b}"))
    #expect(
      try Binary(["-c", "set colour yes; \(data); set colour no; help quit"]).output.contains("quit   command\n"))
  }

  @Test func `kernels that this processor cannot run are wrong usage, others are the ones in use`() throws {
    let refused = try Binary(["-c", "cells"], environment: ["SUMI_KERNELS": "v9"])
    #expect(refused.status == 2)
    #expect(refused.errors.hasPrefix("error: SUMI_KERNELS=\"v9\": there is no such level; it can run plain"))
    let plain = try Binary(["--version", "--json"], environment: ["SUMI_KERNELS": "plain"])
    #expect(try plain.objects().first?["kernels"] as? String == "plain")
  }

  @Test("--version and --help answer on standard output")
  func about() throws {
    #expect(try Binary(["--version"]).output.contains(#/^sumi \d+\.\d+\.\d+\n$/#))
    #expect(try Binary(["--version", "--json"]).output.contains(#/^{"version":"[\d.]+","kernels":"\w+",.*}\n$/#))
    let help = try Binary(["--help"])
    for option in ["--json", "--quiet", "--no-color", "--threads", "--seed", "--version", "-c", "-i"] {
      #expect(help.output.contains(option), "\(option)")
    }
  }

  @Test("control characters in a line never reach the output as they are")
  func controls() throws {
    let run = try Binary([], input: "help \u{1b}[31mred\u{7}\u{202e}\u{9b}1m\n")
    #expect(run.status == 1)
    #expect(run.errors.contains("\\u{1b}[31mred\\u{7}\\u{202e}\\u{9b}1m"))
    #expect(
      run.errors.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && $0.value != 0x9B && $0.value != 0x202E })
  }

  @Test func `numbers of cells are unique and rise, whatever runs what`() throws {
    let inner = try script("seed 2\nhelp quit\n")
    let outer = try script("seed 1\nrun \(inner)\nrun \(inner)\nfit 1\n")
    let run = try Binary(["--json", outer, inner])
    #expect(run.status == 1)
    #expect(try run.objects().map { $0["cell"] as? Int } == Array(1...8))
    #expect(try run.objects().map { $0["ok"] as? Bool } == [true, true, true, true, true, true, true, false])
  }

  @Test func `a script whose result cannot be written after the work ends with status 1`() throws {
    let run = try Binary(["-c", "\(ProgramTests.start); fit 1 64 > \(folder)/none/c.csv; help quit"])
    #expect(run.status == 1)
    #expect(run.errors.contains("No such file or directory"))
    #expect(!run.errors.contains("epoch 1/1"))
  }

  @Test func `the text of a script can be given to -c, comments with apostrophes too`() throws {
    let text = "# don't; stop\nload digits train=20 test=10 # it's data; really\nhelp quit"
    let run = try Binary(["-c", text])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("digits: 20 training") && run.output.contains("Ends the program."))
    let line = try Binary(["-c", "load digits train=20 test=10 # don't; help quit"])
    #expect(line.output.contains("digits: 20 training") && line.output.contains("Ends the program."))
  }

  @Test func `all mistakes of a script are told before its first line runs`() throws {
    let path = try script("foo\nseed 1\nadd dnse 5\n" + String(repeating: "bar\n", count: 12))
    let run = try Binary([path])
    #expect(run.status == 1)
    #expect(run.errors.contains("\(path):1: error: ") && run.errors.contains("\(path):3: error: "))
    #expect(run.errors.hasSuffix("and 4 more mistakes\n"), "\(run.errors)")
  }

  @Test(arguments: [["-c", "help"], ["--version"], ["--help"], ["help", "--json-schema"]])
  func `what cannot be printed is told on standard error`(arguments: [String]) throws {
    let run = try Binary(arguments, output: "/dev/full")
    #expect(run.status == 1)
    #expect(run.errors == "error: standard output cannot be written: No space left on device\n")
  }

  @Test func `help is asked for without quotes too`() throws {
    #expect(try Binary(["help"]).output == Binary(["-c", "help"]).output)
    #expect(try Binary(["help", "show", "errors"]).output == Binary(["-c", "help show errors"]).output)
    #expect(try Binary(["help", "dense", "--json"]).objects().first?["ok"] as? Bool == true)
    #expect(try Binary(["help", "nosuchthing"]).status == 1)
  }

  @Test func `all scripts are read before the first one runs`() throws {
    let (first, second) = (try script("help quit\n"), try script("seed 1\nfoo\n"))
    let run = try Binary([first, second])
    #expect(run.status == 1 && run.output == "" && run.errors.contains("\(second):2: error: no command"))
    let written = "\(folder)/later.sumi"
    let writer = try script("seed 4\nsave session \(written)\n")
    #expect(try Binary([writer, written]).status == 0)
    #expect(try Binary([first, "/nowhere.sumi"]).output == "")
  }

  @Test func `a mistake has its place, as it is the first that is told and nothing runs before it`() throws {
    func place(_ arguments: String...) throws -> String? {
      let objects = try Binary(["--json"] + arguments).objects()
      #expect(objects.count == 1)
      return (objects.first?["error"] as? [String: Any])?["place"] as? String
    }
    #expect(try place("-c", "seed 1; seed 2; nosuch") == "-c:3")
    let file = try script("# words\nseed 1\n\nnosuch\n")
    #expect(try place(file) == "\(file):4")
  }
}
