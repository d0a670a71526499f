import Grammar
import Testing

@testable import Engine

@Suite struct MaxPool2DTests {
  static let twins = [
    twin(Pair(2), on: [6, 4, 3]), twin(Pair(2), on: [5, 7, 9]),
    twin(Pair(3), strides: Pair(2), same: true, on: [6, 5, 2]),
    twin(Pair(2, 3), strides: Pair(1, 2), on: [5, 6, 8]), twin(Pair(3, 2), strides: Pair(1), same: true, on: [4, 4, 1]),
    // Whole registers of channels, and some behind them.
    twin(Pair(2), on: [5, 4, 16]), twin(Pair(3), strides: Pair(2), same: true, on: [4, 5, 35]),
  ]

  static func twin(_ size: Pair, strides: Pair? = nil, same: Bool = false, on shape: Shape) -> Twin {
    Twin(MaxPool2D(size: size, strides: strides, padding: same ? .same : .valid), shape) { given in
      pooled(given, size, strides ?? size, same: same) { $0.max() ?? .nan }
    }
  }

  @Test("numbers as Keras 3.15.1 with TensorFlow gives them")
  func golden() throws {
    let bench = try Bench(MaxPool2D(size: Pair(3), strides: Pair(2), padding: .same), [5, 6, 2], batch: 1)
    for i in 0..<60 { bench.input[i] = Float(i * 7 % 11 - 5) / 4 }
    bench.forward()
    let expected = [
      1.25, 1.25, 1, 1, 0.75, 0.75, 1.25, 1.25, 1, 1, 0.75, 1.25, 1.25, 1, 0.75, 0.75, 1.25, 1.25,
    ]
    #expect(bench.output.doubles == expected)
  }

  @Test("the gradient goes to the first of several largest numbers")
  func ties() throws {
    let bench = try Bench(MaxPool2D(), [2, 4, 1], batch: 1)
    for (i, value) in [Float](arrayLiteral: 1, 2, 0, 0, 2, 2, 0, 0).enumerated() { bench.input[i] = value }
    (bench.outputGradient[0], bench.outputGradient[1]) = (3, 5)
    bench.forward()
    bench.backward()
    #expect(bench.inputGradient.doubles == [0, 3, 5, 0, 0, 0, 0, 0])
  }

  @Test("a window larger than the image is refused with what to type", arguments: ["maxpool2d 3", "avgpool2d 3"])
  func tooLarge(_ line: String) throws {
    let layer = try LayerTests.read(line)
    let refusal = #expect(throws: Refusal.self) { try layer.output(for: [2, 9, 4]) }
    let message = "\(layer.name)'s window of 3×3 pixels is larger than its image, 2×9×4; it needs 3×3×4 or more"
    #expect(refusal?.message == message)
    #expect(refusal?.hint == "add \(line) padding=same")
    #expect(try LayerTests.read("\(line) padding=same").output(for: [2, 9, 4]) == [1, 3, 4])
  }

  @Test("the strides are the pool's size unless given", arguments: [
    ("maxpool2d", Pair(2), Pair(2)), ("maxpool2d 3", Pair(3), Pair(3)), ("maxpool2d 3 2", Pair(3), Pair(2)),
    ("maxpool2d 3x2 strides=1", Pair(3, 2), Pair(1)),
  ])
  func strides(_ line: String, _ size: Pair, _ strides: Pair) throws {
    let layer = try #require(try LayerTests.read(line) as? MaxPool2D)
    #expect(layer.window == Window(size: size, strides: strides))
  }
}
