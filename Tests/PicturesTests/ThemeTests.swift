import Testing

@testable import Pictures

@Suite("Colours")
struct ThemeTests {
  @Test(
    "a map's colours get lighter or darker all the way, so they print in grey",
    arguments: [
      ColourMap.writing, .photo, .cividis, .right, .wrong,
    ], Theme.allCases)
  func monotone(map: ColourMap, theme: Theme) {
    let lights = stride(from: 0.0, through: 1, by: 0.05).map { map.ink($0, theme).luminance }
    let steps = zip(lights.dropFirst(), lights).map { $0 - $1 }
    #expect(steps.allSatisfy { $0 > 0 } || steps.allSatisfy { $0 < 0 })
  }

  @Test(
    "text of every colour can be read on the paper: a contrast of 4.5 at least (WCAG 2.1)", arguments: Theme.allCases)
  func contrast(theme: Theme) {
    for ink in [theme.ink, theme.faint, theme.blue, theme.red, theme.green, theme.orange] {
      let (a, b) = (ink.luminance, theme.paper.luminance)
      #expect((max(a, b) + 0.05) / (min(a, b) + 0.05) >= 4.5)
    }
  }

  @Test("numbers in cells of a matrix can be read on any of its colours: a contrast of 4.5", arguments: Theme.allCases)
  func cells(theme: Theme) {
    for map in [ColourMap.right, .wrong] {
      for share in stride(from: 0.0, through: 1, by: 0.1) {
        let ink = map.ink(share, theme)
        let (a, b) = (ink.luminance, ink.contrast.luminance)
        #expect((max(a, b) + 0.05) / (min(a, b) + 0.05) >= 4.5, "\(map) \(share)")
      }
    }
  }

  @Test(
    "what is outside 0 … 1, or no number, is a colour all the same", arguments: [-1.0, 2, .nan, .infinity, -.infinity])
  func outside(value: Double) {
    for map in [ColourMap.writing, .cividis, .right, .wrong] {
      let ends = [map.ink(0, .light), map.ink(1, .light)]
      #expect(ends.contains(map.ink(value, .light)))
    }
  }

  @Test("luminance is WCAG's", arguments: [(0xFFFFFF, 1.0), (0x000000, 0.0), (0xFF0000, 0.2126), (0x808080, 0.2159)])
  func luminance(hex: UInt32, value: Double) { #expect(abs(Ink(hex: hex).luminance - value) < 1e-3) }
}
