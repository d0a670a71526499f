import Engine
import Grammar
import Testing

@testable import Interchange

@Suite("Our names in ONNX")
struct ONNXNamesTests {
  @Test("every layer becomes operators, or only trains; every activation has an operator")
  func namesAreComplete() {
    #expect(ONNXNames.layers.union(ONNXNames.trainingOnly) == Set(Layers.catalogue.forms.map(\.name)))
    #expect(ONNXNames.layers.isDisjoint(with: ONNXNames.trainingOnly))
    #expect(Set(ONNXNames.activations.keys) == Set(Activations.catalogue.forms.map(\.name)))
  }

  @Test("every layer's example is written")
  func layersAreWritten() throws {
    for form in Layers.catalogue.forms {
      let example = try #require(form.examples.first)
      var network = Network(data: form.name.hasSuffix("1d") ? [16, 3] : form.name == "reshape" ? [784] : [16, 16, 3])
      if form.name == "dense" { try network.append(blank: Flatten()) }
      try network.append(blank: try Layers.catalogue.value(of: String(example.dropFirst("add ".count))))
      #expect(try !ONNXModel.bytes(network, takesBytes: false, classes: []).isEmpty, "\(form.name)")
    }
  }
}
