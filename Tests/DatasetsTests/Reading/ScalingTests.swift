import Engine
import Grammar
import Testing

@testable import Datasets

@Suite("Scaling and choosing")
struct ScalingTests {
  private func examples(_ numbers: [Float], _ labels: [Int] = [0, 1, 0, 1]) -> Examples {
    Examples(
      shape: [numbers.count / labels.count], features: .floats(Floats(numbers)), targets: .classes(labels, count: 2))
  }

  private func dataset(_ train: Examples, _ test: Examples) -> Dataset {
    Dataset(name: "x", train: train, test: test, classes: ["a", "b"], origin: "")
  }

  @Test func `standard takes mean and deviation of the training part alone`() throws {
    let data = dataset(examples([1, 5, 2, 5, 3, 5, 4, 5]), examples([10, 6, 0, 0, 0, 0, 0, 0]))
    let scaled = try data.scaled(.standard)
    // Mean 2.5, deviation √1.25; the second column is the same everywhere and only shifted.
    let deviation = Float(1.25).squareRoot()
    let (first, test) = (scaled.train.numbers(of: 0)[0], scaled.test.numbers(of: 0))
    #expect(abs(first + 1.5 / deviation) < 1e-6)
    #expect(abs(test[0] - 7.5 / deviation) < 1e-5)
    #expect(test[1] == 1)
  }

  @Test func `minmax brings the training part to 0 … 1`() throws {
    let scaled = try dataset(examples([2, 4, 6, 10]), examples([2, 4, 6, 14])).scaled(.minmax)
    #expect((0..<4).map { scaled.train.numbers(of: $0)[0] } == [0, 0.25, 0.5, 1])
    #expect(scaled.test.numbers(of: 3) == [1.5])
  }

  @Test func `bytes are scaled as a whole`() throws {
    let bytes = Examples(shape: [2], pixels: Bytes([0, 255, 0, 255]), labels: [0, 1], classes: 2)
    let data = dataset(bytes, bytes)
    #expect(try data.scaled(.standard).train.numbers(of: 0) == [-1, 1])
    #expect(try data.scaled(.none).train.numbers(of: 0).map { $0.rounded() } == [0, 255])
    #expect(try data.scaled(.minmax).train.numbers(of: 0) == [0, 1])
  }

  @Test func `lists of words are not scaled`() throws {
    let lists = Examples(
      shape: [5], features: .lists(SparseRows(width: 5, [[1], [2]])), targets: .classes([0, 1], count: 2))
    let refusal = #expect(throws: Refusal.self) { try dataset(lists, lists).scaled(.standard) }
    #expect(refusal?.message.hasPrefix("x is lists of words") == true)
  }

  @Test func `some classes are kept, numbered in the order that they are named in`() throws {
    let data = dataset(examples([1, 2, 3, 4]), examples([5, 6, 7, 8]))
    let kept = try data.keeping(classes: ["b", "a"])
    #expect(kept.classes == ["b", "a"] && kept.train.labels == [1, 0, 1, 0] && kept.train.numbers(of: 2) == [3])
    for names in [["a"], ["a", "c"], ["a", "bb"]] {
      #expect(throws: Refusal.self) { try data.keeping(classes: names) }
    }
    let values = Examples(shape: [1], features: .floats(Floats([1, 2])), targets: .values([1, 2], width: 1))
    #expect(throws: Refusal.self) { try dataset(values, values).keeping(classes: ["a", "b"]) }
  }

  @Test func `lists are chosen with their places`() throws {
    let lists = Examples(
      shape: [5], features: .lists(SparseRows(width: 5, [[1], [2, 4], [3]])), targets: .classes([0, 1, 0], count: 2))
    #expect(try lists.picked([1, 0]).numbers(of: 0) == [0, 0, 1, 0, 1])
  }

  @Test(arguments: [1, 2, 19, 99]) func `so many are put aside as are asked for, and none is lost`(count: Int) throws {
    let labels = (0..<100).map { $0 < 90 ? 0 : 1 }
    let division = try Division(count: 100, labels: labels, .count(count), seed: 1, name: "x")
    #expect(division.test.count == count && division.train.count == 100 - count)
    #expect(throws: Refusal.self) { try Division(count: count, labels: nil, .count(count), seed: 1, name: "x") }
  }

  @Test(arguments: [
    ([99, 1], 0.6, [0]), ([25, 6], 0.93, [0]), ([4, 4, 1], 0.5, [0]), ([1, 1, 1, 1, 1], 0.2, [1]),
  ] as [([Int], Double, [Int])]) func `the last row of a class trains, while other classes have rows to spare`(
    sizes: [Int], share: Double, lost: [Int]
  ) throws {
    let labels = sizes.enumerated().flatMap { [Int](repeating: $0, count: $1) }
    let division = try Division(count: labels.count, labels: labels, .share(share), seed: 1, name: "x")
    #expect(division.test.count == Int((Double(labels.count) * share).rounded()))
    let learnt = Set(division.train.map { labels[$0] })
    #expect(sizes.indices.count { !learnt.contains($0) } == lost[0])
    let names = sizes.indices.map { "c\($0)" }
    #expect(division.notes(labels, names).isEmpty == (lost == [0]) && division.notes(nil, []).isEmpty)
    let note = sizes.indices.first { !learnt.contains($0) }.map { "all rows of c\($0) are put aside to test with, " }
    #expect(note.map { division.notes(labels, names)[0].hasPrefix($0) } != false)
  }

  @Test func `a share is put aside of every class, by the seed`() throws {
    let labels = (0..<100).map { $0 < 90 ? 0 : 1 }
    let division = try Division(count: 100, labels: labels, .share(0.2), seed: 1, name: "x")
    #expect(division.test.count { labels[$0] == 1 } == 2 && division.test.count == 20)
    #expect((division.train + division.test).sorted() == Array(0..<100))
    #expect(try Division(count: 100, labels: labels, .share(0.2), seed: 1, name: "x").test == division.test)
    #expect(try Division(count: 100, labels: labels, .share(0.2), seed: 2, name: "x").test != division.test)
    for share in [0.001, 0.999] {
      #expect(throws: Refusal.self) { try Division(count: 3, labels: nil, .share(share), seed: 1, name: "x") }
    }
  }
}
