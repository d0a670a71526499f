/// A knot as one hand places it on the sheet, and how the pen passes it.
struct PlacedKnot {
  var x: Float
  var y: Float

  /// How much of the smooth curve remains here: 0 a sharp corner, 1 a round line.
  var roundness: Float

  /// The way the pen is going, about 1 long.
  var directionX: Float = 0
  var directionY: Float = 0

  /// Unit vector and distance to another knot.
  func way(to other: PlacedKnot) -> (x: Float, y: Float, length: Float) {
    let x = other.x - self.x
    let y = other.y - self.y
    // Two knots may fall on each other; their way is then nowhere, not a division by zero.
    let length = (x * x + y * y).squareRoot() + 1e-6
    return (x / length, y / length, length)
  }

  /// Sets the direction between two neighbours: the mean of the ways from one and to the other, the shorter counting
  /// more (a Catmull–Rom spline over chord lengths).
  mutating func turn(from previous: PlacedKnot, to next: PlacedKnot) {
    let arriving = previous.way(to: self)
    let leaving = way(to: next)
    let total = arriving.length + leaving.length
    directionX = (arriving.x * leaving.length + leaving.x * arriving.length) / total
    directionY = (arriving.y * leaving.length + leaving.y * arriving.length) / total
    if roundness < 1 {
      // A hand rounds a bend, but hardly a reversal.
      roundness *= 1 + arriving.x * leaving.x + arriving.y * leaving.y
      roundness = min(roundness, 1)
    }
  }

  /// Sets the direction at an end of a stroke, so that the span to its neighbour bends evenly.
  ///
  /// `sign` is 1 at the first knot, −1 at the last.
  mutating func end(beside neighbour: PlacedKnot, sign: Float) {
    let along = way(to: neighbour)
    let bend = 0.5 * neighbour.roundness
    directionX = sign * along.x * (1 + bend) - bend * neighbour.directionX
    directionY = sign * along.y * (1 + bend) - bend * neighbour.directionY
  }
}
