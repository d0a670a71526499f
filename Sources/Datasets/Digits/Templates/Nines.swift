/// The ways of writing 9.
extension DigitTemplate {
  static let nines: [DigitTemplate] = [
    // A bowl, then a straight tail.
    DigitTemplate(
      weight: 4,
      [
        .at(0.52, 0.12), .at(0.30, 0.02), .at(0.06, 0.20), .at(0.12, 0.44), .at(0.36, 0.42),
        .corner(0.53, 0.14), .at(0.50, 0.42), .at(0.47, 0.70), .at(0.44, 1.00),
      ]),
    // A long leaning tail.
    DigitTemplate(
      weight: 3,
      [
        .at(0.56, 0.14), .at(0.36, 0.02), .at(0.12, 0.16), .at(0.08, 0.40), .at(0.30, 0.44),
        .corner(0.57, 0.14), .at(0.48, 0.44), .at(0.37, 0.72), .at(0.24, 1.00),
      ]),
    // A curved tail.
    DigitTemplate(
      weight: 2,
      [
        .at(0.52, 0.16), .at(0.30, 0.02), .at(0.06, 0.20), .at(0.14, 0.46), .at(0.38, 0.42),
        .corner(0.54, 0.12), .at(0.56, 0.48), .at(0.48, 0.84), .at(0.28, 0.99), .at(0.06, 0.90),
      ]),
    // A ring and a separate stem.
    DigitTemplate(
      weight: 1,
      [
        .at(0.50, 0.10), .at(0.24, 0.03), .at(0.05, 0.24), .at(0.20, 0.47), .at(0.44, 0.38),
        .at(0.52, 0.14),
      ],
      [.at(0.54, 0.04), .at(0.53, 0.35), .at(0.50, 0.68), .at(0.48, 1.00)]),
    // Round over the top and down without a corner.
    DigitTemplate(
      weight: 2,
      [
        .at(0.50, 0.32), .at(0.26, 0.48), .at(0.06, 0.32), .at(0.16, 0.08), .at(0.40, 0.03),
        .at(0.53, 0.24), .at(0.50, 0.56), .at(0.44, 1.00),
      ]),
    // A flat wide bowl.
    DigitTemplate(
      weight: 2,
      [
        .at(0.62, 0.12), .at(0.34, 0.02), .at(0.04, 0.20), .at(0.08, 0.40), .at(0.36, 0.40),
        .corner(0.62, 0.14), .at(0.54, 0.42), .at(0.45, 0.72), .at(0.38, 1.00),
      ]),
    // A bowl left open at the head.
    DigitTemplate(
      weight: 2,
      [
        .at(0.40, 0.04), .at(0.16, 0.12), .at(0.03, 0.32), .at(0.18, 0.47), .at(0.42, 0.36),
        .corner(0.56, 0.10), .at(0.51, 0.42), .at(0.45, 0.72), .at(0.40, 1.00),
      ]),
    // A slim bowl on an upright tail.
    DigitTemplate(
      weight: 2,
      [
        .at(0.40, 0.10), .at(0.22, 0.02), .at(0.06, 0.18), .at(0.10, 0.40), .at(0.28, 0.38),
        .corner(0.40, 0.12), .at(0.40, 0.42), .at(0.37, 0.70), .at(0.34, 1.00),
      ]),
    // The roof hangs over an open bowl.
    DigitTemplate(
      weight: 4,
      [
        .at(0.57, 0.06), .at(0.34, 0.02), .at(0.11, 0.16), .at(0.06, 0.36), .at(0.24, 0.46),
        .at(0.43, 0.37), .corner(0.53, 0.24), .at(0.48, 0.50), .at(0.42, 0.75), .at(0.35, 1.00),
      ]),
    // A large bowl, like a q.
    DigitTemplate(
      weight: 2,
      [
        .at(0.58, 0.14), .at(0.34, 0.02), .at(0.07, 0.22), .at(0.05, 0.54), .at(0.28, 0.64),
        .at(0.52, 0.44), .corner(0.61, 0.12), .at(0.59, 0.42), .at(0.59, 0.72), .at(0.62, 1.00),
      ]),
    // A tail that hooks back, like a g.
    DigitTemplate(
      weight: 1,
      [
        .at(0.46, 0.14), .at(0.28, 0.02), .at(0.08, 0.18), .at(0.12, 0.42), .at(0.34, 0.40),
        .corner(0.48, 0.12), .at(0.49, 0.46), .at(0.47, 0.80), .at(0.28, 0.99), .at(0.08, 0.92),
        .at(0.06, 0.78),
      ]),
  ]
}
