import Grammar

/// What layers with a kernel let a person choose of it, after Keras 3.15.
public struct KernelChoices: Sendable {
  public var usesBias = true
  public var kernelInitializer: any Initializer = GlorotUniform()
  public var biasInitializer: any Initializer = Zeros()
  public var penalty = Penalty.none

  public init() {}

  init(
    _ usesBias: Bool, _ kernelInitializer: any Initializer, _ biasInitializer: any Initializer, _ l1: Double,
    _ l2: Double
  ) {
    self.usesBias = usesBias
    self.kernelInitializer = kernelInitializer
    self.biasInitializer = biasInitializer
    penalty = Penalty(l1: l1, l2: l2)
  }

  /// The kernel, and the bias when there is one.
  func weights(kernel: Shape, bias: Shape, kernelName: String = "kernel", inPanels: Bool = false) -> [Weight] {
    [Weight(kernelName, kernel, kernelInitializer, penalty: penalty, inPanels: inPanels)]
      + (usesBias ? [Weight("bias", bias, biasInitializer)] : [])
  }
}

extension Parameter {
  static func useBias() -> Parameter where Value == Bool {
    .named("use_bias", .flag, default: true, "whether a number of its own is added to each output")
  }

  static func kernelInitializer() -> Parameter where Value == any Initializer {
    .named("kernel_initializer", Initializers.catalogue.names, default: GlorotUniform(), "how the kernel begins")
  }

  static func biasInitializer() -> Parameter where Value == any Initializer {
    .named("bias_initializer", Initializers.catalogue.names, default: Zeros(), "how the biases begin")
  }

  static func l1() -> Parameter where Value == Double {
    .named("l1", .number(0...), default: 0, "adds so many times the sum of |w| of the kernel to the loss")
  }

  static func l2() -> Parameter where Value == Double {
    .named("l2", .number(0...), default: 0, "adds so many times the sum of w² of the kernel to the loss")
  }
}
