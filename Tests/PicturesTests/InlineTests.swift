import Foundation
import Testing

@testable import Pictures

@Suite("Pixels in the terminals' protocols")
struct InlineTests {
  private let print: Print
  private let raster: Raster

  init() throws {
    print = try Print(Page([Samples.all[0].picture]).drawing(on: Paper(width: 300, theme: .light)), theme: .light)
    raster = try print.raster(scale: 1.25)
  }

  private func decode(_ base64: String) throws -> Raster {
    try Cairo().read(png: Array(try #require(Data(base64Encoded: base64))))
  }

  @Test("kitty's commands, put together again, hold the same pixels, in pieces of 4096 bytes at most")
  func kitty() throws {
    let bytes = try Inline.kitty.bytes(print, columns: 40, scale: 1.25)
    let pieces = bytes.components(separatedBy: "\u{1b}\\").dropLast()
    #expect(pieces.count > 1 && bytes.hasSuffix("\u{1b}\\\n"))
    #expect(pieces.first?.hasPrefix("\u{1b}_Ga=T,f=100,q=2,c=40,m=1;") == true)
    #expect(pieces.dropFirst().dropLast().allSatisfy { $0.hasPrefix("\u{1b}_Gm=1;") })
    #expect(pieces.last?.hasPrefix("\u{1b}_Gm=0;") == true)
    let data = pieces.map { String($0.drop { $0 != ";" }.dropFirst()) }
    #expect(data.allSatisfy { $0.utf8.count <= 4096 })
    #expect(try decode(data.joined()) == raster)
  }

  @Test("iTerm2's command holds the same pixels and the right size")
  func iterm() throws {
    let bytes = try Inline.iterm.bytes(print, columns: 40, scale: 1.25)
    #expect(bytes.hasPrefix("\u{1b}]1337;File=inline=1;size=") && bytes.hasSuffix("\u{7}\n"))
    #expect(bytes.contains(";width=40;preserveAspectRatio=1:"))
    let data = String(bytes.drop { $0 != ":" }.dropFirst().dropLast(2))
    #expect(bytes.contains("size=\(try #require(Data(base64Encoded: data)).count);"))
    #expect(try decode(data) == raster)
  }

  @Test("sixels, painted again, are the same pixels but for a palette of 256")
  func sixel() throws {
    let bytes = try Inline.sixel.bytes(print, columns: 40, scale: 1.25)
    let painted = try Sixels(bytes)
    #expect(painted.width >= raster.width && painted.height >= raster.height)
    var sum = 0
    for y in 0..<raster.height {
      for x in 0..<raster.width {
        let (a, b) = (raster.pixels[y * raster.width + x], painted[x, y])
        sum += [0, 8, 16].reduce(0) { $0 + abs(Int(a >> $1 & 255) - Int(b >> $1 & 255)) }
      }
    }
    #expect(Double(sum) / Double(3 * raster.pixels.count) < 6)
  }

  @Test("base 64 is Foundation's", arguments: 0...10)
  func base64(count: Int) {
    let bytes = (0..<count).map { UInt8($0 * 37 % 256) }
    #expect(String(decoding: Inline.base64(bytes), as: UTF8.self) == Data(bytes).base64EncodedString())
  }
}

/// Reads sixels as a terminal does (DEC STD 070).
private struct Sixels {
  private(set) var width = 0
  private(set) var height = 0
  private var pixels: [[UInt32]] = []

  subscript(x: Int, y: Int) -> UInt32 { y < pixels.count && x < pixels[y].count ? pixels[y][x] : 0 }

  init(_ text: String) throws {
    let start = try #require(text.range(of: "\u{1b}P"))
    let head = try #require(text[start.upperBound...].firstIndex(of: "q"))
    var rest = text[text.index(after: head)...].utf8[...]
    var (palette, colour, x, y) = ([Int: UInt32](), 0, 0, 0)
    func number() -> Int? {
      let digits = rest.prefix { (48...57).contains($0) }
      rest = rest.dropFirst(digits.count)
      return Int(String(decoding: digits, as: UTF8.self))
    }
    func numbers() -> [Int] {
      var all = [number() ?? 0]
      while rest.first == UInt8(ascii: ";") {
        rest = rest.dropFirst()
        all.append(number() ?? 0)
      }
      return all
    }
    while let byte = rest.popFirst(), byte != 0x1B {
      var count = 1
      switch byte {
      case UInt8(ascii: "\""): _ = numbers()
      case UInt8(ascii: "#"):
        let all = numbers()
        colour = all[0]
        if all.count == 5 {
          palette[colour] = all[2...].reduce(0) { $0 << 8 | UInt32(($1 * 255 + 50) / 100) }
        }
      case UInt8(ascii: "$"): x = 0
      case UInt8(ascii: "-"): (x, y) = (0, y + 6)
      case UInt8(ascii: "!"), 63...126:
        var sixel = byte
        if byte == UInt8(ascii: "!") {
          count = number() ?? 1
          let repeated = rest.popFirst()
          sixel = try #require(repeated)
        }
        for _ in 0..<count {
          for bit in 0..<6 where (Int(sixel) - 63) >> bit & 1 == 1 { set(x, y + bit, palette[colour] ?? 0) }
          x += 1
        }
      default: break
      }
    }
    height = pixels.count
    width = pixels.map(\.count).max() ?? 0
  }

  private mutating func set(_ x: Int, _ y: Int, _ colour: UInt32) {
    while pixels.count <= y { pixels.append([]) }
    if pixels[y].count <= x { pixels[y] += [UInt32](repeating: 0, count: x + 1 - pixels[y].count) }
    pixels[y][x] = colour
  }
}
