/// A colour, as a screen mixes it: red, green and blue from 0 to 255, and how much it covers.
public struct Ink: Equatable, Sendable {
  public let red: UInt8
  public let green: UInt8
  public let blue: UInt8
  /// 0 covers nothing, 1 all.
  let cover: Double

  public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8, cover: Double = 1) {
    self.red = red
    self.green = green
    self.blue = blue
    self.cover = cover
  }

  /// `0x1F57B4`
  init(hex: UInt32, cover: Double = 1) {
    self.init(UInt8(hex >> 16 & 255), UInt8(hex >> 8 & 255), UInt8(hex & 255), cover: cover)
  }

  /// The same, covering less.
  func covering(_ share: Double) -> Ink { Ink(red, green, blue, cover: cover * share) }

  /// A mixture: 0 gives this colour, 1 the other.
  func mixed(with other: Ink, _ share: Double) -> Ink {
    let share = share.isFinite ? min(1, max(0, share)) : 0
    func mix(_ a: UInt8, _ b: UInt8) -> UInt8 { UInt8(clamping: Double(a) + (Double(b) - Double(a)) * share) }
    return Ink(mix(red, other.red), mix(green, other.green), mix(blue, other.blue))
  }

  /// How bright it is to the eye, 0 … 1: relative luminance after WCAG 2.1.
  var luminance: Double {
    func linear(_ byte: UInt8) -> Double {
      let value = Double(byte) / 255
      return value <= 0.03928 ? value / 12.92 : Ink.power24((value + 0.055) / 1.055)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// x^2.4 without a library: x²·⁴ = x²·(x^0.4), the fifth root of the square by Newton's steps.
  private static func power24(_ x: Double) -> Double {
    guard x > 0 else { return 0 }
    let square = x * x
    var root = 1.0
    for _ in 0..<20 { root -= (root * root * root * root * root - square) / (5 * root * root * root * root) }
    return square * root
  }

  /// What can be read on it: black or white.
  var contrast: Ink { luminance > 0.179 ? Ink(hex: 0) : Ink(hex: 0xFFFFFF) }

  /// Cairo's pixel, alpha first; only for colours that cover all.
  var pixel: UInt32 { 0xFF00_0000 | UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue) }
}
