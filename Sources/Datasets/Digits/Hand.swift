import Engine

/// The hand and the pen that write one digit: all about them that is chance, drawn once an image.
///
/// Lengths are in heights of the digit, except the pen's, which are in pixels.
struct Hand {
  /// How far x moves to the right for each unit upwards.
  let slant: Float

  /// The turn of the sheet.
  let cosine: Float
  let sine: Float

  /// Width of the digit against the template's.
  let breadth: Float

  /// Spread of a knot about its place.
  let sloppiness: Float

  /// Spread of the line about its smooth way.
  let tremor: Float

  /// How much of a curve remains at a right-angled corner: 0 sharp, 1 round.
  let roundness: Float

  /// Bends of the whole digit: wider at the foot than at the head, bowed like a bracket, like an S;
  /// the middle lowered; the right side lowered.
  let taper: Float
  let bow: Float
  let swing: Float
  let sag: Float
  let tilt: Float

  /// Half the width of the line, and the share by which it grows or shrinks towards a stroke's end.
  let radius: Float
  let pressure: Float

  /// Width over which the edge of the line fades.
  let softness: Float

  init(random: inout Random) {
    let care: Float = 0.4 + 1.2 * random.uniform()
    slant = 0.10 + 0.26 * random.bell()
    // The angle whose half has this tangent, by the rational formula: no sine to disagree about.
    let tangent: Float = 0.06 * random.bell()
    cosine = (1 - tangent * tangent) / (1 + tangent * tangent)
    sine = 2 * tangent / (1 + tangent * tangent)
    breadth = max(0.45, 1.14 + 0.22 * random.bell())
    sloppiness = 0.030 * care
    tremor = 0.010 * random.uniform()
    roundness = 0.7 * random.uniform()
    taper = 0.24 * care * random.bell()
    bow = 0.18 * care * random.bell()
    swing = 0.30 * care * random.bell()
    sag = 0.24 * care * random.bell()
    tilt = 0.12 * care * random.bell()
    let weight: Float = random.bell()
    radius = max(0.72, 1.20 + 0.37 * weight + 0.04 * weight * weight)
    pressure = 0.15 * random.bell()
    softness = 0.9 + 0.5 * random.uniform()
  }

  /// Where the pen goes for a place in the template: bent, stretched, slanted and turned about the digit's middle.
  func place(_ x: Float, _ y: Float) -> (x: Float, y: Float) {
    let across = x - 0.3
    let down = y - 0.5
    let square = down * down
    // The constants take out what a bend would only shift or slant.
    let bentX =
      across * (1 + 2 * taper * down) + bow * (square - 0.08) + swing * down * (square - 0.12)
    let bentY = down + sag * (0.25 - square) + tilt * across
    let leaningX = bentX * breadth - slant * bentY
    return (cosine * leaningX - sine * bentY, sine * leaningX + cosine * bentY)
  }
}
