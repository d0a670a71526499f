/// How often numbers of each size occur, as bars.
public struct Histogram: Picture {
  private let title: String
  private let counts: [Int]
  private let minimum: Double
  private let maximum: Double

  /// Sorts numbers into bars of the same width; what is not finite is left out.
  public init(_ title: String, _ values: some Collection<Float>, bars: Int = 40) {
    let finite = values.filter(\.isFinite)
    let missing = values.count - finite.count
    self.title = missing == 0 ? title : "\(title); \(missing) not finite, left out"
    let (minimum, maximum) = (Double(finite.min() ?? 0), Double(finite.max() ?? 0))
    self.minimum = minimum
    self.maximum = maximum > minimum ? maximum : minimum + max(abs(minimum), 1) * Double(Float.ulpOfOne)
    var counts = [Int](repeating: 0, count: bars)
    for value in finite {
      counts[(0...bars - 1).clamping((Double(value) - minimum) / (self.maximum - minimum) * Double(bars), .down)] += 1
    }
    self.counts = counts
  }

  public var isGraphic: Bool { true }
  private var tallest: Int { max(1, counts.max() ?? 1) }

  /// Two digits after the first that counts.
  private static func number(_ value: Double) -> String {
    let scale = Scale(-abs(value), abs(value), steps: 200)
    return scale.label(value)
  }

  /// The counts, neighbours together where there are fewer cells than bars.
  private func bars(within columns: Int) -> [Int] {
    let width = (counts.count + columns - 1) / columns
    return stride(from: 0, to: counts.count, by: max(1, width)).map {
      counts[$0..<min($0 + width, counts.count)].reduce(0, +)
    }
  }

  public func lines(on canvas: Canvas) -> [Line] {
    let (blocks, height) = (Array(" ▁▂▃▄▅▆▇█"), 5)
    let bars = bars(within: canvas.width)
    let tallest = max(1, bars.max() ?? 1)
    let rows = (0..<height).map { row in
      Line(
        String(
          bars.map { count in
            let eighths = (0...height * 8).clamping(Double(count) / Double(tallest) * Double(height * 8), .up)
            return blocks[min(8, max(0, eighths - (height - 1 - row) * 8))]
          }), Style(.blue))
    }
    let (left, right) = (Histogram.number(minimum), Histogram.number(maximum))
    let middle = String(repeating: " ", count: max(1, bars.count - left.count - right.count))
    return Line(title, .bold).wrapped(to: canvas.width) + rows + [Line(left + middle + right, .dim)]
  }

  public func drawing(on paper: Paper) -> Drawing {
    let (theme, height, top) = (paper.theme, 90.0, 22.0)
    let width = min(paper.width, 420)
    let step = width / Double(counts.count)
    var drawing = Drawing(width: width, height: top + height + 18)
    drawing.text(title, 0, Typeface.body, theme.ink, isBold: true, room: width)
    for (index, count) in counts.enumerated() where count > 0 {
      let bar = max(0.7, height * Double(count) / Double(tallest))
      drawing.box(Double(index) * step + 0.5, top + height - bar, step - 1, bar, fill: theme.blue)
    }
    drawing.rule(0, top + height, to: width, top + height, theme.rule)
    if minimum < 0, maximum > 0 {
      let zero = width * -minimum / (maximum - minimum)
      drawing.rule(zero, top + height, to: zero, top + height + 4, theme.faint)
      drawing.text("0", zero, top + height + 13, theme.faint, size: Typeface.small, .middle)
    }
    drawing.text(Histogram.number(minimum), 0, top + height + 13, theme.faint, size: Typeface.small)
    drawing.text(Histogram.number(maximum), width, top + height + 13, theme.faint, size: Typeface.small, .end)
    return drawing
  }
}
