import Foundation
import TestSupport
import Testing

@testable import Datasets
@testable import Engine
@testable import Workbench

@Suite("Networks that say values")
struct ValuesTests {
  /// Four examples whose value is 2·x, and a network that says x.
  private static var bench: Bench {
    var bench = Bench()
    var session = bench.session
    let numbers: [Float] = [1, 2, 3, 4]
    let examples = Examples(
      shape: [1], features: .floats(Floats(numbers)), targets: .values(numbers.map { 2 * $0 }, width: 1))
    session.dataset = Dataset(name: "twice", train: examples, test: examples, classes: [], origin: "made by hand")
    session.dataset?.target = "price"
    bench = Bench(session: session)
    bench.run("add dense 1")
    bench.run("compile sgd")
    session = bench.session
    session.network?.values.replaceSubrange(0..<2, with: [1, 0])
    return Bench(session: session)
  }

  @Test func `evaluate tells loss and mae`() {
    var bench = ValuesTests.bench
    #expect(bench.outcome("evaluate")?.result == #"{"split":"test","loss":7.5,"mae":2.5,"count":4}"#)
  }

  @Test func `report tells mse, mae and r², and what is furthest off`() throws {
    var bench = ValuesTests.bench
    let outcome = bench.outcome("report")
    // Residuals −1 … −4: mse 30/4, mae 10/4; the variance of 2, 4, 6, 8 is 5, so r² is 1 − 7.5/5.
    let figures = #""mse":7.5,"rmse":2.7386127875258306,"mae":2.5,"bias":-2.5,"r2":-0.5,"count":4"#
    let worst = #"{"index":3,"true":8.0,"predicted":4.0,"residual":-4.0}"#
    #expect(outcome?.result.hasPrefix(#"{"values":[{"name":"price",\#(figures)}],"worst":[\#(worst)"#) == true)
    #expect(outcome?.text.contains("furthest off:") == true)
  }

  @Test func `all values the same have no r²`() {
    let figures = ValueFigures([(2, 1), (2, 3)])
    #expect(figures.r2 == nil && figures.mse == 1 && figures.bias == 0)
  }

  @Test func `confusion shows true against predicted, and errors the largest residuals`() throws {
    var bench = ValuesTests.bench
    let scatter = bench.outcome("confusion")
    #expect(scatter?.text.contains("predicted = true") == true)
    let errors = bench.outcome("show errors 2")
    let worst = [
      #"{"index":3,"true":8.0,"predicted":4.0,"residual":-4.0}"#,
      #"{"index":2,"true":6.0,"predicted":3.0,"residual":-3.0}"#,
    ]
    #expect(errors?.result == #"{"errors":[\#(worst.joined(separator: ","))]}"#)
    #expect(try bench.refuse("show errors true=3").message == "the data set has values, not classes")
  }

  @Test func `predict gives values, of ranges and whole sets with all digits`() throws {
    var bench = ValuesTests.bench
    #expect(
      bench.outcome("predict 1..2")?.result == #"{"predictions":[{"index":1,"value":2.0},{"index":2,"value":3.0}]}"#)
    let folder = try Folder()
    bench.run("predict test > \(folder["p.csv"])")
    #expect(try folder.text("p.csv") == "index,true,predicted\r\n0,2.0,1.0\r\n1,4.0,2.0\r\n2,6.0,3.0\r\n3,8.0,4.0\r\n")
    #expect(
      bench.outcome("predict 2")?.text.hasPrefix("2 is predicted to have a value of price of 3.000, and has 6.000\n")
        == true)
    #expect(try bench.refuse("predict 3..4").message == "there is no test example 4: they go from 0 to 3")
    #expect(try bench.refuse("predict 4..3").message.contains("a range such as 0..99"))
    #expect(try bench.refuse("predict rows.csv").message.hasPrefix("twice did not come from a CSV file"))
  }

  @Test func `data and examples are shown as numbers`() {
    var bench = ValuesTests.bench
    #expect(bench.outcome("show data 2")?.text.contains("price") == true)
    #expect(
      bench.outcome("show example 1")?.result
        == #"{"index":1,"split":"test","value":4.0,"shape":[1],"numbers":[2.0],"predicted":2.0}"#)
  }

  @Test func `rows of a table are predicted as those that trained were prepared`() throws {
    let folder = try Folder()
    let path = try folder.write(
      "a,b,y\n" + (0..<40).map { "\($0),\($0 % 2 == 0 ? "p" : "q"),\($0 < 20 ? "low" : "high")\n" }.joined(),
      to: "t.csv")
    var bench = Bench()
    for line in ["load \(path) label=y scale=standard", "add dense 2 softmax", "compile adam lr=0.1", "fit 50 8"] {
      bench.run(line)
    }
    let rows = try folder.write("b,a\nq,39\np,0\n", to: "r.csv")
    let outcome = bench.outcome("predict \(rows)")
    #expect(outcome?.result.contains(#""class":1"#) == true && outcome?.result.contains(#""class":0"#) == true)
    #expect(outcome?.text.contains("0 is taken for high") == true)
    let labelled = try folder.write("b,a,y\nq,39,low\np,0,low\n", to: "l.csv")
    #expect(bench.outcome("predict \(labelled)")?.text.contains("0 is taken for high, and is low") == true)
  }

  @Test func `rows with missing values are left out of predictions, and the others keep their numbers`() throws {
    let folder = try Folder()
    let path = try folder.write(
      "a,b,y\n" + (0..<40).map { "\($0 == 7 ? "" : "\($0)"),\($0 % 3),\($0 < 20 ? "low" : "high")\n" }.joined(),
      to: "t.csv")
    var bench = Bench()
    for line in ["load \(path) label=y missing=drop", "add dense 2 softmax", "compile adam"] { bench.run(line) }
    let rows = try folder.write("a,b\n,1\n5,1\n", to: "r.csv")
    let outcome = bench.outcome("predict \(rows)")
    #expect(outcome?.result.contains(#""predictions":[{"index":1,"#) == true, "\(outcome?.result ?? "")")
    #expect(
      outcome?.notes.map(\.text) == ["row 0 of \(rows), counted from 0, has missing values and is left out"])
  }

  @Test func `a class that nothing is taken for is told with a whole set`() {
    var bench = Toy.bench
    bench.run("predict 0 1")
    #expect(bench.outcome("predict test")?.notes == [])
    #expect(bench.outcome("predict test")?.answer?.pictures.first?.table?.rows.count == 7)
  }

  @Test func `activations of a network for values are shown too`() throws {
    var bench = Bench()
    for line in ["load sine train=60 test=20", "add dense 8 tanh", "add dense 1"] { bench.run(line) }
    #expect(try bench.told("show activations 1 0").result.contains("\"shape\":[8]"))
  }
}
