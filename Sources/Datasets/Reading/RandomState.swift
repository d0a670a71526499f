/// NumPy's older random generator, `numpy.random.RandomState(seed)`, as far as Keras shuffles its sets by it.
///
/// Mersenne Twister MT19937 (Matsumoto and Nishimura 1998), seeded by Knuth's rule; numbers within a bound by masking
/// and drawing again, and a shuffle from the end (NumPy 2.4, `legacy-distributions.c`, `mtrand.pyx`).
struct RandomState {
  private static let size = 624
  private var state: [UInt32]
  private var place = RandomState.size

  init(seed: UInt32) {
    state = [seed]
    state.reserveCapacity(RandomState.size)
    for index in 1..<RandomState.size {
      let last = state[index - 1]
      state.append(1_812_433_253 &* (last ^ last >> 30) &+ UInt32(index))
    }
  }

  /// 32 random bits.
  mutating func next() -> UInt32 {
    if place == RandomState.size { renew() }
    var bits = state[place]
    place += 1
    bits ^= bits >> 11
    bits ^= bits << 7 & 0x9D2C_5680
    bits ^= bits << 15 & 0xEFC6_0000
    return bits ^ bits >> 18
  }

  private mutating func renew() {
    for index in 0..<RandomState.size {
      let joined = state[index] & 0x8000_0000 | state[(index + 1) % RandomState.size] & 0x7FFF_FFFF
      let twist: UInt32 = joined & 1 == 0 ? 0 : 0x9908_B0DF
      state[index] = state[(index + 397) % RandomState.size] ^ joined >> 1 ^ twist
    }
    place = 0
  }

  /// A number from 0 to `maximum`, the bound included.
  private mutating func number(to maximum: UInt32) -> Int {
    guard maximum > 0 else { return 0 }
    let mask = UInt32.max >> UInt32(maximum.leadingZeroBitCount)
    while true {
      let value = next() & mask
      if value <= maximum { return Int(value) }
    }
  }

  /// The numbers from 0 to below `count`, as `numpy.arange` and `shuffle` give them.
  /// - Precondition: there are fewer than 2³².
  mutating func shuffled(_ count: Int) -> [Int] {
    var numbers = Array(0..<count)
    for index in stride(from: count - 1, to: 0, by: -1) {
      numbers.swapAt(index, number(to: UInt32(index)))
    }
    return numbers
  }
}
