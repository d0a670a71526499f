@testable import Engine

/// Twins on shapes that nobody chose: sizes, windows, strides and paddings are drawn, always the same ones.
enum DrawnTwins {
  /// How many of each layer.
  private static let count = 6

  static let all: [Twin] = {
    var random = Random(seed: 20_260)
    return (0..<count).flatMap { _ in
      [
        DenseTests.twin(
          .random(in: 1...90, using: &random), .random(in: 1...90, using: &random), bias: .random(using: &random)),
        convolution(&random), depthwise(&random), pool(&random, MaxPool2DTests.twin),
        pool(&random, AvgPool2DTests.twin),
        BatchNormTests.twin(image(&random), centers: .random(using: &random), scales: .random(using: &random)),
        LayerNormTests.twin(image(&random), centers: .random(using: &random), scales: .random(using: &random)),
      ]
    }
  }()

  private static func image(_ random: inout Random) -> Shape {
    [.random(in: 1...9, using: &random), .random(in: 1...9, using: &random), .random(in: 1...5, using: &random)]
  }

  private static func pair(_ maximum: Int, _ random: inout Random) -> Pair {
    Pair(.random(in: 1...maximum, using: &random), .random(in: 1...maximum, using: &random))
  }

  /// An image that the window fits into, where nothing is added at the edges.
  private static func image(around reach: Pair, same: Bool, _ random: inout Random) -> Shape {
    let shape = image(&random)
    return same ? shape : [shape[0] + reach.height - 1, shape[1] + reach.width - 1, shape[2]]
  }

  /// Strides or dilation above 1, not both.
  private static func steps(_ random: inout Random) -> (strides: Pair, dilation: Pair) {
    Bool.random(using: &random) ? (pair(3, &random), Pair(1)) : (Pair(1), pair(3, &random))
  }

  private static func reach(_ kernel: Pair, _ dilation: Pair) -> Pair {
    Pair((kernel.height - 1) * dilation.height + 1, (kernel.width - 1) * dilation.width + 1)
  }

  private static func convolution(_ random: inout Random) -> Twin {
    let (kernel, steps, same) = (pair(4, &random), steps(&random), Bool.random(using: &random))
    return Conv2DTests.twin(
      .random(in: 1...6, using: &random), kernel, strides: steps.strides, same: same, dilation: steps.dilation,
      on: image(around: reach(kernel, steps.dilation), same: same, &random), bias: .random(using: &random))
  }

  private static func depthwise(_ random: inout Random) -> Twin {
    let (kernel, steps, same) = (pair(4, &random), steps(&random), Bool.random(using: &random))
    return DepthwiseConv2DTests.twin(
      kernel, .random(in: 1...3, using: &random), strides: steps.strides, same: same, dilation: steps.dilation,
      on: image(around: reach(kernel, steps.dilation), same: same, &random), bias: .random(using: &random))
  }

  private static func pool(_ random: inout Random, _ twin: (Pair, Pair?, Bool, Shape) -> Twin) -> Twin {
    let (size, strides, same) = (pair(3, &random), pair(3, &random), Bool.random(using: &random))
    return twin(size, strides, same, image(around: size, same: same, &random))
  }
}
