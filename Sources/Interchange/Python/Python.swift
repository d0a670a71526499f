/// Pieces of Python's text.
enum Python {
  /// A text as a literal; what is no letter, digit or plain sign of ASCII is escaped.
  static func quoted(_ text: String) -> String {
    var literal = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": literal += "\\\(scalar)"
      case " "..."~": literal.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16)
        literal += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      }
    }
    return literal + "\""
  }

  /// A number as its shortest text, with a decimal point where it is whole.
  static func number(_ value: Double) -> String {
    value.isFinite ? "\(value)" : value.isNaN ? "float(\"nan\")" : "float(\"\(value < 0 ? "-" : "")inf\")"
  }

  /// A number of things, without a decimal point where it is whole.
  static func count(_ value: Double) -> String { Int(exactly: value).map(String.init) ?? number(value) }

  /// `(28, 28)`, with the comma that makes a tuple of one thing.
  static func tuple(_ parts: [String]) -> String {
    "(" + parts.joined(separator: ", ") + (parts.count == 1 ? ",)" : ")")
  }

  static func flag(_ value: Bool) -> String { value ? "True" : "False" }

  /// Lines of comment; signs that would move a terminal's cursor are left out.
  static func comment(_ text: String) -> [String] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
      let shown = String(String.UnicodeScalarView(line.unicodeScalars.filter { !$0.properties.isControl }))
      return shown.isEmpty ? "#" : "# \(shown)"
    }
  }
}

extension Unicode.Scalar.Properties {
  fileprivate var isControl: Bool {
    [.control, .format, .lineSeparator, .paragraphSeparator].contains(generalCategory)
  }
}
