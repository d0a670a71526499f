extension Line {
  /// What a literal with `\(…)` in it is made of: plain text, lines with their styles, and text that is volatile.
  public struct Interpolation: StringInterpolationProtocol {
    private(set) var line = Line()

    public init(literalCapacity: Int, interpolationCount: Int) {}

    public mutating func appendLiteral(_ literal: String) { line.append(literal) }

    public mutating func appendInterpolation(_ value: some CustomStringConvertible) { line.append(value.description) }

    public mutating func appendInterpolation(_ other: Line) { line = line + other }

    /// Text that may differ when the same is done again.
    public mutating func appendInterpolation(volatile text: String) { line.append(text, isVolatile: true) }
  }
}
