/// A point that the pen passes through, on a sheet where the digit is 1 high, x to the right, y down.
struct Knot: Sendable {
  let x: Float
  let y: Float

  /// Whether the pen may turn sharply here; how sharply is up to the hand that writes.
  let turnsSharply: Bool

  /// A knot that the pen rounds.
  static func at(_ x: Float, _ y: Float) -> Knot { Knot(x: x, y: y, turnsSharply: false) }

  /// A knot where the pen changes direction.
  static func corner(_ x: Float, _ y: Float) -> Knot { Knot(x: x, y: y, turnsSharply: true) }
}
