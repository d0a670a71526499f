import Pictures
import Testing

@testable import Engine
@testable import Workbench

@Suite struct ExtremesTests {
  static let extremes: [Double] = [
    .nan, .infinity, -.infinity, 1e30, -1e30, 1e308, 0, .leastNonzeroMagnitude, 1e-42, -1e-42,
  ]

  /// Everything that looks at a network.
  private static let looks = [
    "summary", "evaluate", "confusion", "report", "show errors 5", "show example 0", "show curves", "show network",
    "show weights 1", "show weights 2", "show activations 1 0", "show activations 2 0", "predict 0", "predict 0 1 2 3",
  ]

  @Test(arguments: extremes) func `every result of a network with extreme weights can be shown`(value: Double) throws {
    var bench = Bench(.trained)
    var session = bench.session
    let count = session.network?.values.count ?? 0
    session.network?.values.replaceSubrange(
      0..<count, with: (0..<count).map { $0 % 3 == 0 ? -Float(value) : Float(value) })
    bench = Bench(session: session)
    for look in ExtremesTests.looks { try show(look, bench.outcome(look)) }
  }

  @Test func `weights that are all one large number have a histogram`() throws {
    var bench = Bench(.loaded)
    bench.run("add dense 10 softmax kernel_initializer=\"random_normal mean=1e10 stddev=0\"")
    let text = try #require(bench.outcome("show weights")?.text)
    #expect(text.contains("1.0e10"), "\(text)")
    try show("activations", bench.outcome("show activations 1 0"))
  }

  @Test(arguments: extremes) func `a history of extreme figures can be shown`(value: Double) throws {
    var bench = Bench(.trained)
    var session = bench.session
    for number in 3...5 {
      let score = Score(loss: value, metrics: [Figure("accuracy", number == 4 ? -value : value)], count: 1)
      session.history.append(
        Epoch(number: number, training: score, validation: score, learningRate: value, seconds: value, batches: 1))
    }
    bench = Bench(session: session)
    try show("curves", bench.outcome("show curves"))
    #expect(!PromptStatus(bench.session).text(within: 200).isEmpty)
    for text in [fixed(value, 4), percent(value), duration(value), fixed(value, 0)] { #expect(!text.isEmpty) }
  }

  @Test func `the minimum and the largest count can be written`() {
    #expect(grouped(Int.min) == "-9,223,372,036,854,775,808" && grouped(Int.max) == "9,223,372,036,854,775,807")
  }

  private func show(_ name: String, _ outcome: Outcome?) throws {
    let answer = try #require(outcome?.answer, "\(name): \(outcome?.diagnostic?.message ?? "")")
    #expect(!answer.json.text.isEmpty)
    for picture in answer.pictures + answer.shown + answer.figures {
      _ = picture.lines(on: Canvas(width: 80, hasColour: true))
      _ = picture.drawing(on: .page())
    }
  }
}
