import Engine
import Testing

@testable import Datasets

@Suite struct DigitTemplateTests {
  @Test("there are several ways of writing each of ten digits", arguments: 0..<10)
  func several(digit: Int) {
    #expect(DigitTemplate.all.count == 10)
    #expect(DigitTemplate.all[digit].count >= 3)
    #expect(DigitTemplate.all[digit].allSatisfy { $0.weight > 0 && !$0.strokes.isEmpty })
  }

  @Test("every template fits the buffers of the pen", arguments: 0..<10)
  func fitsBuffers(digit: Int) {
    for template in DigitTemplate.all[digit] {
      #expect(template.strokes.allSatisfy { (3...PenPath.knotCapacity).contains($0.count) })
      let points = template.strokes.map { 1 + ($0.count - 1) * PenPath.piecesPerSpan }.reduce(0, +)
      #expect(points <= PenPath.capacity)
    }
  }

  @Test("every template is about 1 high", arguments: 0..<10)
  func unitHeight(digit: Int) {
    for template in DigitTemplate.all[digit] {
      let heights = template.strokes.joined().map(\.y)
      #expect((0...0.08).contains(heights.min() ?? 1))
      #expect((0.90...1).contains(heights.max() ?? 0))
    }
  }

  @Test("one digit is written in many ways", arguments: 0..<10)
  func manyWays(digit: Int) {
    var random = Random(seed: 1)
    var images: Set<[UInt8]> = []
    for _ in 0..<20 {
      var image = [UInt8](repeating: 0, count: DigitDrawing.pixelCount)
      image.withUnsafeMutableBufferPointer { DigitDrawing.draw(digit, random: &random, into: $0) }
      images.insert(image)
    }
    #expect(images.count == 20)
  }

  @Test("the bell has mean 0 and variance 1")
  func bell() {
    var random = Random(seed: 3)
    var sum: Float = 0
    var squares: Float = 0
    for _ in 0..<10_000 {
      let value = random.bell()
      sum += value
      squares += value * value
    }
    #expect(abs(sum / 10_000) < 0.05)
    #expect(abs(squares / 10_000 - 1) < 0.05)
  }
}
