import Engine
import Grammar
import Testing

@testable import Datasets

@Suite("Points drawn by code")
struct PointsTests {
  static let sets: [any Source] = [
    Spirals(noise: 0), Moons(noise: 0), Circles(noise: 0), XOR(noise: 0), Blobs(noise: 0.1),
  ]

  private func load(_ source: any Source, _ train: Int? = nil) throws -> Dataset {
    try source.load(LoadContext(environment: [:], threads: Threads(count: 1), train: train, test: 50))
  }

  @Test("each is the same every time, of the size asked for, and of classes as large", arguments: sets.indices)
  func contract(index: Int) throws {
    let source = PointsTests.sets[index]
    let (dataset, again) = (try load(source, 300), try load(source, 300))
    #expect(
      dataset.train.count == 300 && dataset.test.count == 50 && dataset.shape == [2] && dataset.columns == ["x", "y"])
    #expect(dataset.train.labels == again.train.labels && dataset.train.numbers(of: 7) == again.train.numbers(of: 7))
    let counts = dataset.train.labels.reduce(into: [Int](repeating: 0, count: dataset.classes.count)) { $0[$1] += 1 }
    #expect(counts.allSatisfy { $0 > 200 / dataset.classes.count })
    #expect((0..<300).allSatisfy { dataset.train.numbers(of: $0).allSatisfy { abs($0) <= 2.5 } })
  }

  @Test func `without noise circles have their radius, and quarters their class`() throws {
    let circles = try load(Circles(noise: 0))
    for row in 0..<100 {
      let point = circles.train.numbers(of: row)
      let radius: Float = (point[0] * point[0] + point[1] * point[1]).squareRoot()
      let expected: Float = circles.train.labels[row] == 0 ? 1 : 0.5
      #expect(abs(radius - expected) < 1e-5)
    }
    let quarters = try load(XOR(noise: 0))
    for row in 0..<100 {
      let point = quarters.train.numbers(of: row)
      let isSame = (point[0] > 0) == (point[1] > 0)
      #expect(quarters.train.labels[row] == (isSame ? 0 : 1))
    }
  }

  @Test func `sine has values`() throws {
    let sine = try load(Sine(noise: 0), 100)
    #expect(sine.targets == .values(1) && sine.shape == [1] && sine.target == "sin x")
  }

  @Test func `too many points are refused`() {
    let refusal = #expect(throws: Refusal.self) { try load(Moons(noise: 0), 20_000_000) }
    #expect(refusal == Refusal("moons can be drawn with at most 10,000,000 points", hint: "load moons train=100000"))
  }
}
