import Foundation
import Testing

@testable import Images

@Suite("Image files")
struct PhotoTests {
  @Test(
    "a PNG gives its pixels, of any depth and kind",
    arguments: [
      (bits: 8, kind: 0), (bits: 16, kind: 0), (bits: 8, kind: 2), (bits: 16, kind: 2), (bits: 8, kind: 6),
      (bits: 16, kind: 6),
    ])
  func depths(bits: Int, kind: Int) throws {
    let greys: [UInt8] = [0, 64, 128, 255, 10, 200]
    let photo = try Photo(PNGFile(width: 3, height: 2, bits: bits, kind: kind, greys: greys).bytes)
    #expect(photo.width == 3 && photo.height == 2)
    #expect(zip(photo.grey, greys).allSatisfy { abs(Int($0) - Int($1)) <= 1 })
    #expect(photo.notes.isEmpty)
  }

  @Test("what is transparent is white paper; where all would be white it is black")
  func transparent() throws {
    let black = try Photo(PNGFile(width: 2, height: 1, bits: 8, kind: 6, greys: [0, 0], alphas: [255, 0]).bytes)
    #expect(black.grey == [0, 255])
    let white = try Photo(PNGFile(width: 2, height: 1, bits: 8, kind: 6, greys: [255, 255], alphas: [255, 0]).bytes)
    #expect(white.grey == [255, 0])
  }

  @Test("of an animated image the first picture is taken, and that is said")
  func animated() throws {
    var file = PNGFile(width: 2, height: 1, bits: 8, kind: 0, greys: [5, 250])
    file.isAnimated = true
    #expect(try Photo(file.bytes).notes == ["the image is animated; its first picture was taken"])
  }

  @Test(
    "a huge image is refused by its header, before any memory is taken",
    arguments: [(65_535, 65_535), (60_000, 2), (1 << 30, 1 << 30), (0, 5)])
  func huge(width: Int, height: Int) throws {
    var file = PNGFile(width: 1, height: 1, bits: 8, kind: 0, greys: [0])
    (file.claimedWidth, file.claimedHeight) = (width, height)
    let error = #expect(throws: Unreadable.self) { try Photo(file.bytes) }
    #expect(error?.message.contains("\(width) × \(height)") == true)
  }

  @Test("a broken file is refused, wherever it ends and whatever is in it", arguments: 0..<60)
  func broken(cut: Int) throws {
    let good = PNGFile(width: 3, height: 2, bits: 8, kind: 2, greys: [1, 2, 3, 4, 5, 6]).bytes
    let error = #expect(throws: Unreadable.self) { try Photo(Array(good.prefix(cut))) }
    #expect(error?.message.isEmpty == false)
    let turned = good.enumerated().map { $0.offset == cut + 8 ? ~$0.element : $0.element }
    #expect(throws: Unreadable.self) { try Photo(turned) }
  }

  @Test("other files are refused by their first bytes", arguments: ["GIF89a", "RIFF", "", "<svg>", "hello"])
  func others(text: String) {
    let error = #expect(throws: Unreadable.self) { try Photo(Array(text.utf8)) }
    #expect(error?.message == "this is neither a PNG nor a JPEG, whatever its name says")
  }

  /// 24×32 white pixels with a black bar from (10, 4) to (14, 28).
  static let jpeg =
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAYEBQYFBAYGBQYHBwYIChAKCgkJChQODwwQFxQYGBcUFhYaHSUfGhsjHBYWICwgIyYnKSopGR8tMC"
    + "0oMCUoKSj/wAALCAAgABgBAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIh"
    + "MUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhI"
    + "WGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/APqm"
    + "vKv+Fu/8X1/4Vx/Yn/cR+1/9Ovn/AOq2f8B+97+1eq0V8q/831f5/wCgZX1VRXyr/wA31f5/6BlfVVFeVf8ACov+L6/8LH/tv/uHfZP+nXyP9b"
    + "v/AOBfd9vevVa//9k="

  @Test("a JPEG gives its pixels, and a broken one is refused")
  func jpeg() throws {
    let bytes = Array(try #require(Data(base64Encoded: PhotoTests.jpeg)))
    let photo = try Photo(bytes)
    #expect(photo.width == 24 && photo.height == 32)
    #expect(photo.grey[16 * 24 + 11] < 30 && photo.grey[16 * 24 + 2] > 225)
    #expect(throws: Unreadable.self) { try Photo(Array(bytes.prefix(60))) }
    #expect(throws: Unreadable.self) { try Photo([0xFF, 0xD8, 0xFF, 0xE0]) }
  }

  @Test("a smaller photo is the mean of the larger", arguments: [(100, 40, 10), (7, 3000, 1000), (50, 50, 50)])
  func shrunk(width: Int, height: Int, side: Int) {
    let photo = Photo(width: width, height: height, grey: [UInt8](repeating: 77, count: width * height)).shrunk(
      to: side)
    #expect(max(photo.width, photo.height) <= side && min(photo.width, photo.height) >= 1)
    #expect(photo.grey.allSatisfy { $0 == 77 })
  }
}

/// A PNG made by hand, its pixels stored without compression (RFC 1950, 1951; PNG 1.2).
struct PNGFile {
  let width: Int
  let height: Int
  let bits: Int
  /// 0 grey, 2 colour, 6 colour with alpha.
  let kind: Int
  let greys: [UInt8]
  var alphas: [UInt8] = []
  var isAnimated = false
  /// A TIFF structure; empty for none.
  var exif: [UInt8] = []
  var claimedWidth: Int?
  var claimedHeight: Int?

  init(width: Int, height: Int, bits: Int, kind: Int, greys: [UInt8], alphas: [UInt8] = []) {
    (self.width, self.height, self.bits, self.kind, self.greys, self.alphas) = (
      width, height, bits, kind, greys, alphas
    )
  }

  var bytes: [UInt8] {
    let header = number(claimedWidth ?? width) + number(claimedHeight ?? height) + [UInt8(bits), UInt8(kind), 0, 0, 0]
    let animation = isAnimated ? chunk("acTL", number(2) + number(0)) : []
    let camera = exif.isEmpty ? [] : chunk("eXIf", exif)
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header) + animation + camera
      + chunk("IDAT", stored(rows)) + chunk("IEND", [])
  }

  private var rows: [UInt8] {
    (0..<height).flatMap { y in
      [0]
        + (0..<width).flatMap { x in
          let place = y * width + x
          let alpha = alphas.isEmpty ? 255 : alphas[place]
          let channels =
            kind == 0 ? [greys[place]] : [UInt8](repeating: greys[place], count: 3) + (kind == 6 ? [alpha] : [])
          return channels.flatMap { bits == 16 ? [$0, $0] : [$0] }
        }
    }
  }

  private func stored(_ data: [UInt8]) -> [UInt8] {
    let count = UInt16(data.count)
    var (a, b) = (UInt32(1), UInt32(0))
    for byte in data { (a, b) = ((a + UInt32(byte)) % 65_521, (b + a + UInt32(byte)) % 65_521) }
    return [0x78, 0x01, 1, UInt8(count & 255), UInt8(count >> 8), UInt8(~count & 255), UInt8(~count >> 8)] + data
      + number(Int(b << 16 | a))
  }

  private func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + data
    var crc = UInt32.max
    for byte in body {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return number(data.count) + body + number(Int(~crc))
  }

  private func number(_ value: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) } }
}
