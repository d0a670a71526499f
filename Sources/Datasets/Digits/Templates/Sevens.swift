/// The ways of writing 7.
extension DigitTemplate {
  static let sevens: [DigitTemplate] = [
    // A roof and a slope.
    DigitTemplate(
      weight: 4,
      [
        .at(0.04, 0.10), .at(0.32, 0.07), .corner(0.60, 0.04), .at(0.44, 0.38), .at(0.33, 0.68),
        .at(0.26, 1.00),
      ]),
    // With a bar.
    DigitTemplate(
      weight: 2,
      [
        .at(0.04, 0.08), .at(0.32, 0.06), .corner(0.60, 0.04), .at(0.44, 0.38), .at(0.33, 0.68),
        .at(0.26, 1.00),
      ],
      [.at(0.12, 0.52), .at(0.36, 0.51), .at(0.64, 0.49)]),
    // With a serif at the start.
    DigitTemplate(
      weight: 2,
      [
        .at(0.03, 0.26), .corner(0.06, 0.07), .at(0.34, 0.09), .corner(0.62, 0.04), .at(0.48, 0.38),
        .at(0.39, 0.68), .at(0.34, 1.00),
      ]),
    // A round shoulder.
    DigitTemplate(
      weight: 2,
      [
        .at(0.02, 0.14), .at(0.26, 0.04), .at(0.50, 0.04), .at(0.57, 0.18), .at(0.46, 0.48),
        .at(0.38, 0.74), .at(0.34, 1.00),
      ]),
    // A roof and a plumb stem.
    DigitTemplate(
      weight: 2,
      [
        .at(0.02, 0.08), .at(0.28, 0.06), .corner(0.52, 0.05), .at(0.51, 0.36), .at(0.50, 0.68),
        .at(0.48, 1.00),
      ]),
    // A rising roof and a long leaning stem.
    DigitTemplate(
      weight: 2,
      [
        .at(0.00, 0.22), .at(0.34, 0.14), .corner(0.68, 0.04), .at(0.46, 0.38), .at(0.24, 0.70),
        .at(0.06, 1.00),
      ]),
    // A roof that waves.
    DigitTemplate(
      weight: 2,
      [
        .at(0.02, 0.26), .at(0.10, 0.06), .at(0.30, 0.12), .corner(0.60, 0.05), .at(0.46, 0.36),
        .at(0.34, 0.68), .at(0.22, 1.00),
      ]),
    // Bent over like an n.
    DigitTemplate(
      weight: 2,
      [
        .at(0.00, 0.38), .at(0.06, 0.10), .at(0.28, 0.02), .at(0.48, 0.14), .at(0.46, 0.50),
        .at(0.34, 1.00),
      ]),
  ]
}
