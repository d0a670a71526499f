/// The ways of writing 4.
extension DigitTemplate {
  static let fours: [DigitTemplate] = [
    // Open: an L, then a stem.
    DigitTemplate(
      weight: 4,
      [.at(0.10, 0.02), .at(0.06, 0.28), .corner(0.03, 0.50), .at(0.30, 0.50), .at(0.64, 0.46)],
      [.at(0.52, 0.08), .at(0.49, 0.38), .at(0.46, 0.70), .at(0.43, 1.00)]),
    // Open and leaning: the L falls away to the left.
    DigitTemplate(
      weight: 3,
      [.at(0.32, 0.00), .at(0.18, 0.26), .corner(0.02, 0.53), .at(0.34, 0.50), .at(0.68, 0.45)],
      [.at(0.64, 0.10), .at(0.52, 0.40), .at(0.42, 0.70), .at(0.32, 1.00)]),
    // Open and round, in one stroke, like a y.
    DigitTemplate(
      weight: 2,
      [
        .at(0.06, 0.02), .at(0.03, 0.30), .at(0.20, 0.50), .at(0.44, 0.38), .corner(0.56, 0.04),
        .at(0.53, 0.36), .at(0.49, 0.68), .at(0.46, 1.00),
      ]),
    // Closed: slope, bar, stem.
    DigitTemplate(
      weight: 2,
      [.at(0.46, 0.01), .at(0.24, 0.32), .corner(0.00, 0.64), .at(0.34, 0.62), .at(0.68, 0.62)],
      [.at(0.47, 0.00), .at(0.47, 0.33), .at(0.46, 0.67), .at(0.46, 1.00)]),
    // Nearly closed, the bar ending at the stem.
    DigitTemplate(
      weight: 1,
      [.at(0.40, 0.02), .at(0.20, 0.24), .corner(0.02, 0.48), .at(0.26, 0.50), .at(0.52, 0.44)],
      [.at(0.56, 0.08), .at(0.52, 0.38), .at(0.47, 0.70), .at(0.42, 1.00)]),
  ]
}
