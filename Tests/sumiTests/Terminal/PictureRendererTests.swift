import Glibc
import Pictures
import Testing
import Workbench

@testable import sumi

@Suite("Pictures as lines and pixels")
struct PictureRendererTests {
  private static let grid: TileGrid = {
    let tile = TileGrid.Tile([Line("1")], pixels: [UInt8](repeating: 100, count: 784)[...], width: 28, height: 28)
    return TileGrid([TileGrid.Tile](repeating: tile, count: 100))
  }()

  private func render(
    _ drawing: Settings.Drawing, isTerminal: Bool = true, rows: UInt16 = 24, sixels: Display.Size? = nil
  ) -> PictureRenderer.Rendered? {
    var settings = Settings()
    settings.pictures = drawing
    let size = winsize(ws_row: rows, ws_col: 100, ws_xpixel: 1000, ws_ypixel: rows * 20)
    var display = Display(Capabilities(["TERM": "xterm"]), answer: "", size: size)
    if let sixels { display.sixels = sixels }
    let renderer = PictureRenderer(
      settings: settings, capabilities: Capabilities(["TERM": "xterm"]), hasColour: false, isTerminal: isTerminal,
      size: size, display: { display })
    return renderer.render([PictureRendererTests.grid]).first
  }

  /// Width and height of a picture of sixels, as it says itself.
  private func size(_ rendered: PictureRenderer.Rendered?) throws -> (width: Int, height: Int) {
    guard case .pixels(let bytes) = rendered, let size = bytes.firstMatch(of: #/"1;1;(\d+);(\d+)/#) else {
      Issue.record("no sixels")
      return (0, 0)
    }
    return (try #require(Int(size.1)), try #require(Int(size.2)))
  }

  @Test("a picture of sixels is no larger than the terminal takes, whole sixels counted", arguments: [
    (1000.0, 1000.0), (640, 480), (333, 1001), (2000, 300), (64, 64),
  ])
  func limit(width: Double, height: Double) throws {
    let size = try size(render(.sixel, rows: 200, sixels: Display.Size(width: width, height: height)))
    #expect(Double(size.width) <= width && Double(size.height) <= height, "\(size)")
    #expect(Double(size.width) > width / 3 || Double(size.height) > height / 3, "\(size)")
  }

  @Test("one that is higher than the window becomes smaller, down to half")
  func window() throws {
    let whole = try size(render(.sixel, rows: 200, sixels: Display.Size(width: 5000, height: 5000)))
    let fitting = try size(render(.sixel, rows: 40, sixels: Display.Size(width: 5000, height: 5000)))
    #expect(whole.height > 38 * 20 && fitting.height <= 38 * 20 + 24)
    let tiny = try size(render(.sixel, rows: 5, sixels: Display.Size(width: 5000, height: 5000)))
    #expect(tiny.height > whole.height / 3)
  }

  @Test("blocks are in colour where they were asked for, whatever the stream is")
  func blocks() {
    guard case .lines(let lines) = render(.blocks, isTerminal: false),
      case .lines(let plain) = render(.auto, isTerminal: false)
    else {
      Issue.record("no lines")
      return
    }
    #expect(lines.joined().contains("\u{1b}[48;5;") && !plain.joined().contains("\u{1b}"))
  }
}
