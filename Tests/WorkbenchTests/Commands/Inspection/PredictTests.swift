import Foundation
import Images
import TestSupport
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

  @Test("a picture becomes what it would be as a test example of its folder", arguments: [true, false])
  func pictures(isColour: Bool) throws {
    let folder = try Folder()
    for (name, colour) in [("dark", [40, 40, 40, 255]), ("light", [200, 200, 200, 255])] as [(String, [UInt8])] {
      try FileManager.default.createDirectory(atPath: folder["p/\(name)"], withIntermediateDirectories: true)
      for number in 0..<10 {
        var colour = colour
        if isColour { colour[0] += UInt8(1 + number) }
        try folder.write(PNGFile.bytes(6 + number % 2, 5, colour), to: "p/\(name)/\(number).png")
      }
    }
    var bench = Bench(.empty)
    for line in [
      "load \(folder["p/"]) size=4x4 scale=standard", "add flatten", "add dense 2 softmax", "compile adam lr=0.1",
      "fit 20 4",
    ] { bench.run(line) }
    for (label, name) in ["dark", "light"].enumerated() {
      let answer = try #require(bench.run("predict \(folder["p/\(name)/3.png"])") as? PredictAnswer)
      #expect(answer.rows[0].predicted == label)
      #expect(answer.notes.isEmpty)
    }
    let dataset = try #require(bench.session.dataset)
    let prepared = try PreparedImage(try folder.bytes("p/light/3.png"), as: dataset)
    let all = (0..<dataset.train.count).map { dataset.train.bytes(of: $0) }
      + (0..<dataset.test.count).map { dataset.test.bytes(of: $0) }
    #expect(all.contains(prepared.bytes))
    #expect(prepared.bytes.count == (isColour ? 48 : 16))
  }

  @Test("what the network gets in place of bytes is told as it is", arguments: [
    ("minmax", "float32, 0 … 1; each number / 255"), ("none", "float32, 0 … 255; each number as it is"),
    ("standard", "; (each number − "),
  ])
  func scaled(scale: String, says: String) throws {
    var bench = Bench(.empty)
    bench.run("load digits train=300 test=20 scale=\(scale)")
    let text = try bench.told("show example 0").text
    #expect(text.contains(says))
    let data = try bench.told("data").text
    let ends = try #require(data.firstMatch(of: #/given to the network as (\S+ … [\d.]*\d)/#)).1
    #expect(text.contains("float32, \(ends);"))
  }

  @Test("outputs that are no probabilities are not called such", arguments: [1, 2])
  func outputs(units: Int) throws {
    var bench = Bench(.empty)
    let loss = units == 1 ? "hinge" : "mse"
    for line in ["seed 1", "load moons", "add dense \(units)", "compile sgd loss=\(loss)", "fit 2"] { bench.run(line) }
    let (one, many) = (try bench.told("predict 0"), try bench.told("predict 0..9"))
    #expect(one.result.contains("\"outputs\":[") && !one.result.contains("probabilities"))
    #expect(many.text.contains(units == 1 ? "output" : "output(0)") && !many.text.contains("p(0)"))
    #expect(one.text.contains("by an output of ") == (units == 1))
    let (example, errors) = (try bench.told("show example 0"), try bench.told("show errors 3"))
    #expect(example.result.contains("\"outputs\":[") && !example.result.contains("probabilities"))
    #expect(example.text.contains(units == 1 ? "output: " : "output") && !example.text.contains("probability"))
    #expect(errors.result.contains("\"true_output\":") && !errors.result.contains("probability"))
    #expect(errors.text.contains("both outputs") && errors.text.contains("true output"))
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
