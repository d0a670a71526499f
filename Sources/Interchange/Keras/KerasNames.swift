import Engine
import Grammar

/// What Keras 3.15 calls the things of our catalogues, by the names that a person types here.
///
/// A test holds these lists against the catalogues: what Keras does not have stands in `inexpressible` with the reason.
enum KerasNames {
  static let layers = [
    "dense": "Dense", "conv2d": "Conv2D", "depthwise_conv2d": "DepthwiseConv2D", "maxpool2d": "MaxPooling2D",
    "avgpool2d": "AveragePooling2D", "globalmaxpool2d": "GlobalMaxPooling2D",
    "globalavgpool2d": "GlobalAveragePooling2D", "conv1d": "Conv1D", "maxpool1d": "MaxPooling1D",
    "avgpool1d": "AveragePooling1D", "globalmaxpool1d": "GlobalMaxPooling1D",
    "globalavgpool1d": "GlobalAveragePooling1D", "flatten": "Flatten", "reshape": "Reshape",
    "zeropadding2d": "ZeroPadding2D", "activation": "Activation", "batchnorm": "BatchNormalization",
    "layernorm": "LayerNormalization", "dropout": "Dropout", "spatial_dropout2d": "SpatialDropout2D",
    "gaussian_noise": "GaussianNoise", "rescaling": "Rescaling", "random_translation": "RandomTranslation",
    "random_rotation": "RandomRotation", "random_zoom": "RandomZoom",
  ]

  /// Classes whose configs must not say whether they learn: of all layers of Keras 3.15.1, these take no `trainable`.
  static let untrainable: Set = ["SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D"]

  /// Activations that Keras knows by the name that they have here, at their defaults.
  static let activations: Set = [
    "linear", "relu", "sigmoid", "tanh", "softmax", "leaky_relu", "elu", "selu", "gelu", "silu", "hard_sigmoid",
    "softplus", "softsign", "exponential",
  ]

  /// Layers that are an activation with a parameter.
  static let activationLayers = ["leaky_relu": "LeakyReLU", "elu": "ELU"]

  static let losses = [
    "categorical_crossentropy": "CategoricalCrossentropy",
    "sparse_categorical_crossentropy": "SparseCategoricalCrossentropy", "binary_crossentropy": "BinaryCrossentropy",
    "mse": "MeanSquaredError", "mae": "MeanAbsoluteError", "huber": "Huber", "kl_divergence": "KLDivergence",
    "hinge": "Hinge", "categorical_hinge": "CategoricalHinge",
  ]

  static let optimizers = [
    "sgd": "SGD", "rmsprop": "RMSprop", "adam": "Adam", "adamw": "AdamW", "adagrad": "Adagrad", "adadelta": "Adadelta",
    "adamax": "Adamax", "nadam": "Nadam", "lion": "Lion",
  ]

  static let metrics = [
    "accuracy": "accuracy", "top_k_accuracy": "TopKCategoricalAccuracy", "precision": "Precision", "recall": "Recall",
    "f1": "F1Score", "auc": "AUC", "mae": "MeanAbsoluteError", "mse": "MeanSquaredError",
  ]

  static let initializers = [
    "glorot_uniform": "GlorotUniform", "glorot_normal": "GlorotNormal", "he_uniform": "HeUniform",
    "he_normal": "HeNormal", "lecun_uniform": "LecunUniform", "lecun_normal": "LecunNormal",
    "random_normal": "RandomNormal", "random_uniform": "RandomUniform", "orthogonal": "Orthogonal", "zeros": "Zeros",
    "ones": "Ones",
  ]

  /// What a layer's parameters are called there, where it is something else.
  static let parameters = ["kernel": "kernel_size", "dilation": "dilation_rate"]

  /// Our names by the classes of a list, and by the names of the functions that do the same.
  static func read(_ list: [String: String]) -> [String: String] {
    var names: [String: String] = [:]
    for (own, className) in list {
      for name in [own, className, className.lowercased(), snake(className)] { names[name] = own }
    }
    return names
  }

  /// A catalogue's name in Keras.
  /// - Throws: `Refusal` where Keras has nothing like it.
  static func name(_ name: String, in names: [String: String], what: String) throws(Refusal) -> String {
    guard let found = names[name] else { throw Refusal("Keras has no \(what) like \(name)", hint: "help \(name)") }
    return found
  }
}
