import Engine
import Grammar
import Testing

@testable import Interchange

@Suite("Keras's layers as ours")
struct KerasLayerReaderTests {
  private func reader(_ className: String, _ config: String, input: Shape) throws -> KerasLayerReader {
    let members = try KerasJSON(Array(config.utf8), what: "c").members ?? [:]
    return try KerasLayerReader(
      .init(className: className, name: "x", config: members), input: input, path: "m.keras")
  }

  @Test("every layer is written in words that read back as the same layer")
  func everyLayer() throws {
    for form in Layers.catalogue.forms {
      for example in form.examples {
        let layer = try Layers.catalogue.value(of: String(example.dropFirst("add ".count)))
        let object = try KerasLayers.objects(layer)[0]
        let input: Shape = form.name == "reshape" ? [784] : form.name.hasSuffix("1d") ? [16, 3] : [16, 16, 3]
        let reader = try reader(object.className, object.json["config"]?.encoded ?? "", input: input)
        let line =
          switch reader.outcome {
          case .line(let line): line
          case .activation(let activation): "activation \(activation)"
          }
        let read = try Layers.catalogue.value(of: line)
        #expect(Layers.catalogue.line(read) == Layers.catalogue.line(layer), "\(example)")
      }
    }
  }

  static let read: [(className: String, config: String, line: String)] = [
    ("ReLU", "{\"max_value\": null, \"negative_slope\": 0.0, \"threshold\": 0.0}", "activation relu"),
    ("Softmax", "{\"axis\": -1}", "activation softmax"),
    ("Dense", "{\"units\": 3, \"activation\": {\"class_name\": \"function\", \"config\": \"swish\"}}",
      "dense units=3 activation=silu"),
    ("Dense", "{\"units\": 3, \"kernel_regularizer\": {\"class_name\": \"L2\", \"config\": {\"l2\": 0.1}}}",
      "dense units=3 l2=0.1"),
    ("Dense", "{\"units\": 3, \"kernel_initializer\": {\"class_name\": \"VarianceScaling\", \"config\": "
      + "{\"scale\": 2.0, \"mode\": \"fan_in\", \"distribution\": \"truncated_normal\"}}}",
      "dense units=3 kernel_initializer=he_normal"),
    ("Reshape", "{\"target_shape\": [-1, 3]}", "reshape 256 3"),
    ("ZeroPadding2D", "{\"padding\": [[1, 1], [2, 2]]}", "zeropadding2d padding=1x2"),
    ("RandomTranslation", "{\"height_factor\": [-0.1, 0.1], \"width_factor\": 0.2}",
      "random_translation height_factor=0.1 width_factor=0.2"),
  ]

  @Test("what Keras says in another way comes to the same", arguments: read)
  func otherWays(className: String, config: String, line: String) throws {
    #expect(try reader(className, config, input: [16, 16, 3]).outcome == .line(line))
  }

  static let refused: [(className: String, config: String, says: String)] = [
    ("Lambda", "{}", "code of Python's, which is not run here"), ("LSTM", "{}", "LSTM \"x\" is no layer here"),
    ("Sequential", "{}", "a model inside the model"), ("Conv2D", "{\"groups\": 2}", "groups=2"),
    ("Conv2D", "{\"data_format\": \"channels_first\"}", "data_format=\"channels_first\""),
    ("Dense", "{\"units\": 3, \"dtype\": \"float16\"}", "dtype=\"float16\""),
    ("Dense", "{\"units\": 3, \"bias_constraint\": {\"class_name\": \"NonNeg\"}}", "bias_constraint="),
    ("Dense", "{\"units\": 3, \"activation\": \"mish\"}", "activation=\"mish\""),
    ("BatchNormalization", "{\"axis\": 1}", "axis=1"), ("ReLU", "{\"max_value\": 6.0}", "max_value=6"),
    ("ZeroPadding2D", "{\"padding\": [[1, 2], [2, 2]]}", "padding="),
    ("Reshape", "{\"target_shape\": [-1, -1]}", "target_shape=[-1, -1]"),
    ("RandomZoom", "{\"height_factor\": [0.1, 0.2]}", "height_factor="),
    ("Na\u{1B}[2Jme", "{}", "Na\u{FFFD}[2Jme"),
  ]

  @Test("what no layer here does is refused by the layer and its argument", arguments: refused)
  func isRefused(className: String, config: String, says: String) throws {
    let refusal = #expect(throws: Refusal.self) { _ = try reader(className, config, input: [16, 16, 3]) }
    #expect(refusal?.message.contains(says) == true, "\(refusal?.message ?? "")")
  }

  @Test("an initializer that is not here is told, not refused")
  func initializers() throws {
    let config = "{\"units\": 3, \"kernel_initializer\": {\"class_name\": \"Constant\", \"config\": {\"value\": 1}}}"
    let reader = try reader("Dense", config, input: [4])
    #expect(reader.outcome == .line("dense units=3"))
    #expect(reader.notes == ["reset draws the kernel of Dense \"x\" in another way than Constant"])
  }

  @Test("normalization that begins otherwise there is told")
  func starts() throws {
    let config =
      "{\"axis\": -1, \"gamma_initializer\": {\"class_name\": \"Zeros\", \"config\": {}}, "
      + "\"beta_initializer\": {\"class_name\": \"Zeros\", \"config\": {}}}"
    #expect(
      try reader("BatchNormalization", config, input: [4]).notes
        == ["reset begins BatchNormalization \"x\" with ones, not with its gamma_initializer=Zeros"])
  }
}
