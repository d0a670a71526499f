import Testing

@testable import Workbench

@Suite("Hints for newcomers")
struct GuideTests {
  @Test("following the hints leads from nothing to a saved, trained network, each shown once")
  func follows() throws {
    var (bench, guide, lines) = (Bench(), Guide(history: []), [String]())
    while let line = guide.next(after: bench.session), lines.count < 20 {
      #expect(guide.offer == line)
      lines.append(line)
      if line.hasPrefix("save") { break }
      bench.run(line.replacing("load digits", with: "load digits train=300 test=100"))
    }
    #expect(lines == [
      "load digits", "add dense 512 relu", "add dense 10 softmax", "compile rmsprop", "fit 5 128", "evaluate",
      "confusion", "show errors", "show curves", "save session digits.sumi",
    ])
    #expect(guide.next(after: Bench().session) == nil)
  }

  @Test("who has typed a command in an earlier session is not told of it")
  func known() {
    var guide = Guide(history: ["load mnist", "add dense 3"])
    #expect(guide.next(after: Bench().session) == nil)
    #expect(guide.next(after: Bench(.loaded).session) == nil)
    #expect(guide.next(after: Bench(.built).session) == "compile rmsprop")
  }

  @Test("set hints no ends them")
  func off() {
    var (bench, guide) = (Bench(), Guide(history: []))
    bench.run("set hints no")
    #expect(guide.next(after: bench.session, bench.settings) == nil)
    #expect(guide.offer == nil)
  }

  @Test("images behind the last layer are flattened first")
  func images() {
    var bench = Bench(.loaded)
    bench.run("add conv2d 2 3")
    #expect(bench.session.nextLine == "add flatten")
  }
}
