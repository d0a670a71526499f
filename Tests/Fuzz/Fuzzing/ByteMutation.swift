import Engine

/// Bytes as they may be after a damage, or after an attack.
struct ByteMutation {
  private static let words: [UInt64] = [
    0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 1 << 32, 1 << 62, .max,
  ]

  var random: Random

  /// A few of: a bit turned, a byte or a number replaced, a part removed, doubled, moved or taken from another file.
  mutating func mutated(_ seed: [UInt8], with other: [UInt8]) -> [UInt8] {
    var bytes = seed
    for _ in 0...random.below(4) { change(&bytes, other) }
    return bytes
  }

  private mutating func change(_ bytes: inout [UInt8], _ other: [UInt8]) {
    let place = random.below(bytes.count + 1)
    let length = min(bytes.count - place, 1 + random.below(random.isOnce(in: 4) ? 300 : 8))
    switch random.below(9) {
    case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8(random.below(8))
    case 1 where place < bytes.count: bytes[place] = UInt8(truncatingIfNeeded: random.next())
    case 2: bytes.removeSubrange(place..<place + length)
    case 3: bytes.insert(contentsOf: bytes[place..<place + length], at: place)
    case 4: bytes = Array(bytes.prefix(place))
    case 5: number(&bytes, at: place)
    case 6:
      let from = random.below(other.count + 1)
      bytes.replaceSubrange(place..<place + length, with: other[from..<min(other.count, from + length)])
    case 7: bytes.insert(contentsOf: random.pick(Extremes.texts + Extremes.numbers).utf8, at: place)
    default: bytes += (0..<random.below(20)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    }
  }

  /// A number of one to eight bytes at an extreme, with either end first.
  private mutating func number(_ bytes: inout [UInt8], at place: Int) {
    let size = random.pick([1, 2, 4, 8])
    guard place + size <= bytes.count else { return }
    let word = random.pick(ByteMutation.words) &+ UInt64(random.below(3)) &- 1
    let isLittle = random.isOnce(in: 2)
    for index in 0..<size {
      bytes[place + index] = UInt8(truncatingIfNeeded: word >> UInt64(8 * (isLittle ? index : size - 1 - index)))
    }
  }
}
