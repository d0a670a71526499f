import Foundation
import TestSupport
import Testing

@testable import Workbench

@Suite struct NotebookTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private static let script = """
    ## Digits
    # Some *words* & more.
    seed 7
    load digits train=300 test=100
    add dense 10 softmax
    compile rmsprop
    ## Training
    fit 1 64
    confusion
    # The end.

    """

  private func published(_ ending: String) throws -> String {
    let path = try folder.write(NotebookTests.script, to: "a.sumi")
    let publication = try Publication(file: path, as: ending, to: nil, Bench().runner)
    #expect(publication.mistakes.isEmpty && publication.path == folder["a.\(ending)"])
    return publication.path
  }

  @Test func `a notebook has narration, commands and their results in every form`() throws {
    let data = Data(try folder.bytes(String(try published("ipynb").split(separator: "/").last ?? "")))
    let notebook = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(notebook["nbformat"] as? Int == 4 && notebook["nbformat_minor"] as? Int == 5)
    let cells = try #require(notebook["cells"] as? [[String: Any]])
    #expect(
      cells.map { $0["cell_type"] as? String } == [
        "markdown", "code", "code", "code", "code", "markdown", "code", "code", "markdown",
      ])
    #expect(cells[0]["source"] as? String == "# Digits\nSome *words* & more.")
    let outputs = try #require(cells[7]["outputs"] as? [[String: Any]])
    let forms = try #require(outputs.first?["data"] as? [String: Any])
    #expect(Set(forms.keys) == ["image/svg+xml", "text/plain"])
    #expect(Set(cells.compactMap { $0["id"] as? String }).count == cells.count)
  }

  @Test(arguments: ["ipynb", "md", "sumi"]) func `a session without a seed of its own has it in the page`(
    ending: String
  ) throws {
    var (first, second) = (Bench(.trained, seed: 7), Bench(seed: 99))
    first.run("confusion")
    first.run("save session \(folder["a.\(ending)"])")
    let script = try Script(file: folder["a.\(ending)"])
    #expect(second.replay(script).ending == .finished)
    #expect(second.session.history.map(\.training) == first.session.history.map(\.training))
    #expect(second.session.cells.map(\.line) == ["seed 7"] + first.session.cells.map(\.line))
    let words = second.session.cells.flatMap(\.narration) + second.session.narration
    #expect(!words.contains { $0.contains("predicted") || $0.contains("loss") }, "results are no narration")
    second.run("save session \(folder["b.\(ending)"])")
    if ending == "md" { #expect(try folder.text("b.md").matches(of: /seed 7/).count == 1) }
  }

  @Test(arguments: ["ipynb", "md"]) func `a page that was published runs as the script that it came from`(
    ending: String
  ) throws {
    let path = try published(ending)
    var (first, second) = (Bench(), Bench())
    #expect(first.replay(try Script(file: folder["a.sumi"])).ending == .finished)
    #expect(second.replay(try Script(file: path)).ending == .finished)
    #expect(
      first.session.history == second.session.history
        || first.session.history.map(\.training) == second.session.history.map(\.training))
    #expect(second.session.cells.map(\.line) == first.session.cells.map(\.line))
  }

  @Test func `a page has contents, headings to go to, notes, and pictures whose text is text`() throws {
    _ = try published("html")
    let page = try folder.text("a.html")
    #expect(page.contains("<title>Digits</title>") && page.contains("<a href=\"#part-2\">Training</a>"))
    #expect(page.contains("<h2 id=\"part-2\">Training</h2>") && page.contains("Some <em>words</em> &amp; more."))
    #expect(page.contains("<svg ") && page.contains("predicted</tspan>") && !page.contains("<script"))
  }

  @Test(arguments: [
    "", "[]", "{}", "{\"cells\":3}", "{\"cells\":[{}]}", "{\"cells\":[{\"cell_type\":\"code\",\"source\":7}]}",
  ])
  func `a notebook that is none is refused`(text: String) throws {
    let path = try folder.write(text, to: "b.ipynb")
    #expect(throws: (any Error).self) { try Script(file: path) }
  }

  @Test func `fences of other languages and outputs are no commands, and lines keep their numbers`() throws {
    let path = try folder.write(
      "# T\n```python\nx\n```\n~~~sumi\nseed 1\ndta\n~~~\n\n```\nout\n````\n```sumi\nseed 2", to: "b.md")
    let script = try Script(file: path)
    #expect(
      script.entries.map(\.text).filter { !Script.isBlank($0) } == ["seed 1", "dta", "seed 2"]
        || script.validate(Bench().host()).count == 1)
    #expect(script.validate(Bench().host()).first?.lineNumber == 7)
  }

  @Test func `a script that fails is not published`() throws {
    let path = try folder.write("fit 1\n", to: "c.sumi")
    #expect(try Publication(file: path, as: "md", to: nil, Bench().runner).mistakes.count == 1)
    #expect(folder.names == ["c.sumi"])
  }

  /// Python with a module, or nil where it is missing.
  private static func python(with module: String) -> Bool {
    run(["python3", "-c", "import \(module)"]) == 0
  }

  private static func run(_ words: [String]) -> Int32? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    process.waitUntilExit()
    return process.terminationStatus
  }

  @Test(
    "nbformat finds the notebook valid", .enabled(if: python(with: "nbformat"), "Python's nbformat is not installed"))
  func valid() throws {
    let check =
      "import nbformat, sys; nbformat.validate(nbformat.read(sys.argv[1], as_version=4)); "
      + "n = nbformat.read(sys.argv[1], as_version=4); assert (n.nbformat, n.nbformat_minor) == (4, 5)"
    #expect(NotebookTests.run(["python3", "-W", "error", "-c", check, try published("ipynb")]) == 0)
  }

  @Test(
    "nbconvert turns the notebook into a page",
    .enabled(if: python(with: "nbconvert"), "Python's nbconvert is not installed"))
  func converted() throws {
    let path = try published("ipynb")
    #expect(NotebookTests.run(["python3", "-m", "nbconvert", "--to", "html", path]) == 0)
    #expect(try folder.text("a.html").contains("Digits"))
  }

  @Test("cmark reads the page", .enabled(if: run(["cmark", "--version"]) == 0, "cmark is not installed"))
  func markdown() throws {
    #expect(NotebookTests.run(["cmark", try published("md")]) == 0)
  }

  @Test("Chromium shows the page", .enabled(if: run(["chromium", "--version"]) == 0, "Chromium is not installed"))
  func shown() throws {
    let page = try published("html")
    let picture = folder["a.png"]
    #expect(
      NotebookTests.run([
        "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--window-size=360,2000", "--screenshot=\(picture)",
        "file://\(page)",
      ]) == 0)
    #expect(try folder.bytes("a.png").count > 10_000)
  }
}
