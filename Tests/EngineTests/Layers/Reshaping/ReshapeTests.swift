import Grammar
import Testing

@testable import Engine

@Suite struct ReshapeTests {
  static let twins = [
    Twin(Reshape(shape: [7, 2, 2]), [28]) { $0.input }, Twin(Reshape(shape: [6]), [3, 2]) { $0.input },
  ]

  @Test("another count is refused with what would fit", arguments: [
    ("reshape 7 7 16", "reshape to 7×7×16 needs 784 numbers for each example, and gets 576 (3×3×64)"),
    (
      "reshape 9223372036854775807 3",
      "reshape to 9223372036854775807×3 needs too many numbers for each example, and gets 576 (3×3×64)"
    ),
  ])
  func otherCount(_ line: String, _ message: String) throws {
    let layer = try LayerTests.read(line)
    let refusal = #expect(throws: Refusal.self) { try layer.output(for: [3, 3, 64]) }
    #expect(refusal == Refusal(message, hint: "add reshape 576"))
  }
}
