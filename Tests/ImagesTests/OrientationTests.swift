import Foundation
import Testing

@testable import Images

@Suite struct OrientationTests {
  /// 3×2 stored pixels, and how they stand upright for each value of the tag.
  static let stored: [UInt8] = [1, 2, 3, 4, 5, 6]
  static let upright: [(value: Int, width: Int, grey: [UInt8])] = [
    (1, 3, [1, 2, 3, 4, 5, 6]), (2, 3, [3, 2, 1, 6, 5, 4]), (3, 3, [6, 5, 4, 3, 2, 1]), (4, 3, [4, 5, 6, 1, 2, 3]),
    (5, 2, [1, 4, 2, 5, 3, 6]), (6, 2, [4, 1, 5, 2, 6, 3]), (7, 2, [6, 3, 5, 2, 4, 1]), (8, 2, [3, 6, 2, 5, 1, 4]),
  ]

  @Test(arguments: upright, [true, false])
  func `each of the eight ways to hold a camera is turned upright`(
    way: (value: Int, width: Int, grey: [UInt8]), isLittle: Bool
  ) {
    let orientation = Orientation(tiff: OrientationTests.tiff(way.value, isLittle: isLittle)[...])
    let photo = orientation.upright(Photo(width: 3, height: 2, grey: OrientationTests.stored))
    #expect(photo.width == way.width && photo.grey == way.grey)
  }

  @Test(arguments: upright) func `a PNG with an eXIf chunk and a JPEG with EXIF stand upright`(
    way: (value: Int, width: Int, grey: [UInt8])
  ) throws {
    var file = PNGFile(width: 3, height: 2, bits: 8, kind: 0, greys: OrientationTests.stored)
    file.exif = OrientationTests.tiff(way.value, isLittle: false)
    let png = try Photo(file.bytes)
    #expect(png.width == way.width && png.grey == way.grey)
    let plain = Array(try #require(Data(base64Encoded: PhotoTests.jpeg)))
    let body = Array("Exif\0\0".utf8) + OrientationTests.tiff(way.value, isLittle: true)
    let segment = [0xFF, 0xE1, 0, UInt8(body.count + 2)] + body
    let jpeg = try Photo(Array(plain.prefix(2)) + segment + plain.dropFirst(2))
    let expected = try #require(Orientation(rawValue: way.value)).upright(try Photo(plain))
    #expect(jpeg == expected)
  }

  @Test func `broken EXIF is no reason to refuse a picture`() {
    let good = OrientationTests.tiff(6, isLittle: true)
    for cut in 0..<good.count - 2 { #expect(Orientation(tiff: good.prefix(cut)) == .upright) }
    #expect(Orientation(tiff: OrientationTests.tiff(9, isLittle: false)[...]) == .upright)
    var far = good
    far.replaceSubrange(4..<8, with: [255, 255, 255, 255])
    #expect(Orientation(tiff: far[...]) == .upright)
  }

  /// A TIFF structure with another tag and the orientation.
  private static func tiff(_ value: Int, isLittle: Bool) -> [UInt8] {
    func number(_ value: Int, _ count: Int) -> [UInt8] {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
      return isLittle ? bytes : bytes.reversed()
    }
    func entry(_ tag: Int, _ value: Int) -> [UInt8] {
      number(tag, 2) + number(3, 2) + number(1, 4) + number(value, 2) + [0, 0]
    }
    return Array((isLittle ? "II" : "MM").utf8) + number(42, 2) + number(8, 4) + number(2, 2) + entry(0x0100, 3)
      + entry(0x0112, value)
  }
}
