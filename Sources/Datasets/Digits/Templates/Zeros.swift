/// The ways of writing 0.
extension DigitTemplate {
  static let zeros: [DigitTemplate] = [
    // A plain oval from the top.
    DigitTemplate(
      weight: 4,
      [
        .at(0.36, 0.02), .at(0.14, 0.16), .at(0.03, 0.50), .at(0.13, 0.85), .at(0.34, 0.98),
        .at(0.56, 0.84), .at(0.66, 0.48), .at(0.55, 0.14), .at(0.35, 0.02),
      ]),
    // Ending inside itself.
    DigitTemplate(
      weight: 2,
      [
        .at(0.34, 0.06), .at(0.12, 0.26), .at(0.04, 0.60), .at(0.18, 0.94), .at(0.42, 0.95),
        .at(0.62, 0.68), .at(0.62, 0.28), .at(0.44, 0.04), .at(0.26, 0.10), .at(0.22, 0.26),
      ]),
    // A slim drop, pointed at the top right.
    DigitTemplate(
      weight: 3,
      [
        .at(0.54, 0.02), .at(0.28, 0.22), .at(0.06, 0.60), .at(0.10, 0.92), .at(0.30, 0.97),
        .at(0.50, 0.76), .at(0.62, 0.36), .corner(0.54, 0.03),
      ]),
    // With a curl where it closes.
    DigitTemplate(
      weight: 1,
      [
        .at(0.60, 0.08), .at(0.38, 0.03), .at(0.15, 0.20), .at(0.03, 0.55), .at(0.16, 0.92),
        .at(0.40, 0.97), .at(0.62, 0.70), .at(0.60, 0.30), .at(0.42, 0.10), .at(0.28, 0.16),
        .at(0.38, 0.26),
      ]),
    // Gone round once and on through the middle.
    DigitTemplate(
      weight: 1,
      [
        .at(0.50, 0.06), .at(0.22, 0.12), .at(0.05, 0.50), .at(0.16, 0.92), .at(0.44, 0.92),
        .at(0.62, 0.56), .at(0.54, 0.14), .at(0.34, 0.28), .at(0.20, 0.66),
      ]),
    // Open at the head.
    DigitTemplate(
      weight: 1,
      [
        .at(0.26, 0.04), .at(0.08, 0.28), .at(0.05, 0.66), .at(0.22, 0.97), .at(0.48, 0.88),
        .at(0.62, 0.54), .at(0.57, 0.18), .at(0.48, 0.03),
      ]),
    // A wide ring.
    DigitTemplate(
      weight: 2,
      [
        .at(0.44, 0.04), .at(0.14, 0.14), .at(-0.06, 0.50), .at(0.10, 0.88), .at(0.42, 0.97),
        .at(0.76, 0.84), .at(0.88, 0.48), .at(0.72, 0.14), .at(0.42, 0.04),
      ]),
  ]
}
