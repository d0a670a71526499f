import Glibc
import Pictures
import Testing

@testable import sumi

@Suite("What the terminal can show")
struct DisplayTests {
  private func display(_ answer: String, _ environment: [String: String] = [:], size: winsize = winsize()) -> Display {
    Display(Capabilities(["TERM": "xterm"].merging(environment) { $1 }), answer: answer, size: size)
  }

  @Test(
    "pixels as the terminal answers and the environment says",
    arguments: [
      ("", [:], nil), ("\u{1b}[?62;4;22c", [:], Inline.sixel), ("\u{1b}[?62;22c", [:], nil),
      ("\u{1b}[?64;14;44c", [:], nil),
      ("\u{1b}_Gi=31;OK\u{1b}\\\u{1b}[?62c", [:], .kitty), ("\u{1b}_Gi=31;EINVAL\u{1b}\\\u{1b}[?62;4c", [:], .sixel),
      ("\u{1b}[?62c", ["TERM_PROGRAM": "iTerm.app"], .iterm), ("", ["TERM_PROGRAM": "WezTerm"], .iterm),
      ("\u{1b}[?62c", ["TERM_PROGRAM": "iTerm.app", "TMUX": "x"], nil),
      ("\u{1b}[?62c", ["LC_TERMINAL": "iTerm2", "TERM": "tmux-256color"], nil),
      ("\u{1b}[?1;2;4c", ["TMUX": "x", "TERM": "tmux-256color"], .sixel), ("\u{1b}[?62;4c", ["TERM": "dumb"], nil),
    ] as [(String, [String: String], Inline?)])
  func inline(answer: String, environment: [String: String], inline: Inline?) {
    #expect(display(answer, environment).inline == inline)
  }

  @Test(
    "the background by its colour, else by COLORFGBG, else dark",
    arguments: [
      ("\u{1b}]11;rgb:ffff/ffff/ffff\u{1b}\\\u{1b}[?62c", "15;0", Theme.light),
      ("\u{1b}]11;rgb:1e/1e/2e\u{7}", nil, .dark),
      ("\u{1b}]11;rgb:fdf6/e3e3/d5d5\u{7}", nil, .light), ("", "0;15", .light), ("", "15;0", .dark), ("", nil, .dark),
      ("", "x", .dark),
      ("\u{1b}]11;rgb:zz\u{7}", nil, .dark),
    ] as [(String, String?, Theme)])
  func theme(answer: String, colours: String?, theme: Theme) {
    #expect(display(answer, colours.map { ["COLORFGBG": $0] } ?? [:]).theme == theme)
  }

  @Test(
    "a cell's pixels by the answer, else by the window's, else as usual",
    arguments: [
      ("\u{1b}[6;18;9t\u{1b}[?62c", 0, 0, 9.0, 18.0), ("", 800, 480, 10, 20), ("\u{1b}[6;0;0t", 0, 0, 10, 20),
      ("", 5, 60_000, 10, 20),
      ("\u{1b}[6;99999999999999999999;1t", 0, 0, 10, 20),
    ])
  func cell(answer: String, x: Int, y: Int, width: Double, height: Double) {
    let size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: UInt16(x), ws_ypixel: UInt16(y))
    #expect(display(answer, size: size).cell == Display.Size(width: width, height: height))
  }

  @Test(
    "the largest picture of sixels as xterm tells it, else as it is by itself",
    arguments: [
      ("\u{1b}[?2;0;640;480S\u{1b}[?62;4c", 640.0, 480.0), ("\u{1b}[?62;4c", 1000, 1000),
      ("\u{1b}[?2;0;0;0S", 1000, 1000),
      ("\u{1b}[?2;3;0S\u{1b}[?62;4c", 1000, 1000), ("\u{1b}[?2;0;99999999999999999999;1S", 1000, 1000),
      ("\u{1b}[?2;0;1000;10000S", 1000, 10_000),
    ])
  func sixels(answer: String, width: Double, height: Double) {
    #expect(display(answer).sixels == Display.Size(width: width, height: height))
  }
}
