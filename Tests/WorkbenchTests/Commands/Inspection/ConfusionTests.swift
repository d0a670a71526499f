import TestSupport
import Testing

@testable import Workbench

@Suite("confusion")
struct ConfusionTests {
  @Test("rows are true, columns predicted")
  func matrix() {
    var bench = Toy.bench
    let outcome = bench.outcome("confusion")
    #expect(outcome?.result == #"{"labels":["cat","dog","<owl>"],"matrix":[[2,1,0],[2,1,1],[0,0,0]]}"#)
  }

  @Test("both axes are named, and rows carry their sums")
  func picture() {
    var bench = Toy.bench
    let text = bench.outcome("confusion")?.text
    #expect(
      text == """
               predicted →
        true    cat    dog  <owl>   all   right
        ───────────────────────────────────────
        cat       2      1      ·     3  66.7 %
        dog       2      1      1     4  25.0 %
        <owl>     ·      ·      ·     0       –
        most confused: dog taken for cat 2×, cat taken for dog 1×, dog taken for <owl> 1×

        """)
  }

  @Test("in a file zeros are numbers too")
  func file() throws {
    let folder = try Folder()
    var bench = Toy.bench
    bench.run("confusion > \(folder["c.csv"])")
    #expect(try folder.text("c.csv") == "true,cat,dog,<owl>,all\r\ncat,2,1,0,3\r\ndog,2,1,1,4\r\n<owl>,0,0,0,0\r\n")
  }

  @Test("rows add up to the counts of data, and wrong is the sum off the diagonal")
  func sums() throws {
    var bench = Bench(.trained)
    let predictions = try Predictions(bench.session, .test, bench.host())
    let counts = predictions.confusion
    let labels = try #require(bench.session.dataset).test.labels
    #expect(counts.map { $0.reduce(0, +) } == (0..<10).map { label in labels.filter { $0 == label }.count })
    let off = counts.indices.reduce(0) { sum, row in sum + counts[row].reduce(0, +) - counts[row][row] }
    #expect(off == predictions.wrong.count)
    let outcome = bench.outcome("show errors 1")
    #expect(outcome?.result.hasPrefix(#"{"wrong":\#(off),"errors":[{"index":"#) == true)
  }

  @Test func `names of classes are neither HTML nor sequences for a terminal in any file`() throws {
    let folder = try Folder()
    var session = Toy.bench.session
    session.dataset?.classes = ["<img src=x>", "d\u{1b}[31mog", "a&b"]
    var bench = Bench(session: session)
    for line in [
      "confusion > \(folder["c.md"])", "report > \(folder["r.md"])", "report > \(folder["r.csv"])",
      "confusion > \(folder["c.html"])", "report > \(folder["r.html"])", "confusion > \(folder["c.txt"])",
      "save session \(folder["s.md"])", "save session \(folder["s.html"])",
    ] {
      bench.run(line)
    }
    for name in folder.names {
      let text = try folder.text(name)
      #expect(!text.contains("\u{1b}"), "\(name)")
      if name.hasSuffix("html") || name.hasSuffix("md") { #expect(!text.contains("| <img") && !text.contains("><img")) }
    }
    #expect(try folder.text("r.md").contains("&lt;img src=x>"))
  }
}
