import Pictures
import Testing

@testable import sumi

@Suite("Styles as sequences")
struct PaletteTests {
  private let line = Line("a ", .bold) + Line("b", Style(.red, isDim: true)) + Line("  ")

  @Test("without colours there are none, and no blanks at the end")
  func plain() { #expect(Palette(hasColour: false).paint(line) == "a b") }

  @Test("the terminal's own palette by name, mixed colours by the nearest of 256 or as they are")
  func coloured() {
    #expect(Palette(hasColour: true).paint(line) == "\u{1b}[1ma \u{1b}[0m\u{1b}[2;31mb\u{1b}[0m  ")
    let mixed = Line("x", Style(.ink(Ink(255, 0, 0))))
    #expect(Palette(hasColour: true).paint(mixed) == "\u{1b}[38;5;196mx\u{1b}[0m")
    #expect(Palette(hasColour: true, hasTrueColour: true).paint(mixed) == "\u{1b}[38;2;255;0;0mx\u{1b}[0m")
  }

  @Test("the nearest colour", arguments: [
    (Ink(0, 0, 0), 16), (Ink(255, 255, 255), 231), (Ink(128, 128, 128), 244), (Ink(95, 135, 175), 67),
  ])
  func nearest(ink: Ink, number: Int) { #expect(Palette.nearest(ink) == number) }
}
