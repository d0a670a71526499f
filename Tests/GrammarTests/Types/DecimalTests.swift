import Testing

@testable import Grammar

@Suite("Numbers as people write them")
struct DecimalTests {
  @Test("decimal numbers are read", arguments: [("1", 1), ("-1.5e3", -1500), ("+.5", 0.5), ("5.", 5), ("1E2", 100)])
  func decimal(text: String, value: Double) { #expect(text.decimal == value) }

  @Test(
    "what only Swift takes for a number is none",
    arguments: ["0x10", "0x1p3", "nan", "infinity", "-inf", "", "e5", "1 "])
  func others(text: String) { #expect(text.decimal == nil) }
}
