import Testing

@testable import Datasets

@Suite("Numbers in CSV files")
struct CSVNumberTests {
  private func read(_ text: String, _ decimal: Character = ".") -> Double? {
    Array(text.utf8).withUnsafeBufferPointer { CSVNumber.read($0, decimal: decimal.asciiValue ?? 0) }
  }

  @Test(arguments: [
    "0", "-0", "1", "+1", "12.5", ".5", "5.", "-3.25e2", "1e-3", "1E+10", "1e22", "1e23",
    "123456789012345678901234567890",
    "0.1", "2.2250738585072014e-308", "1.7976931348623157e308", "9007199254740993", "5e-324",
    "0.000000000000000000000000001",
    "3.14159265358979323846", "00012", "1e-400", "1e999", "0e999999999999",
  ]) func `every number is the nearest one`(text: String) {
    #expect(read(text)?.bitPattern == Double(text)?.bitPattern, "\(text)")
  }

  @Test(arguments: [
    "", " ", "a", "-", "+", ".", "e5", "1e", "1e+", "1.2.3", "1,5", "0x10", "1 2", "--1", "1f", "١", "nan", "1_000",
  ])
  func `anything else is none`(text: String) { #expect(read(text) == nil) }

  @Test func `blanks around do not count, and a comma may stand before decimals`() {
    #expect(read("  7 \t") == 7)
    #expect(read("1,5", ",") == 1.5)
    #expect(read("-0,25e1", ",") == -2.5)
    #expect(read("1.5", ",") == nil)
    #expect(read("-Infinity") == -.infinity && read("inf") == .infinity)
  }

  @Test func `numbers at random are the nearest ones`() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      let value = Double(bitPattern: UInt64.random(in: 0..<0x7FF0_0000_0000_0000, using: &random))
      for text in ["\(value)", "-\(value)"] { #expect(read(text) == Double(text), "\(text)") }
    }
  }
}
