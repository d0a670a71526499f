import Grammar

/// All layers, in the order of help.
public enum Layers {
  public static let all: [any Layer.Type] = [
    Dense.self,
    Conv2D.self,
    DepthwiseConv2D.self,
    MaxPool2D.self,
    AvgPool2D.self,
    GlobalMaxPool2D.self,
    GlobalAvgPool2D.self,
    Conv1D.self,
    MaxPool1D.self,
    AvgPool1D.self,
    GlobalMaxPool1D.self,
    GlobalAvgPool1D.self,
    Flatten.self,
    Reshape.self,
    ZeroPadding2D.self,
    ActivationLayer.self,
    BatchNorm.self,
    LayerNorm.self,
    Dropout.self,
    SpatialDropout2D.self,
    GaussianNoise.self,
    Rescaling.self,
    RandomTranslation.self,
    RandomRotation.self,
    RandomZoom.self,
  ]
  public static let catalogue = Catalogue("layer", all.map { lift($0) })

  private static func lift<Item: Layer>(_ type: Item.Type) -> Form<any Layer> {
    Item.form.lifted({ $0 }, { $0 as? Item })
  }
}

/// All activations, in the order of help.
public enum Activations {
  public static let all: [any Activation.Type] = [
    Linear.self, ReLU.self, Sigmoid.self, Tanh.self, Softmax.self,
    LeakyReLU.self, ELU.self, SELU.self, GELU.self, SiLU.self,
    HardSigmoid.self, Softplus.self, Softsign.self, Exponential.self,
  ]
  public static let catalogue = Catalogue("activation", all.map { lift($0) })

  private static func lift<Item: Activation>(_ type: Item.Type) -> Form<any Activation> {
    Item.form.lifted({ $0 }, { $0 as? Item })
  }
}

/// All losses, in the order of help.
public enum Losses {
  public static let all: [any Loss.Type] = [
    CategoricalCrossentropy.self, SparseCategoricalCrossentropy.self, BinaryCrossentropy.self, MSE.self, MAE.self,
    Huber.self, KLDivergence.self, Hinge.self, CategoricalHinge.self,
  ]
  public static let catalogue = Catalogue("loss", all.map { lift($0) })

  private static func lift<Item: Loss>(_ type: Item.Type) -> Form<any Loss> {
    Item.form.lifted({ $0 }, { $0 as? Item })
  }
}

/// All optimizers, in the order of help.
public enum Optimizers {
  public static let all: [any Optimizer.Type] = [
    SGD.self, RMSprop.self, Adam.self, AdamW.self, Adagrad.self, Adadelta.self, Adamax.self, Nadam.self, Lion.self,
  ]
  public static let catalogue = Catalogue("optimizer", all.map { lift($0) })

  private static func lift<Item: Optimizer>(_ type: Item.Type) -> Form<any Optimizer> {
    Item.form.lifted({ $0 }, { $0 as? Item })
  }
}

/// All initializers, in the order of help.
public enum Initializers {
  public static let all: [any Initializer.Type] = [
    GlorotUniform.self, GlorotNormal.self, HeUniform.self, HeNormal.self, LecunUniform.self, LecunNormal.self,
    RandomNormal.self, RandomUniform.self, Orthogonal.self, Zeros.self, Ones.self,
  ]
  public static let catalogue = Catalogue("initializer", all.map { lift($0) })

  private static func lift<Item: Initializer>(_ type: Item.Type) -> Form<any Initializer> {
    Item.form.lifted({ $0 }, { $0 as? Item })
  }
}

/// All metrics, in the order of help.
public enum Metrics {
  public static let all: [any Metric.Type] = [
    Accuracy.self, TopKAccuracy.self, Precision.self, Recall.self, F1.self, AUC.self, MeanAbsoluteError.self,
    MeanSquaredError.self,
  ]
  public static let catalogue = Catalogue("metric", all.map { lift($0) })

  private static func lift<Item: Metric>(_ type: Item.Type) -> Form<any Metric> {
    Item.form.lifted({ $0 }, { $0 as? Item })
  }
}
