import Grammar
import Testing

@testable import Engine

@Suite struct DenseTests {
  static let twins = [twin(3, 5), twin(1, 1), twin(130, 70, bias: false)]

  static func twin(_ inputs: Int, _ units: Int, bias: Bool = true) -> Twin {
    var choices = KernelChoices()
    choices.usesBias = bias
    return Twin(Dense(units: units, choices), [inputs]) { given in
      let (w, b) = (given.weights["kernel"] ?? [], given.weights["bias"])
      return (0..<given.batch * units).map { place in
        let (row, unit) = (place / units, place % units)
        return (0..<inputs).reduce(b?[unit] ?? 0) { $0 + given.input[row * inputs + $1] * w[$1 * units + unit] }
      }
    }
  }

  @Test("an image becomes one row, but only in front")
  func flattens() throws {
    #expect(Dense(units: 5).inputShape(forData: [28, 28, 3]) == [2352])
    let refusal = #expect(throws: Refusal.self) { try Dense(units: 5).output(for: [28, 28]) }
    #expect(refusal?.hint == "add flatten")
  }
}
