/// The ways of writing 1.
extension DigitTemplate {
  static let ones: [DigitTemplate] = [
    // A bare line.
    DigitTemplate(
      weight: 16, [.at(0.10, 0.00), .at(0.10, 0.33), .at(0.10, 0.67), .at(0.10, 1.00)]),
    // With a flag.
    DigitTemplate(
      weight: 2,
      [
        .at(0.06, 0.26), .at(0.18, 0.14), .corner(0.27, 0.00), .at(0.27, 0.34), .at(0.27, 0.67),
        .at(0.27, 1.00),
      ]),
    // With a flag and a foot.
    DigitTemplate(
      weight: 2,
      [
        .at(0.04, 0.24), .at(0.18, 0.12), .corner(0.30, 0.00), .at(0.30, 0.34), .at(0.30, 0.67),
        .at(0.30, 0.98),
      ],
      [.at(0.02, 0.99), .at(0.30, 0.98), .at(0.58, 0.98)]),
    // With the tail of the pen's arrival and of its leaving.
    DigitTemplate(
      weight: 2,
      [
        .at(0.02, 0.10), .corner(0.12, 0.00), .at(0.12, 0.33), .at(0.12, 0.67), .at(0.12, 0.96),
      ]),
    DigitTemplate(
      weight: 1,
      [
        .at(0.08, 0.00), .at(0.07, 0.33), .at(0.07, 0.70), .at(0.12, 0.94), .at(0.22, 0.98),
      ]),
  ]
}
