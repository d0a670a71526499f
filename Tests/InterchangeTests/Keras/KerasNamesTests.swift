import Engine
import Grammar
import Testing

@testable import Interchange

@Suite("Our names in Keras")
struct KerasNamesTests {
  @Test("every layer, activation, loss, optimizer, metric, initializer and schedule has a name in Keras")
  func namesAreComplete() {
    #expect(Set(KerasNames.layers.keys) == Set(Layers.catalogue.forms.map(\.name)))
    #expect(KerasNames.activations == Set(Activations.catalogue.forms.map(\.name)))
    #expect(Set(KerasNames.losses.keys) == Set(Losses.catalogue.forms.map(\.name)))
    #expect(Set(KerasNames.optimizers.keys) == Set(Optimizers.catalogue.forms.map(\.name)))
    #expect(Set(KerasNames.metrics.keys) == Set(Metrics.catalogue.forms.map(\.name)))
    #expect(Set(KerasNames.initializers.keys) == Set(Initializers.catalogue.forms.map(\.name)))
    #expect(Set(KerasSchedules.names.keys).union(["constant"]) == Set(Schedules.catalogue.forms.map(\.name)))
  }

  @Test("what is no name in Keras is refused by its own")
  func unknownNamesAreRefused() {
    #expect(throws: Refusal("Keras has no layer like maxout", hint: "help maxout")) {
      try KerasNames.name("maxout", in: KerasNames.layers, what: "layer")
    }
  }

  @Test(
    "a layer is the call that makes it in Keras, with what is off its default",
    arguments: [
      ("dense 512 relu", ["keras.layers.Dense(units=512, activation=\"relu\")"]),
      ("dense 10", ["keras.layers.Dense(units=10)"]),
      ("conv2d 16 5x3 relu strides=2 padding=same", [
        "keras.layers.Conv2D(filters=16, kernel_size=(5, 3), activation=\"relu\", strides=2, padding=\"same\")"
      ]),
      ("conv1d 8 3 padding=causal dilation=2", [
        "keras.layers.Conv1D(filters=8, kernel_size=3, padding=\"causal\", dilation_rate=2)"
      ]),
      ("dense 4 \"leaky_relu negative_slope=0.1\"", [
        "keras.layers.Dense(units=4)", "keras.layers.LeakyReLU(negative_slope=0.1)",
      ]),
      ("activation elu", ["keras.layers.Activation(activation=\"elu\")"]),
      ("dense 4 use_bias=no l2=0.01", [
        "keras.layers.Dense(units=4, use_bias=False, kernel_regularizer=keras.regularizers.L1L2(l1=0.0, l2=0.01))"
      ]),
      ("depthwise_conv2d 3 kernel_initializer=he_normal", [
        "keras.layers.DepthwiseConv2D(kernel_size=3, depthwise_initializer=\"he_normal\")"
      ]),
      ("dense 4 kernel_initializer=\"random_normal stddev=0.1\"", [
        "keras.layers.Dense(units=4, kernel_initializer=keras.initializers.RandomNormal(stddev=0.1))"
      ]),
      ("maxpool2d 3 strides=2", ["keras.layers.MaxPooling2D(pool_size=3, strides=2)"]),
      ("maxpool2d", ["keras.layers.MaxPooling2D(pool_size=2)"]),
      ("reshape 28 28 1", ["keras.layers.Reshape(target_shape=(28, 28, 1))"]),
      ("zeropadding2d 0x1", ["keras.layers.ZeroPadding2D(padding=(0, 1))"]),
      ("batchnorm momentum=0.9", ["keras.layers.BatchNormalization(momentum=0.9)"]),
      ("random_translation 0.1", ["keras.layers.RandomTranslation(height_factor=0.1, width_factor=0.1)"]),
      ("rescaling 2 -1", ["keras.layers.Rescaling(scale=2, offset=-1)"]),
    ])
  func layersAreCalls(_ line: String, _ calls: [String]) throws {
    let layer = try Layers.catalogue.value(of: line)
    #expect(try KerasLayers.objects(layer).map(\.python) == calls)
  }

  @Test("every example of a layer can be put into Keras's words")
  func examplesAreExpressible() throws {
    for form in Layers.catalogue.forms {
      for example in form.examples {
        let layer = try Layers.catalogue.value(of: String(example.dropFirst("add ".count)))
        #expect(try !KerasLayers.objects(layer).isEmpty, "\(example)")
      }
    }
  }
}
