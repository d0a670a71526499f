import Glibc
import Grammar

/// Adds noise while training, against overfitting: `[batch, …] → [batch, …]`.
///
/// y = x + stddev·n with n from a normal distribution, a new one for every number; y = x when not training. After Keras
/// 3.15; n after Box and Muller 1958.
public struct GaussianNoise: Layer, Operation {
  /// The noise's standard deviation, 0 … 1.
  public let stddev: Double

  public static let form = Form<GaussianNoise>(
    "gaussian_noise", "Adds noise while training, against overfitting.",
    Parameter("stddev", .number(0...1), "the noise's standard deviation"),
    formula: "training: x + stddev·n, n normal; otherwise x",
    source: "Keras 3.15",
    examples: ["add gaussian_noise 0.1"], make: { GaussianNoise(stddev: $0) }, settings: { $0.stddev })

  public init(stddev: Double) { self.stddev = stddev }

  public func inputShape(forData data: Shape) -> Shape { Images.withChannels(data) }

  public func output(for input: Shape) throws(Refusal) -> Shape { input }

  public func forward(_ pass: ForwardPass) {
    guard pass.isTraining else { return pass.output.copy(from: pass.input) }
    pass.threads.split(pass.input.count, into: 16) { range in
      for i in range {
        pass.output[i] = pass.input[i] + Float(stddev * GaussianNoise.normal(i, seed: pass.seed))
      }
    }
  }

  public func backward(_ pass: BackwardPass) {
    pass.inputGradient?.copy(from: pass.outputGradient)
  }

  /// Number `index` of a normal distribution, from two random numbers of its own.
  static func normal(_ index: Int, seed: UInt64) -> Double {
    // 1 − u lies above 0, so its logarithm is finite.
    let radius = 1 - Random.uniform(2 * index, seed: seed)
    return (-2 * log(radius)).squareRoot() * cos(2 * .pi * Random.uniform(2 * index + 1, seed: seed))
  }
}
