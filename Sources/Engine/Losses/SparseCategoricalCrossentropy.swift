import Grammar

/// Categorical crossentropy by Keras's name for targets that are class numbers: −log p of the true class.
///
/// The targets are one-hot rows here whatever the name, so the two are the same; this one smooths nothing.
public struct SparseCategoricalCrossentropy: Loss {
  public static let form = Form<SparseCategoricalCrossentropy>(
    "sparse_categorical_crossentropy",
    "The same as categorical_crossentropy, by the name for targets that are numbers.",
    formula: "−log p of the true class, mean over the batch",
    source: "Keras 3.15",
    examples: ["compile adam loss=sparse_categorical_crossentropy"],
    make: { SparseCategoricalCrossentropy() }, settings: { _ in () })

  private let twin = CategoricalCrossentropy()

  public init() {}

  public static var wants: String { CategoricalCrossentropy.wants }
  public static var minimumOutputs: Int { CategoricalCrossentropy.minimumOutputs }

  public func accepts(_ activation: any Activation) -> Bool { twin.accepts(activation) }

  public func onLogits(of activation: any Activation) -> (any RowLoss)? { twin.onLogits(of: activation) }

  public func value(_ output: FloatSpan, _ target: FloatSpan) -> Float { twin.value(output, target) }

  public func gradient(_ output: FloatSpan, _ target: FloatSpan, scale: Float, into gradient: FloatSpan) {
    twin.gradient(output, target, scale: scale, into: gradient)
  }
}
