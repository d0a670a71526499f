import Grammar
import Testing

@testable import Engine

@Suite struct GlobalMaxPool1DTests {
  static let twins = [Shape([7, 5]), [1, 2], [9, 1]].map { shape in
    Twin(GlobalMaxPool1D(), shape) { given in
      pooled(given, shape[0], 1, same: false) { $0.max() ?? .nan }
    }
  }

  @Test func `a row is refused, and the command makes a sequence of it`() throws {
    let refusal = #expect(throws: Refusal.self) { try GlobalMaxPool1D().output(for: [49]) }
    let expected = Refusal(
      "globalmaxpool1d needs sequences, steps × channels, and gets 49", hint: "add reshape 49 1")
    #expect(refusal == expected)
  }
}
