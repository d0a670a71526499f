import Grammar

/// What PyTorch 2.15 calls the things of our catalogues.
///
/// A test holds these lists against the catalogues: what PyTorch does not have stands in `inexpressible`, and why.
enum TorchNames {
  static let activations = [
    "relu": "nn.ReLU()", "sigmoid": "nn.Sigmoid()", "tanh": "nn.Tanh()", "softmax": "nn.Softmax(dim=1)",
    "selu": "nn.SELU()", "gelu": "nn.GELU()", "silu": "nn.SiLU()", "hard_sigmoid": "nn.Hardsigmoid()",
    "softplus": "nn.Softplus()", "softsign": "nn.Softsign()", "exponential": "Exponential()",
  ]

  /// Optimizers, with what each parameter is called there; `betas` are two of ours in one.
  static let optimizers: [String: (className: String, parameters: [String: String])] = [
    "sgd": ("SGD", [:]), "rmsprop": ("RMSprop", ["rho": "alpha"]), "adam": ("Adam", [:]), "adamw": ("AdamW", [:]),
    "adagrad": ("Adagrad", [:]), "adadelta": ("Adadelta", [:]), "adamax": ("Adamax", [:]), "nadam": ("NAdam", [:]),
  ]

  static let initializers = [
    "glorot_uniform": "xavier_uniform_(%)", "glorot_normal": "xavier_normal_(%)",
    "he_uniform": "kaiming_uniform_(%, nonlinearity=\"relu\")",
    "he_normal": "kaiming_normal_(%, nonlinearity=\"relu\")",
    "lecun_uniform": "kaiming_uniform_(%, nonlinearity=\"linear\")",
    "lecun_normal": "kaiming_normal_(%, nonlinearity=\"linear\")", "random_normal": "normal_(%, mean, stddev)",
    "random_uniform": "uniform_(%, minval, maxval)", "orthogonal": "orthogonal_(%, gain)", "zeros": "zeros_(%)",
    "ones": "ones_(%)",
  ]

  /// What PyTorch does not have, by our names.
  static let inexpressible = [
    "random_translation": "PyTorch itself moves no pictures; torchvision does",
    "random_rotation": "PyTorch itself turns no pictures; torchvision does",
    "random_zoom": "PyTorch itself scales no pictures; torchvision does",
    "lion": "PyTorch has no optimizer Lion",
  ]

  /// Metrics that the program does not measure, as PyTorch has none.
  static let unmeasured: Set = ["precision", "recall", "f1", "auc"]

  /// Whether a figure of training or of validation is not measured.
  static func measuresNot(_ figure: String) -> Bool {
    unmeasured.contains(figure.hasPrefix("val_") ? String(figure.dropFirst(4)) : figure)
  }

  static func refusal(_ name: String) -> Refusal {
    Refusal(
      "\(name) cannot be put into PyTorch's words: \(inexpressible[name] ?? "it has nothing like it")",
      hint: "help \(name)")
  }
}
