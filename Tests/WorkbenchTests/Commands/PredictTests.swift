import Testing

@testable import Workbench

@Suite("predict and show example")
struct PredictTests {
  @Test("each index gives its class and the probabilities of all")
  func predicts() {
    var bench = Toy.bench
    let result = bench.outcome("predict 6 0")?.result
    let (most, least) = ("0.7869861", "0.10650698")
    #expect(result == #"{"predictions":[{"index":6,"class":2,"probabilities":[\#(least),\#(least),\#(most)]},"#
      + #"{"index":0,"class":0,"probabilities":[\#(most),\#(least),\#(least)]}]}"#)
  }

  @Test("an example can be looked at while the network is missing or unfinished", arguments: [
    [], ["add dense 16 relu"], ["add dropout 0.5"],
  ])
  func unfinished(layers: [String]) {
    var bench = Bench(.loaded)
    for layer in layers { bench.run("add \(layer.dropFirst(4))") }
    let outcome = bench.outcome("show example 3")
    #expect(outcome?.complaint == nil)
    #expect(outcome?.result.hasSuffix(#""probabilities":null}"#) == true)
  }

  @Test("an example is shown with its label, its one-hot row and the prediction")
  func example() {
    var bench = Toy.bench
    let outcome = bench.outcome("show example 1")
    #expect(outcome?.result.hasPrefix(
      #"{"index":1,"split":"test","class":0,"label":"cat","shape":[3],"one_hot":[1,0,0],"pixels":[0,255,0]"#) == true)
    #expect(outcome?.text.contains("label cat, one-hot 1 0 0") == true)
  }
}
