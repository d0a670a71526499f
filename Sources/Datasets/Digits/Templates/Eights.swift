/// The ways of writing 8.
extension DigitTemplate {
  static let eights: [DigitTemplate] = [
    // One stroke from the top right and back to it.
    DigitTemplate(
      weight: 4,
      [
        .at(0.52, 0.12), .at(0.30, 0.01), .at(0.10, 0.14), .at(0.18, 0.36), .at(0.42, 0.56),
        .at(0.53, 0.80), .at(0.32, 0.99), .at(0.08, 0.84), .at(0.18, 0.60), .at(0.42, 0.38),
        .at(0.53, 0.13),
      ]),
    // Two rings.
    DigitTemplate(
      weight: 2,
      [.at(0.30, 0.46), .at(0.10, 0.25), .at(0.29, 0.02), .at(0.50, 0.23), .at(0.31, 0.46)],
      [.at(0.30, 0.46), .at(0.05, 0.73), .at(0.30, 0.99), .at(0.57, 0.73), .at(0.31, 0.46)]),
    // Open at the head, the pen leaving far to the right.
    DigitTemplate(
      weight: 3,
      [
        .at(0.50, 0.13), .at(0.26, 0.05), .at(0.10, 0.22), .at(0.28, 0.47), .at(0.43, 0.74),
        .at(0.26, 0.98), .at(0.06, 0.83), .at(0.20, 0.56), .at(0.44, 0.34), .at(0.68, 0.08),
      ]),
    // Begun at the waist.
    DigitTemplate(
      weight: 2,
      [
        .at(0.36, 0.48), .at(0.12, 0.30), .at(0.24, 0.04), .at(0.50, 0.08), .at(0.46, 0.32),
        .at(0.22, 0.56), .at(0.08, 0.80), .at(0.26, 0.99), .at(0.50, 0.86), .at(0.44, 0.60),
        .at(0.24, 0.42),
      ]),
    // A slim lower loop.
    DigitTemplate(
      weight: 2,
      [
        .at(0.56, 0.10), .at(0.32, 0.00), .at(0.10, 0.16), .at(0.20, 0.40), .at(0.36, 0.64),
        .at(0.34, 0.90), .at(0.20, 0.99), .at(0.14, 0.82), .at(0.28, 0.54), .at(0.52, 0.30),
        .at(0.57, 0.08),
      ]),
    // Begun at the lower left.
    DigitTemplate(
      weight: 1,
      [
        .at(0.06, 0.96), .at(0.20, 0.64), .at(0.46, 0.32), .at(0.46, 0.06), .at(0.22, 0.02),
        .at(0.10, 0.22), .at(0.30, 0.50), .at(0.50, 0.80), .at(0.40, 0.99), .at(0.08, 0.94),
      ]),
    // An S crossed by a straight way back.
    DigitTemplate(
      weight: 2,
      [
        .at(0.60, 0.06), .at(0.34, 0.02), .at(0.10, 0.13), .at(0.20, 0.35), .at(0.46, 0.60),
        .at(0.40, 0.92), .at(0.12, 0.94), .at(0.10, 0.72), .at(0.36, 0.44), .at(0.63, 0.10),
      ]),
    // From the top right straight down, round, and up the left side, the head left open.
    DigitTemplate(
      weight: 2,
      [
        .at(0.58, 0.02), .at(0.38, 0.32), .at(0.13, 0.62), .at(0.10, 0.89), .at(0.33, 0.98),
        .at(0.46, 0.77), .at(0.30, 0.49), .at(0.11, 0.23), .at(0.26, 0.02), .at(0.48, 0.07),
      ]),
    // A small ring on a wide one.
    DigitTemplate(
      weight: 1,
      [.at(0.34, 0.43), .at(0.12, 0.22), .at(0.33, 0.01), .at(0.54, 0.22), .at(0.35, 0.43)],
      [.at(0.33, 0.44), .at(0.00, 0.70), .at(0.32, 0.98), .at(0.67, 0.70), .at(0.35, 0.44)]),
    // A ring on two legs that hardly meet.
    DigitTemplate(
      weight: 1,
      [
        .at(0.05, 1.00), .at(0.20, 0.68), .at(0.45, 0.36), .at(0.47, 0.09), .at(0.25, 0.01),
        .at(0.08, 0.19), .at(0.23, 0.48), .at(0.45, 0.74), .at(0.49, 0.98), .at(0.27, 1.00),
      ]),
  ]
}
