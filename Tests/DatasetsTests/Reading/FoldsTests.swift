import Engine
import Grammar
import Testing

@testable import Datasets

@Suite("Folds")
struct FoldsTests {
  private func examples(_ labels: [Int]) -> Examples {
    Examples(
      shape: [1], features: .floats(Floats(labels.indices.map { Float($0) })), targets: .classes(labels, count: 3))
  }

  @Test func `every example validates once, and each part has its share of every class`() throws {
    let labels = (0..<30).map { $0 < 20 ? 0 : $0 < 26 ? 1 : 2 }
    let folds = try Folds(examples(labels), count: 4, seed: 1)
    var seen: [Float] = []
    for index in 0..<4 {
      let (train, validation) = try folds.fold(index)
      #expect(train.count + validation.count == 30)
      #expect((7...8).contains(validation.count))
      #expect(
        (5...5).contains(validation.labels.count { $0 == 0 }) && (1...2).contains(validation.labels.count { $0 == 1 }))
      seen += (0..<validation.count).map { validation.numbers(of: $0)[0] }
    }
    #expect(seen.sorted() == (0..<30).map { Float($0) })
  }

  @Test func `the same seed gives the same parts, and more parts than examples are refused`() throws {
    let all = examples([0, 1, 2, 0, 1, 2])
    func first(_ seed: UInt64) throws -> [Int] { try Folds(all, count: 3, seed: seed).fold(0).validation.labels }
    #expect(try first(3) == first(3))
    let refusal = #expect(throws: Refusal.self) { try Folds(all, count: 7, seed: 1) }
    #expect(refusal == Refusal("6 examples cannot be cut into 7 parts", hint: "fit 1 folds=6"))
  }
}
