import Testing

@testable import Interchange

@Suite("Python's text")
struct PythonTests {
  @Test(
    "a text is a literal that reads back as itself",
    arguments: [
      ("a", "\"a\""), ("a\"b\\c", "\"a\\\"b\\\\c\""), ("é", "\"\\U000000e9\""), ("\n", "\"\\U0000000a\""),
    ])
  func textsAreQuoted(_ text: String, _ literal: String) { #expect(Python.quoted(text) == literal) }

  @Test("a number is its shortest text; what is no number is one of Python's")
  func numbersAreLiterals() {
    #expect(Python.number(0.001) == "0.001")
    #expect(Python.number(1) == "1.0")
    #expect(Python.number(.infinity) == "float(\"inf\")")
    #expect(Python.number(-.infinity) == "float(\"-inf\")")
    #expect(Python.number(.nan) == "float(\"nan\")")
  }

  @Test("a comment stays one, whatever is in it")
  func commentsStayComments() {
    #expect(Python.comment("a\nimport os\r\nb\u{1B}[31m\u{202E}c") == ["# a", "# import os", "# b[31mc"])
    #expect(Python.comment("") == ["#"])
  }
}
