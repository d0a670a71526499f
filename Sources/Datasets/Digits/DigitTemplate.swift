import Engine

/// One way of writing a digit: the strokes of the pen, each a smooth line through its knots.
struct DigitTemplate: Sendable {
  /// How often this way is chosen, against the digit's other ways.
  let weight: Int

  /// The strokes in the order in which they are written.
  let strokes: [[Knot]]

  init(weight: Int, _ strokes: [Knot]...) {
    self.weight = weight
    self.strokes = strokes
  }

  /// The ways of writing each digit, 0 … 9.
  static let all: [[DigitTemplate]] = [
    zeros, ones, twos, threes, fours, fives, sixes, sevens, eights, nines,
  ]

  /// One of the ways of writing a digit, by weight.
  static func choose(for digit: Int, random: inout Random) -> DigitTemplate {
    let templates = all[digit]
    var total = 0
    for template in templates { total += template.weight }
    let chance: Float = random.uniform()
    var left = Int(chance * Float(total))
    for template in templates {
      left -= template.weight
      if left < 0 { return template }
    }
    return templates[templates.count - 1]
  }
}
