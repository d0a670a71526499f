import Foundation
import Testing

@testable import Workbench

@Suite("JSON")
struct JSONTests {
  @Test(
    "texts are escaped so that every reader gets them back",
    arguments: [
      "", "plain", "a \"b\" \\ c", "tab\tline\nreturn\r", "\u{0}\u{1}\u{1f}\u{7f}\u{85}\u{9f}", "計算 🦉 é",
      "\u{2028}\u{2029}", "</script>",
    ])
  func texts(_ text: String) throws {
    let json = JSON.object([(text, .text(text))]).text
    let read = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: String]
    #expect(read == [text: text])
    #expect(json.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
  }

  @Test(
    "a number that is not finite is null",
    arguments: [
      (Double.nan, "null"), (.infinity, "null"), (-.infinity, "null"), (0.1, "0.1"), (1e300, "1e+300"), (-0.0, "-0.0"),
      (.leastNonzeroMagnitude, "5e-324"), (12, "12.0"),
    ])
  func numbers(_ value: Double, text: String) throws {
    #expect(JSON.number(value).text == text)
    _ = try JSONSerialization.jsonObject(with: Data("[\(text)]".utf8))
  }

  @Test("members keep their order, on one line")
  func order() {
    let json = JSON.object([("b", 1), ("a", .list([true, .null, "x"])), ("c", .object([]))])
    #expect(json.text == #"{"b":1,"a":[true,null,"x"],"c":{}}"#)
  }
}
