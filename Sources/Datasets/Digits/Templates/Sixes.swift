/// The ways of writing 6.
extension DigitTemplate {
  static let sixes: [DigitTemplate] = [
    // A slope into a closed bowl.
    DigitTemplate(
      weight: 4,
      [
        .at(0.42, 0.00), .at(0.20, 0.22), .at(0.06, 0.55), .at(0.10, 0.86), .at(0.32, 0.99),
        .at(0.52, 0.84), .at(0.48, 0.62), .at(0.28, 0.55), .at(0.10, 0.70),
      ]),
    // Upright, with a small bowl.
    DigitTemplate(
      weight: 3,
      [
        .at(0.20, 0.00), .at(0.09, 0.30), .at(0.03, 0.66), .at(0.16, 0.96), .at(0.42, 0.94),
        .at(0.50, 0.72), .at(0.32, 0.58), .at(0.12, 0.74),
      ]),
    // The head bends over.
    DigitTemplate(
      weight: 2,
      [
        .at(0.54, 0.12), .at(0.38, 0.01), .at(0.14, 0.20), .at(0.03, 0.55), .at(0.14, 0.90),
        .at(0.36, 0.98), .at(0.56, 0.80), .at(0.48, 0.58), .at(0.28, 0.52), .at(0.08, 0.66),
      ]),
    // A wide bowl that curls in.
    DigitTemplate(
      weight: 2,
      [
        .at(0.16, 0.00), .at(0.06, 0.35), .at(0.03, 0.74), .at(0.22, 0.98), .at(0.54, 0.92),
        .at(0.60, 0.68), .at(0.40, 0.56), .at(0.22, 0.68), .at(0.20, 0.88),
      ]),
    // A wide bowl that swings high.
    DigitTemplate(
      weight: 2,
      [
        .at(0.32, 0.02), .at(0.10, 0.36), .at(0.02, 0.72), .at(0.20, 0.98), .at(0.52, 0.86),
        .at(0.64, 0.58), .at(0.48, 0.46), .at(0.26, 0.62), .at(0.12, 0.86),
      ]),
    // A leaning stem and a slim bowl, left open.
    DigitTemplate(
      weight: 2,
      [
        .at(0.38, 0.00), .at(0.18, 0.32), .at(0.06, 0.68), .at(0.16, 0.96), .at(0.38, 0.86),
        .at(0.46, 0.62), .at(0.30, 0.58),
      ]),
  ]
}
