import Testing

@testable import Engine

@Suite struct RandomTests {
  @Test("numbers are SplitMix64's")
  func golden() {
    // Steele, Lea and Flood 2014; the numbers of seed 1234567 as Rosetta Code's task "Pseudo-random numbers/Splitmix64"
    // lists them.
    var random = Random(seed: 1_234_567)
    let expected: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
      16_408_922_859_458_223_821,
    ]
    #expect(expected.map { _ in random.next() } == expected)
  }

  @Test("a number by its place is the number in the row", arguments: [0, 1, 77, UInt64.max])
  func place(seed: UInt64) {
    var random = Random(seed: seed)
    for index in 0..<20 { #expect(Random.number(index, seed: seed) == random.next()) }
  }

  @Test("a copy goes on alike, a split one does not")
  func copies() {
    var random = Random(seed: 3)
    var copy = random
    #expect(random.next() == copy.next())
    var other = random.split()
    #expect(random != copy)
    #expect((0..<10).map { _ in other.next() } != (0..<10).map { _ in random.next() })
  }

  @Test("even numbers fill 0 to below 1")
  func uniform() {
    var random = Random(seed: 4)
    let floats: [Float] = (0..<20_000).map { _ in random.uniform() }
    let doubles: [Double] = (0..<20_000).map { _ in random.uniform() }
    for (minimum, maximum, mean) in [
      (Double(floats.min() ?? 1), Double(floats.max() ?? 0), floats.reduce(0) { $0 + Double($1) } / 20_000),
      (doubles.min() ?? 1, doubles.max() ?? 0, doubles.reduce(0, +) / 20_000),
    ] {
      #expect((0..<0.001).contains(minimum))
      #expect((0.999..<1).contains(maximum))
      #expect(abs(mean - 0.5) < 0.01)
    }
  }

  @Test("normal numbers follow from the seed, and truncated ones lie within ±2")
  func normal() {
    var (first, second) = (Random(seed: 5), Random(seed: 5))
    #expect((0..<9).map { _ in first.normal() } == (0..<9).map { _ in second.normal() })
    #expect((0..<5_000).allSatisfy { _ in abs(first.truncatedNormal()) <= 2 })
  }
}
