import Testing

@testable import Interchange

@Suite("Castagnoli's check sum")
struct CRC32CTests {
  static let vectors: [([UInt8], UInt32)] = [
    ([UInt8](repeating: 0, count: 32), 0x8A91_36AA), ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43),
    ([UInt8](0..<32), 0x46DD_794E), ([UInt8]((0..<32).reversed()), 0x113F_DB5C),
    ([UInt8]("123456789".utf8), 0xE306_9283), ([], 0),
  ]

  @Test("the vectors of RFC 3720, B.4, give its sums", arguments: vectors)
  func sums(_ bytes: [UInt8], _ sum: UInt32) { #expect(CRC32C.sum(bytes) == sum) }

  @Test("a masked sum is turned by 15 bits and shifted, and its mask comes off again")
  func mask() {
    let masked = CRC32C.masked(Array("123456789".utf8))
    let turned = masked &- 0xA282_EAD8
    #expect(turned >> 17 | turned << 15 == 0xE306_9283)
  }
}
