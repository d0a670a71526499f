import Grammar
import Pictures
import Testing

@testable import Workbench

@Suite("Photos prepared as MNIST was")
struct PreparationTests {
  /// A bar, dark on light or light on dark, somewhere on a photo.
  private func photo(
    _ width: Int, _ height: Int, bar: (x: Int, y: Int, width: Int, height: Int), ink: UInt8 = 0, paper: UInt8 = 255
  ) throws -> Photo {
    var grey = [UInt8](repeating: paper, count: width * height)
    for y in bar.y..<bar.y + bar.height { for x in bar.x..<bar.x + bar.width { grey[y * width + x] = ink } }
    return Photo(width: width, height: height, grey: grey)
  }

  @Test("whatever the photo, the ink ends in a box of 20, centred by its mass, light on dark", arguments: [
    (200, 300, 60, 50, 20, 100, false), (28, 28, 0, 0, 3, 20, false), (1000, 50, 900, 5, 8, 40, true),
    (400, 400, 10, 300, 90, 30, true), (9, 9, 4, 4, 1, 1, false),
  ])
  func centred(width: Int, height: Int, x: Int, y: Int, wide: Int, tall: Int, isLight: Bool) throws {
    let photo = try photo(width, height, bar: (x, y, wide, tall), ink: isLight ? 240 : 20, paper: isLight ? 30 : 230)
    let prepared = try Preparation(photo, height: 28, width: 28)
    #expect(prepared.isInverted == !isLight)
    #expect(prepared.steps.map(\.name) == ["grey", isLight ? "paper taken off" : "inverted", "fitted", "centred"])
    let inked = prepared.bytes.indices.filter { prepared.bytes[$0] > 0 }
    let (columns, rows) = (inked.map { $0 % 28 }, inked.map { $0 / 28 })
    let spans = [(columns.max() ?? 0) - (columns.min() ?? 0) + 1, (rows.max() ?? 0) - (rows.min() ?? 0) + 1]
    #expect(spans.max() == 20)
    #expect(prepared.bytes.max() == 255 && prepared.bytes[0] == 0)
    let mass = inked.reduce(0.0) { $0 + Double(prepared.bytes[$1]) }
    let middle = inked.reduce((0.0, 0.0)) {
      ($0.0 + Double(prepared.bytes[$1]) * (Double($1 % 28) + 0.5), $0.1 + Double(prepared.bytes[$1]) * (Double($1 / 28) + 0.5))
    }
    #expect(abs(middle.0 / mass - 14) <= 0.51 && abs(middle.1 / mass - 14) <= 0.51)
  }

  @Test("an empty photo is refused", arguments: [0, 127, 255] as [UInt8])
  func empty(level: UInt8) throws {
    let photo = try photo(30, 30, bar: (0, 0, 0, 0), paper: level)
    let refusal = #expect(throws: Refusal.self) { try Preparation(photo, height: 28, width: 28) }
    #expect(refusal?.message.contains("nothing is drawn") == true)
  }

  @Test("examples of the data set itself are taken for the same class as before, mostly")
  func digits() throws {
    let bench = Bench(.trained)
    let dataset = try #require(bench.session.dataset)
    let predictions = try Predictions(bench.session, .test, bench.host())
    let same = try (0..<40).count { index in
      let photo = Photo(width: 28, height: 28, grey: dataset.test.bytes(of: index).map { 255 - $0 })
      let bytes = try Preparation(photo, height: 28, width: 28).bytes
      return try Predictions(bench.session, .init(bytes), bench.host()).predicted(0) == predictions.predicted(index)
    }
    #expect(same >= 22)
  }
}
