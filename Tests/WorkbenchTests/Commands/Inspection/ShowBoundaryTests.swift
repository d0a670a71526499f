import Engine
import Foundation
import Pictures
import TestSupport
import Testing

@testable import Workbench

@Suite("show boundary")
struct ShowBoundaryTests {
  private func trained(_ set: String) -> Bench {
    var bench = Bench()
    let last = set == "sine" ? "add dense 1" : set == "blobs" ? "add dense 3 softmax" : "add dense 2 softmax"
    for line in ["load \(set) train=200 test=100", "add dense 16 tanh", last, "compile adam lr=0.03", "fit 20 16"] {
      bench.run(line)
    }
    return bench
  }

  @Test(arguments: ["spirals", "moons", "circles", "xor", "blobs"])
  func `regions and points are shown in characters, colours and files`(set: String) throws {
    var bench = trained(set)
    let answer = bench.outcome("show boundary")
    let outcome = try #require(answer)
    let text = outcome.text
    #expect(text.contains("what each place is taken for") && text.contains("taken for: · 0"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    let json = try #require(try JSONSerialization.jsonObject(with: Data(outcome.result.utf8)) as? [String: Any])
    let areas = try #require(json["areas"] as? [Double])
    #expect(abs(areas.reduce(0, +) - 1) < 1e-9)
    let folder = try Folder()
    for ending in ["png", "svg", "pdf"] {
      bench.run("show boundary test > \(folder["b.\(ending)"])")
      #expect(try folder.bytes("b.\(ending)").count > 1000)
    }
  }

  @Test(arguments: [(0.0, 1e-8), (2000, 0.001), (-5, 0), (0, 0)])
  func `what is shown is as large as what the points cover`(start: Double, step: Double) throws {
    let rows = (0..<20).map { "\(start + step * Double($0)),\($0),\($0 % 2)\n" }
    let folder = try Folder()
    let file = try folder.write("a,b,y\n" + rows.joined(), to: "t.csv")
    var bench = Bench()
    for line in ["load \(file) label=y test=0.1", "add dense 2 softmax"] { bench.run(line) }
    let text = try bench.told("show boundary").result
    let json = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let x = try #require(json["x"] as? [Double])
    let (width, margin) = (x[1] - x[0], step == 0 ? (start == 0 ? 2 : abs(start) * 2e-3) : 20 * step * 1.16)
    #expect(width > 0.7 * margin && width < 1.1 * margin, "\(x)")
  }

  @Test func `of one input the curve is shown`() {
    var bench = trained("sine")
    let outcome = bench.outcome("show boundary")
    #expect(outcome?.text.contains("the curve that was learnt") == true && outcome?.text.contains("━") == true)
  }

  @Test func `what is no plane is refused`() throws {
    var bench = Bench(.trained)
    #expect(
      try bench.refuse("show boundary").message
        == "only two inputs with classes, or one with a value, can be drawn in the plane, "
        + "and digits has 28×28, 10 classes")
  }
}
