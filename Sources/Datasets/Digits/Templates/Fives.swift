/// The ways of writing 5.
extension DigitTemplate {
  static let fives: [DigitTemplate] = [
    // Body first, then the bar.
    DigitTemplate(
      weight: 4,
      [
        .at(0.12, 0.04), .at(0.09, 0.22), .corner(0.06, 0.42), .at(0.30, 0.37), .at(0.54, 0.52),
        .at(0.54, 0.78), .at(0.32, 0.98), .at(0.02, 0.92),
      ],
      [.at(0.12, 0.04), .at(0.38, 0.03), .at(0.66, 0.02)]),
    // In one stroke with square shoulders.
    DigitTemplate(
      weight: 3,
      [
        .at(0.60, 0.02), .at(0.34, 0.03), .corner(0.12, 0.05), .at(0.09, 0.22), .corner(0.06, 0.42),
        .at(0.30, 0.37), .at(0.52, 0.54), .at(0.50, 0.82), .at(0.26, 0.98), .at(0.00, 0.90),
      ]),
    // Round, like an S.
    DigitTemplate(
      weight: 3,
      [
        .at(0.60, 0.03), .at(0.32, 0.04), .at(0.10, 0.20), .at(0.18, 0.42), .at(0.42, 0.54),
        .at(0.50, 0.76), .at(0.30, 0.97), .at(0.00, 0.92),
      ]),
    // Wide and leaning, with a long bar rising to the right.
    DigitTemplate(
      weight: 3,
      [
        .at(0.26, 0.12), .at(0.20, 0.26), .corner(0.16, 0.40), .at(0.36, 0.44), .at(0.48, 0.64),
        .at(0.36, 0.90), .at(0.10, 0.97), .at(-0.08, 0.84),
      ],
      [.at(0.26, 0.12), .at(0.52, 0.09), .at(0.84, 0.02)]),
    // A short bar and a bow that nearly closes.
    DigitTemplate(
      weight: 2,
      [
        .at(0.16, 0.05), .at(0.12, 0.24), .corner(0.08, 0.42), .at(0.34, 0.40), .at(0.52, 0.60),
        .at(0.44, 0.88), .at(0.20, 0.98), .at(0.00, 0.84), .at(0.02, 0.72),
      ],
      [.at(0.16, 0.05), .at(0.36, 0.05), .at(0.54, 0.02)]),
    // A long neck and a low bow.
    DigitTemplate(
      weight: 2,
      [
        .at(0.66, 0.00), .at(0.40, 0.04), .corner(0.20, 0.08), .at(0.15, 0.28), .corner(0.12, 0.50),
        .at(0.36, 0.50), .at(0.46, 0.72), .at(0.28, 0.94), .at(-0.04, 0.96),
      ]),
    // A large bow.
    DigitTemplate(
      weight: 2,
      [
        .at(0.10, 0.05), .at(0.08, 0.20), .corner(0.05, 0.37), .at(0.36, 0.32), .at(0.63, 0.50),
        .at(0.57, 0.82), .at(0.26, 0.98), .at(-0.04, 0.88),
      ],
      [.at(0.10, 0.05), .at(0.34, 0.04), .at(0.64, 0.02)]),
    // A small body under a bar that runs far out.
    DigitTemplate(
      weight: 2,
      [
        .at(0.22, 0.24), .at(0.17, 0.38), .corner(0.10, 0.53), .at(0.31, 0.51), .at(0.44, 0.68),
        .at(0.33, 0.91), .at(0.12, 0.97), .at(-0.06, 0.90),
      ],
      [.at(0.25, 0.21), .at(0.60, 0.14), .at(0.98, 0.02)]),
    // A bar that hangs free of a low, wide body.
    DigitTemplate(
      weight: 1,
      [
        .at(0.08, 0.10), .at(0.06, 0.26), .corner(0.04, 0.42), .at(0.34, 0.39), .at(0.58, 0.56),
        .at(0.52, 0.84), .at(0.22, 0.98), .at(-0.06, 0.93),
      ],
      [.at(0.18, 0.06), .at(0.44, 0.04), .at(0.70, 0.02)]),
  ]
}
