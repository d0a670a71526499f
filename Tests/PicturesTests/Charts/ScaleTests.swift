import Testing

@testable import Pictures

@Suite("Axes of numbers")
struct ScaleTests {
  @Test("an axis holds its numbers, in few steps of 1, 2 or 5", arguments: [
    (0.0, 1.0), (0.0412, 0.282), (-3, 7), (1e-9, 3e-9), (5, 5), (0, 0), (-2, -2), (0, 123_456_789), (0.97, 0.9899),
  ])
  func holds(minimum: Double, maximum: Double) {
    let scale = Scale(minimum, maximum, steps: 5)
    #expect(scale.place(minimum) >= -1e-6 && scale.place(maximum) <= 1 + 1e-6 && scale.maximum > scale.minimum)
    #expect((2...12).contains(scale.ticks.count))
    #expect(Set(scale.ticks.map(scale.label)).count == scale.ticks.count)
  }

  @Test("labels have as many digits as the steps need", arguments: [
    (0.0, 0.25, 0.05, "0.05"), (0, 1, 0.2, "0.2"), (0, 100, 20, "20"), (-1, 1, -0.5, "-0.5"), (0, 4e-5, 1e-5, "1.0e-5"),
    (1e9, 1.000_002e9, 1.000_001e9, "1.000001e9"), (4.9e10, 5.1e10, 5.05e10, "5.05e10"),
  ])
  func labels(minimum: Double, maximum: Double, value: Double, text: String) {
    #expect(Scale(minimum, maximum, steps: 5).label(value) == text)
  }
}
