import Foundation
import Testing

@testable import Pictures

/// Pictures as they were when somebody looked at them, in `Goldens`.
///
/// Pixels are compared, not bytes, and with a tolerance: another version of Cairo or FreeType may smooth edges
/// otherwise. To record them anew: `SUMI_RECORD_GOLDENS=yes swift test --filter GoldenTests`, then look at every one.
@Suite("Pictures look as they did")
struct GoldenTests {
  /// Mean difference of a channel, of 255, and share of pixels that may differ by more than a quarter.
  private static let tolerance = (mean: 3.0, share: 0.02)

  @Test("a picture is the golden one", arguments: Samples.all, Theme.allCases)
  func golden(_ sample: Samples, theme: Theme) throws {
    let drawing = Page([sample.picture]).drawing(on: Paper(width: 420, theme: theme))
    let png = try Print(drawing, theme: theme).png(1)
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Goldens/\(sample)-\(theme).png")
    if ProcessInfo.processInfo.environment["SUMI_RECORD_GOLDENS"] != nil { try Data(png).write(to: file) }
    let golden = try Cairo().read(png: Array(try Data(contentsOf: file)))
    let now = try Cairo().read(png: png)
    try #require(now.width == golden.width && now.height == golden.height)
    let difference = Difference(now, golden)
    #expect(difference.mean <= GoldenTests.tolerance.mean && difference.share <= GoldenTests.tolerance.share)
  }

  @Test("the comparison notices a missing word")
  func notices() throws {
    let with = try Print(Page([Paragraph("a word")]).drawing(on: .page()), theme: .light).raster(scale: 1)
    let without = try Print(Page([Paragraph("a")]).drawing(on: .page()), theme: .light).raster(scale: 1)
    #expect(Difference(with, without).maximum > 100)
  }
}

/// How far two rasters of the same size are from each other.
struct Difference {
  /// Mean difference of a channel.
  let mean: Double
  /// Share of pixels that differ by more than a quarter in a channel.
  let share: Double
  let maximum: Int

  init(_ one: Raster, _ two: Raster) {
    var (sum, far, maximum) = (0, 0, 0)
    for (a, b) in zip(one.pixels, two.pixels) {
      let parts = [0, 8, 16].map { abs(Int(a >> $0 & 255) - Int(b >> $0 & 255)) }
      sum += parts.reduce(0, +)
      far += (parts.max() ?? 0) > 64 ? 1 : 0
      maximum = max(maximum, parts.max() ?? 0)
    }
    mean = Double(sum) / Double(max(1, 3 * one.pixels.count))
    share = Double(far) / Double(max(1, one.pixels.count))
    self.maximum = maximum
  }
}
