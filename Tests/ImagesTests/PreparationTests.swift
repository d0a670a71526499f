import Testing

@testable import Images

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

  @Test(
    "whatever the photo, the ink ends in a box of 20, centred by its mass, light on dark",
    arguments: [
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
      (
        $0.0 + Double(prepared.bytes[$1]) * (Double($1 % 28) + 0.5),
        $0.1 + Double(prepared.bytes[$1]) * (Double($1 / 28) + 0.5)
      )
    }
    #expect(abs(middle.0 / mass - 14) <= 0.51 && abs(middle.1 / mass - 14) <= 0.51)
  }

  @Test("an empty photo is refused", arguments: [0, 127, 255] as [UInt8])
  func empty(level: UInt8) throws {
    let photo = try photo(30, 30, bar: (0, 0, 0, 0), paper: level)
    let refusal = #expect(throws: Unreadable.self) { try Preparation(photo, height: 28, width: 28) }
    #expect(refusal?.message.contains("nothing is drawn") == true)
  }

  /// A ring with a tail, as a 9, under a light that falls off: `shade` of the light at each place.
  private func nine(_ side: Int, isLight: Bool = false, _ shade: (_ x: Double, _ y: Double) -> Double) -> Photo {
    let grey = (0..<side * side).map { place -> UInt8 in
      let (x, y) = (Double(place % side) / Double(side), Double(place / side) / Double(side))
      let radius = ((x - 0.5) * (x - 0.5) + (y - 0.42) * (y - 0.42)).squareRoot()
      let isInk = (0.10...0.16).contains(radius) || ((0.60...0.66).contains(x) && (0.42...0.75).contains(y))
      let noise = Double((place * 7919) % 7)
      return UInt8(min(255, max(0, (isInk != isLight ? 45 : 215) * shade(x, y) + noise)))
    }
    return Photo(width: side, height: side, grey: grey)
  }

  @Test func `a shadow across the paper changes little of what is prepared`() throws {
    let plain = try Preparation(nine(300) { _, _ in 1 }, height: 28, width: 28).bytes
    let shades: [(Double, Double) -> Double] = [
      { x, _ in x < 0.45 ? 0.4 : 1 }, { x, y in x + y > 1.1 ? 0.5 : 1 }, { x, _ in 1 - 0.7 * x },
      { _, y in y < 0.7 ? 0.3 : 1 },
      { x, y in 1 - 0.8 * ((x - 0.5) * (x - 0.5) + (y - 0.5) * (y - 0.5)) }, { x, _ in min(1, max(0.45, 3 * x - 0.8)) },
    ]
    for (index, shade) in shades.enumerated() {
      for side in [300, 900] {
        let prepared = try Preparation(nine(side, shade), height: 28, width: 28)
        // Centring rounds to whole pixels, so the one may lie a pixel beside the other.
        let difference =
          [-29, -28, -27, -1, 0, 1, 27, 28, 29].map { shift in
            (56..<728).reduce(0.0) { $0 + abs(Double(prepared.bytes[$1 + shift]) - Double(plain[$1])) / 255 }
          }.min() ?? .infinity
        #expect(
          prepared.isInverted && prepared.drawings == 1 && difference < 12, "shade \(index), \(side): \(difference)")
      }
    }
  }

  @Test func `light ink on a dark board in uneven light is told from dark ink on paper`() throws {
    let prepared = try Preparation(nine(300, isLight: true) { x, _ in 1 - 0.6 * x }, height: 28, width: 28)
    #expect(!prepared.isInverted)
  }

  @Test func `two digits on one photo are counted`() throws {
    var grey = [UInt8](repeating: 230, count: 300 * 200)
    for y in 40..<160 { for x in Array(60..<75) + Array(200..<215) { grey[y * 300 + x] = 30 } }
    #expect(try Preparation(Photo(width: 300, height: 200, grey: grey), height: 28, width: 28).drawings == 2)
  }
}
