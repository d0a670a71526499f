/// The ways of writing 3.
extension DigitTemplate {
  static let threes: [DigitTemplate] = [
    // Two round bows.
    DigitTemplate(
      weight: 4,
      [
        .at(0.06, 0.14), .at(0.28, 0.01), .at(0.52, 0.12), .at(0.46, 0.34), .corner(0.24, 0.46),
        .at(0.50, 0.54), .at(0.58, 0.76), .at(0.38, 0.97), .at(0.14, 0.96), .at(0.00, 0.86),
      ]),
    // A flat roof.
    DigitTemplate(
      weight: 2,
      [
        .at(0.05, 0.05), .at(0.30, 0.03), .corner(0.56, 0.03), .at(0.40, 0.24), .corner(0.24, 0.42),
        .at(0.50, 0.52), .at(0.58, 0.74), .at(0.36, 0.98), .at(0.02, 0.92),
      ]),
    // A small loop at the waist.
    DigitTemplate(
      weight: 2,
      [
        .at(0.08, 0.14), .at(0.32, 0.01), .at(0.54, 0.16), .at(0.40, 0.38), .at(0.24, 0.48),
        .at(0.22, 0.40), .at(0.36, 0.43), .at(0.56, 0.60), .at(0.50, 0.86), .at(0.26, 0.99),
        .at(0.00, 0.90),
      ]),
    // A shallow waist.
    DigitTemplate(
      weight: 2,
      [
        .at(0.04, 0.10), .at(0.30, 0.01), .at(0.52, 0.14), .at(0.46, 0.36), .corner(0.34, 0.46),
        .at(0.50, 0.58), .at(0.52, 0.80), .at(0.32, 0.97), .at(0.02, 0.96),
      ]),
    // A long spike at the waist.
    DigitTemplate(
      weight: 2,
      [
        .at(0.04, 0.14), .at(0.30, 0.02), .at(0.54, 0.10), .at(0.38, 0.36), .corner(0.12, 0.50),
        .at(0.42, 0.51), .at(0.52, 0.72), .at(0.30, 0.97), .at(0.02, 0.92),
      ]),
    // A wide head, a small bow that runs off downwards.
    DigitTemplate(
      weight: 2,
      [
        .at(0.00, 0.10), .at(0.30, 0.02), .at(0.60, 0.08), .at(0.46, 0.28), .corner(0.24, 0.40),
        .at(0.50, 0.48), .at(0.58, 0.68), .at(0.48, 0.88), .at(0.26, 1.00),
      ]),
    // Slim, with two shallow bows.
    DigitTemplate(
      weight: 1,
      [
        .at(0.04, 0.08), .at(0.22, 0.00), .at(0.37, 0.12), .at(0.30, 0.34), .corner(0.17, 0.46),
        .at(0.34, 0.58), .at(0.35, 0.80), .at(0.18, 0.97), .at(0.00, 0.94),
      ]),
    // The tail curls up again.
    DigitTemplate(
      weight: 1,
      [
        .at(0.08, 0.14), .at(0.30, 0.01), .at(0.52, 0.12), .at(0.44, 0.34), .corner(0.26, 0.45),
        .at(0.50, 0.56), .at(0.54, 0.80), .at(0.30, 0.98), .at(0.04, 0.94), .at(-0.05, 0.79),
        .at(0.08, 0.73),
      ]),
  ]
}
