import Grammar

/// What our layers and activations are in ONNX, operator set 20.
///
/// A test holds these lists against the catalogues.
enum ONNXNames {
  /// Activations that are one operator, with its attributes off their defaults.
  static let activations: [String: (type: String, attributes: [(String, Float)])] = [
    "relu": ("Relu", []), "sigmoid": ("Sigmoid", []), "tanh": ("Tanh", []), "softmax": ("Softmax", []),
    "leaky_relu": ("LeakyRelu", []), "elu": ("Elu", []),
    "selu": ("Selu", [("alpha", 1.6732632), ("gamma", 1.050701)]), "gelu": ("Gelu", []), "silu": ("Sigmoid", []),
    "hard_sigmoid": ("HardSigmoid", [("alpha", 1.0 / 6), ("beta", 0.5)]), "softplus": ("Softplus", []),
    "softsign": ("Softsign", []), "exponential": ("Exp", []), "linear": ("Identity", []),
  ]

  /// Layers that do something only while training, so that nothing of them is in a graph that predicts.
  static let trainingOnly: Set = [
    "dropout", "spatial_dropout2d", "gaussian_noise", "random_translation", "random_rotation", "random_zoom",
  ]

  /// Layers that become operators.
  static let layers: Set = [
    "dense", "conv2d", "depthwise_conv2d", "maxpool2d", "avgpool2d", "globalmaxpool2d", "globalavgpool2d", "conv1d",
    "maxpool1d", "avgpool1d", "globalmaxpool1d", "globalavgpool1d", "flatten", "reshape", "zeropadding2d", "activation",
    "batchnorm", "layernorm", "rescaling",
  ]

  static func refusal(_ name: String) -> Refusal {
    Refusal("ONNX has nothing like \(name)", hint: "help \(name)")
  }
}
