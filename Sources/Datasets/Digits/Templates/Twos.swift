/// The ways of writing 2.
extension DigitTemplate {
  static let twos: [DigitTemplate] = [
    // A round head and a straight foot.
    DigitTemplate(
      weight: 4,
      [
        .at(0.05, 0.20), .at(0.25, 0.02), .at(0.50, 0.08), .at(0.55, 0.30), .at(0.34, 0.64),
        .corner(0.05, 0.95), .at(0.35, 0.93), .at(0.68, 0.95),
      ]),
    // A small loop at the foot.
    DigitTemplate(
      weight: 4,
      [
        .at(0.08, 0.22), .at(0.28, 0.02), .at(0.52, 0.10), .at(0.50, 0.38), .at(0.30, 0.70),
        .at(0.12, 0.92), .at(0.02, 0.86), .at(0.12, 0.74), .at(0.34, 0.84), .at(0.52, 0.96),
        .at(0.72, 0.90),
      ]),
    // A wide loop at the foot.
    DigitTemplate(
      weight: 3,
      [
        .at(0.10, 0.20), .at(0.30, 0.02), .at(0.50, 0.14), .at(0.46, 0.42), .at(0.28, 0.72),
        .at(0.10, 0.95), .at(-0.04, 0.92), .at(0.00, 0.76), .at(0.18, 0.71), .at(0.42, 0.82),
        .at(0.76, 0.90),
      ]),
    // Angular, like a Z.
    DigitTemplate(
      weight: 2,
      [
        .at(0.04, 0.10), .at(0.30, 0.04), .corner(0.58, 0.08), .at(0.34, 0.50), .corner(0.06, 0.94),
        .at(0.36, 0.92), .at(0.66, 0.92),
      ]),
    // A swan: the head curls in, the foot waves.
    DigitTemplate(
      weight: 2,
      [
        .at(0.14, 0.34), .at(0.08, 0.16), .at(0.28, 0.01), .at(0.50, 0.14), .at(0.46, 0.42),
        .at(0.26, 0.72), .corner(0.06, 0.93), .at(0.24, 0.86), .at(0.46, 0.95), .at(0.70, 0.90),
      ]),
    // A high arch from deep on the left, a loop, and the foot falling.
    DigitTemplate(
      weight: 3,
      [
        .at(0.08, 0.30), .at(0.22, 0.06), .at(0.46, 0.02), .at(0.57, 0.20), .at(0.48, 0.48),
        .at(0.28, 0.78), .at(0.10, 0.92), .at(0.01, 0.81), .at(0.14, 0.71), .at(0.36, 0.80),
        .at(0.64, 1.00),
      ]),
    // A slim head, and a foot that falls away.
    DigitTemplate(
      weight: 2,
      [
        .at(0.10, 0.16), .at(0.26, 0.00), .at(0.42, 0.10), .at(0.38, 0.38), .at(0.22, 0.66),
        .corner(0.06, 0.84), .at(0.36, 0.88), .at(0.68, 0.98),
      ]),
    // A small head on a long foot.
    DigitTemplate(
      weight: 2,
      [
        .at(0.16, 0.20), .at(0.32, 0.02), .at(0.48, 0.12), .at(0.42, 0.38), .at(0.22, 0.66),
        .corner(0.00, 0.90), .at(0.40, 0.86), .at(0.82, 0.88),
      ]),
    // A broad head, a round loop.
    DigitTemplate(
      weight: 2,
      [
        .at(0.00, 0.26), .at(0.18, 0.04), .at(0.46, 0.02), .at(0.60, 0.22), .at(0.54, 0.54),
        .at(0.34, 0.86), .at(0.10, 0.96), .at(0.00, 0.82), .at(0.14, 0.68), .at(0.38, 0.78),
        .at(0.58, 0.94), .at(0.74, 0.96),
      ]),
    // A loop half as high as the digit.
    DigitTemplate(
      weight: 3,
      [
        .at(0.10, 0.24), .at(0.24, 0.04), .at(0.46, 0.04), .at(0.53, 0.24), .at(0.43, 0.54),
        .at(0.26, 0.86), .at(0.08, 0.96), .at(0.00, 0.80), .at(0.11, 0.62), .at(0.31, 0.63),
        .at(0.48, 0.80), .at(0.62, 0.96),
      ]),
    // Hardly a head, like a 1 that goes on into a loop and a foot.
    DigitTemplate(
      weight: 1,
      [
        .at(0.24, 0.02), .at(0.40, 0.12), .at(0.38, 0.46), .at(0.24, 0.82), .at(0.08, 0.95),
        .at(0.00, 0.82), .at(0.13, 0.70), .at(0.36, 0.78), .at(0.62, 0.82),
      ]),
    // Wide and low, both ends drawn out.
    DigitTemplate(
      weight: 1,
      [
        .at(0.00, 0.16), .at(0.36, 0.02), .at(0.72, 0.12), .at(0.66, 0.42), .at(0.34, 0.74),
        .corner(0.06, 0.94), .at(0.54, 0.86), .at(1.06, 0.84),
      ]),
  ]
}
