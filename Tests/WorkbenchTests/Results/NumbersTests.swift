import Testing

@testable import Workbench

@Suite("Numbers as people read them")
struct NumbersTests {
  @Test(
    "counts have commas",
    arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (407_050, "407,050"), (-60_000, "-60,000")])
  func counts(_ count: Int, text: String) { #expect(grouped(count) == text) }

  @Test(
    "digits behind the point are rounded, never cut",
    arguments: [
      (0.97895, 4, "0.9790"), (0.99999, 4, "1.0000"), (-0.00001, 4, "0.0000"), (-1.5, 1, "-1.5"), (2.5, 0, "3"),
      (.nan, 4, "nan"), (.infinity, 4, "inf"), (-.infinity, 2, "-inf"), (1e300, 4, "1e+300"),
      (123456.789, 2, "123456.79"), (1.3985524276003725e+32, 4, "1.3986e+32"), (-9.99999e15, 4, "-1e+16"),
    ])
  func digits(_ value: Double, _ digits: Int, text: String) { #expect(fixed(value, digits) == text) }

  @Test(
    "figures that four decimals would make 0 are told by their power of ten",
    arguments: [
      (0.06363, "0.0636"), (0, "0.0000"), (0.00005, "0.0001"), (1.23456e-5, "1.2346e-05"), (-9.99999e-9, "-1e-08"),
      (.leastNonzeroMagnitude, "4.9407e-324"), (.infinity, "inf"), (.nan, "nan"),
    ])
  func figures(_ value: Double, text: String) { #expect(figureText(value) == text) }

  @Test(
    "times grow from hundredths to hours",
    arguments: [
      (0.314, "0.31 s"), (9.996, "10.00 s"), (31.25, "31.3 s"), (59.97, "60.0 s"), (125, "2 min 5 s"),
      (7260, "2 h 1 min"),
    ])
  func times(_ seconds: Double, text: String) { #expect(duration(seconds) == text) }
}
