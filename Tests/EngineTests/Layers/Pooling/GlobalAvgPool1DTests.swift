import Grammar
import Testing

@testable import Engine

@Suite struct GlobalAvgPool1DTests {
  static let twins = [Shape([7, 5]), [1, 2], [9, 1]].map { shape in
    Twin(GlobalAvgPool1D(), shape) { given in
      pooled(given, shape[0], 1, same: false) { $0.reduce(0, +) / Double($0.count) }
    }
  }

  @Test func `a row is refused, and the command makes a sequence of it`() throws {
    let refusal = #expect(throws: Refusal.self) { try GlobalAvgPool1D().output(for: [49]) }
    let expected = Refusal(
      "globalavgpool1d needs sequences, steps × channels, and gets 49", hint: "add reshape 49 1")
    #expect(refusal == expected)
  }
}
