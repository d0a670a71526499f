import Testing

@testable import Engine

/// A layer, and what it should compute once more: naive loops in double precision, from the definition alone.
struct Twin: Sendable, CustomTestStringConvertible {
  /// What a twin gets: the numbers that the layer gets.
  struct Given {
    let batch: Int
    let shape: Shape
    var input: [Double]
    var weights: [String: [Double]]
    let isTraining: Bool
    let seed: UInt64

    /// One number of an image; 0 outside it.
    func pixel(_ image: Int, _ y: Int, _ x: Int, _ channel: Int) -> Double {
      guard y >= 0, y < shape[0], x >= 0, x < shape[1] else { return 0 }
      return input[((image * shape[0] + y) * shape[1] + x) * shape[2] + channel]
    }

    func isInside(_ y: Int, _ x: Int) -> Bool { y >= 0 && y < shape[0] && x >= 0 && x < shape[1] }
  }

  let layer: any Layer
  let shape: Shape
  let forward: @Sendable (Given) -> [Double]

  init(_ layer: any Layer, _ shape: Shape, forward: @escaping @Sendable (Given) -> [Double]) {
    self.layer = layer
    self.shape = shape
    self.forward = forward
  }

  /// Whether its naive loops take long.
  var isLarge: Bool { shape.count > 1000 }

  /// Batches to be tried: one example, and more than there are pieces of work.
  var batches: [Int] { isLarge ? [1, 2] : [1, 3, 11] }

  var testDescription: String { "\(Layers.catalogue.line(layer) ?? layer.name) on \(shape)" }

  /// The twins of all layers; a layer without one is found by `LayerTests`.
  static let all: [Twin] = [
    DenseTests.twins, Conv2DTests.twins, DepthwiseConv2DTests.twins, MaxPool2DTests.twins, AvgPool2DTests.twins,
    GlobalMaxPool2DTests.twins, GlobalAvgPool2DTests.twins, Conv1DTests.twins, MaxPool1DTests.twins,
    AvgPool1DTests.twins, GlobalMaxPool1DTests.twins, GlobalAvgPool1DTests.twins, FlattenTests.twins,
    ReshapeTests.twins,
    ZeroPadding2DTests.twins, ActivationLayerTests.twins, BatchNormTests.twins, LayerNormTests.twins,
    DropoutTests.twins, SpatialDropout2DTests.twins, GaussianNoiseTests.twins, RescalingTests.twins,
    RandomTranslationTests.twins, RandomRotationTests.twins, RandomZoomTests.twins, DrawnTwins.all,
  ].flatMap { $0 }

  /// Places of a window as TensorFlow counts them: how many, and how much padding lies before.
  static func places(_ length: Int, _ reach: Int, _ stride: Int, same: Bool) -> (count: Int, before: Int) {
    guard same else { return ((length - reach + stride) / stride, 0) }
    let count = (length + stride - 1) / stride
    return (count, max((count - 1) * stride + reach - length, 0) / 2)
  }
}
