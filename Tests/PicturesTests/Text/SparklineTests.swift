import Testing

@testable import Pictures

@Suite("Sparklines")
struct SparklineTests {
  @Test("the largest figure is the highest block, the smallest the lowest")
  func heights() {
    #expect(Sparkline.text([1, 0], columns: 10) == "█▁")
    #expect(Sparkline.text([0, 1, 2, 3, 4, 5, 6, 7], columns: 10) == "▁▂▃▄▅▆▇█")
  }

  @Test("many figures are thinned out, the first and the last stay")
  func thinned() {
    let text = Sparkline.text((0..<1000).map { Double(1000 - $0) }, columns: 30)
    #expect(text.count == 30)
    #expect(text.first == "█" && text.last == "▁")
  }

  @Test("equal figures are a flat line, and what is not finite leaves a gap")
  func odd() {
    #expect(Sparkline.text([5, 5, 5], columns: 10) == "▁▁▁")
    #expect(Sparkline.text([1, .nan, 0], columns: 10) == "█ ▁")
    #expect(Sparkline.text([.infinity], columns: 10) == "")
    #expect(Sparkline.text([], columns: 10) == "")
    #expect(Sparkline.text([3, 2, 1], columns: 0) == "█")
  }
}
