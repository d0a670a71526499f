import Engine
import Grammar
import Testing

@testable import Interchange

@Suite("Our names in PyTorch")
struct TorchNamesTests {
  @Test("every activation, loss, optimizer and initializer has a name in PyTorch, or a reason why it has none")
  func namesAreComplete() {
    let none = Set(TorchNames.inexpressible.keys)
    let parametric: Set = ["linear", "leaky_relu", "elu"]
    #expect(Set(TorchNames.activations.keys).union(parametric) == Set(Activations.catalogue.forms.map(\.name)))
    #expect(Set(TorchTraining.formulas.keys) == Set(Losses.catalogue.forms.map(\.name)))
    let optimizers = Set(TorchNames.optimizers.keys).union(none.intersection(["lion"]))
    #expect(optimizers == Set(Optimizers.catalogue.forms.map(\.name)))
    #expect(Set(TorchNames.initializers.keys) == Set(Initializers.catalogue.forms.map(\.name)))
  }

  @Test("every layer makes modules, or is refused by its name and the reason")
  func layersAreModulesOrRefused() throws {
    for form in Layers.catalogue.forms {
      let example = try #require(form.examples.first)
      var network = Network(data: form.name.hasSuffix("1d") ? [16, 3] : form.name == "reshape" ? [784] : [16, 16, 3])
      if form.name == "dense" { try network.append(blank: Flatten()) }
      try network.append(blank: try Layers.catalogue.value(of: String(example.dropFirst("add ".count))))
      if let reason = TorchNames.inexpressible[form.name] {
        let message = "\(form.name) cannot be put into PyTorch's words: \(reason)"
        #expect(throws: Refusal(message, hint: "help \(form.name)")) { try TorchModules(network) }
      } else {
        #expect(try !TorchModules(network).modules.isEmpty, "\(form.name)")
      }
    }
  }

  @Test("every metric is measured, or stands among those that PyTorch has not")
  func metricsAreMeasuredOrNamed() throws {
    for form in Metrics.catalogue.forms {
      let metric = try Metrics.catalogue.value(of: form.name)
      let isMeasured = TorchTraining.metric(metric, .rows(3)) != nil
      #expect(isMeasured != TorchNames.unmeasured.contains(form.name), "\(form.name)")
    }
  }

  @Test("a kernel's axes change places and come back")
  func transpositionsAreInverted() {
    let turn = Transposition([2, 3], [1, 0])
    #expect(turn.apply([1, 2, 3, 4, 5, 6]) == [1, 4, 2, 5, 3, 6])
    #expect(turn.invert([1, 4, 2, 5, 3, 6]) == [1, 2, 3, 4, 5, 6])
    #expect(Transposition([2, 2, 2], [2, 0, 1]).apply([0, 1, 2, 3, 4, 5, 6, 7]) == [0, 2, 4, 6, 1, 3, 5, 7])
  }
}
