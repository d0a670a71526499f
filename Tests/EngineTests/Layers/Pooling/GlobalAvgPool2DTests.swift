import Grammar
import Testing

@testable import Engine

@Suite struct GlobalAvgPool2DTests {
  static let twins = [Shape([3, 4, 5]), [1, 1, 2], [7, 1, 1]].map { shape in
    Twin(GlobalAvgPool2D(), shape) { given in
      pooled(given, Pair(shape[0], shape[1]), Pair(1), same: false) { $0.reduce(0, +) / Double($0.count) }
    }
  }

  @Test("a row is refused, and the command makes an image of it", arguments: ["globalavgpool2d", "globalmaxpool2d"])
  func row(_ line: String) throws {
    let layer = try LayerTests.read(line)
    let refusal = #expect(throws: Refusal.self) { try layer.output(for: [49]) }
    #expect(
      refusal == Refusal("\(line) needs images, height × width × channels, and gets 49", hint: "add reshape 7 7 1"))
  }
}
