import Foundation
import Images
import Testing

@testable import Workbench

@Suite("predict and show example")
struct PredictTests {
  @Test("each index gives its class and the probabilities of all")
  func predicts() throws {
    var bench = Toy.bench
    let text = bench.outcome("predict 6 0")?.result ?? ""
    let json = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: [[String: Any]]])
    let predictions = try #require(json["predictions"])
    #expect(predictions.map { $0["index"] as? Int } == [6, 0])
    #expect(predictions.map { $0["class"] as? Int } == [2, 0])
    let (maximum, sum) = (exp(Double(Toy.logit)), exp(Double(Toy.logit)) + 2)
    let expected = [[1 / sum, 1 / sum, maximum / sum], [maximum / sum, 1 / sum, 1 / sum]]
    for (prediction, row) in zip(predictions, expected) {
      let probabilities = try #require(prediction["probabilities"] as? [Double])
      #expect(probabilities.count == 3)
      #expect(zip(probabilities, row).allSatisfy { abs($0 - $1) < 1e-6 })
    }
  }

  @Test("an example can be looked at while the network is missing or unfinished", arguments: [
    [], ["add dense 16 relu"], ["add dropout 0.5"],
  ])
  func unfinished(layers: [String]) {
    var bench = Bench(.loaded)
    for layer in layers { bench.run("add \(layer.dropFirst(4))") }
    let outcome = bench.outcome("show example 3")
    #expect(outcome?.diagnostic == nil)
    #expect(outcome?.result.hasSuffix(#""probabilities":null}"#) == true)
  }

  @Test("an example is shown with its label, its one-hot row and the prediction")
  func example() {
    var bench = Toy.bench
    let outcome = bench.outcome("show example 1")
    #expect(outcome?.result.hasPrefix(
      #"{"index":1,"split":"test","class":0,"label":"cat","shape":[3],"one_hot":[1,0,0],"pixels":[0,255,0]"#) == true)
    #expect(outcome?.text.contains("label: cat\none-hot: 1 0 0\n") == true)
  }

  @Test("examples of the data set itself are taken for the same class as before, mostly")
  func digits() throws {
    let bench = Bench(.trained)
    let dataset = try #require(bench.session.dataset)
    let predictions = try Predictions(bench.session, .test, bench.host())
    let same = try (0..<40).count { index in
      let photo = Photo(width: 28, height: 28, grey: dataset.test.bytes(of: index).map { 255 - $0 })
      let bytes = try Preparation(photo, height: 28, width: 28).bytes
      return try Predictions(bench.session, .init(bytes), bench.host()).predicted(0) == predictions.predicted(index)
    }
    #expect(same >= 22)
  }
}
