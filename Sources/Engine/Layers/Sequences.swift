import Grammar

/// What layers for sequences, `[steps, channels]`, have in common: a sequence is an image of one row.
enum Sequences {
  /// Sequences as they come from a data set, with an axis for the channel where they have none.
  static func withChannels(_ data: Shape) -> Shape { data.rank == 1 ? Shape(data.extents + [1]) : data }

  /// The image of one row that is the same numbers.
  static func image(_ input: Shape) -> Shape { Shape([1] + input.extents) }

  /// - Throws: `Refusal` when examples of this shape are no sequences.
  static func require(_ input: Shape, for layer: String) throws(Refusal) {
    guard input.rank == 2 else { throw .noSequence(layer, input) }
  }

  /// The steps that a window gives.
  /// - Parameters:
  ///   - part: what the window is called: `kernel`.
  ///   - remedy: the layer with padding, as a command.
  /// - Throws: `Refusal` when the input is no sequence, or one shorter than the window.
  static func steps(
    _ input: Shape, _ window: Window, of layer: String, part: String, remedy: String?
  ) throws(Refusal) -> Int {
    try require(input, for: layer)
    if window.padding == .valid, !window.isCausal, window.reach.width > input[0] {
      throw .longer(layer, part, window.reach.width, input, remedy)
    }
    return WindowGeometry(window, over: image(input)).columns
  }
}

/// The operation of a layer for images, on sequences.
struct OneRow: Operation {
  private let image: any Operation
  private let shape: Shape

  init(_ layer: any Layer, of sequence: Shape, in plan: inout Plan) {
    shape = Sequences.image(sequence)
    image = layer.operation(for: shape, in: &plan)
  }

  var appliesActivation: Bool { image.appliesActivation }

  func forward(_ pass: ForwardPass) { image.forward(pass.of(shape)) }

  func backward(_ pass: BackwardPass) { image.backward(pass.of(shape)) }
}

/// What happens where a window reaches over the ends of a sequence.
public enum SequencePadding: String, CaseIterable, Sendable {
  /// It does not: there are only places where it lies inside.
  case valid
  /// As many places as there are strides in the sequence; what lies outside counts as 0, the odd step behind.
  case same
  /// As many, and each sees only what came before it: all zeros stand in front.
  case causal

  var help: String {
    switch self {
    case .valid: "only places inside the sequence"
    case .same: "zeros at both ends, so that no place is lost"
    case .causal: "zeros in front, so that no place sees what comes after it"
    }
  }
}

extension Window {
  /// A window that slides along a sequence.
  init(steps: Int, strides: Int, dilation: Int = 1, padding: SequencePadding) {
    self.init(
      size: Pair(1, steps), strides: Pair(1, strides), padding: padding == .same ? .same : .valid,
      dilation: Pair(1, dilation), isCausal: padding == .causal)
  }

  var sequencePadding: SequencePadding { isCausal ? .causal : padding == .same ? .same : .valid }
}

extension Refusal {
  fileprivate static func noSequence(_ layer: String, _ input: Shape) -> Refusal {
    let extents = input.rank == 1 ? [input.count, 1] : input.rank == 3 ? [input[0] * input[1], input[2]] : nil
    return Refusal(
      "\(layer) needs sequences, steps × channels, and gets \(input)",
      hint: extents.map { "add reshape " + $0.map(String.init).joined(separator: " ") } ?? "remove")
  }

  fileprivate static func longer(
    _ layer: String, _ part: String, _ reach: Int, _ input: Shape, _ remedy: String?
  ) -> Refusal {
    Refusal(
      "\(layer)'s \(part) of \(reach) steps is longer than its sequence, \(input); "
        + "it needs \(reach)×\(input[1]) or more",
      hint: remedy.map { "add \($0)" } ?? "remove")
  }
}
