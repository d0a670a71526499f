import Grammar

/// What happens where a window reaches over the edge of an image.
public enum Padding: String, CaseIterable, Sendable {
  /// It does not: there are only places where it lies inside.
  case valid
  /// As many places as there are strides in the image; what lies outside counts as 0, the odd row below and right.
  case same
}

extension Padding {
  /// What help says of it.
  var help: String {
    switch self {
    case .valid: "only places inside the image"
    case .same: "zeros around it, so that no place at the edge is lost"
    }
  }
}

extension Parameter where Value == Padding {
  static func padding() -> Parameter {
    Parameter("padding", .choice("padding", help: \.help), default: .valid, "what happens at the edges")
  }
}
