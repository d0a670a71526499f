import Grammar
import Testing

@testable import Engine

@Suite struct RowsTests {
  /// Examples with the given labels, of three classes.
  static func examples(_ labels: [Int]) -> Examples {
    Examples(shape: [1], pixels: Bytes(labels.map { UInt8($0) }), labels: labels, classes: 3)
  }

  @Test("the last part validates, as Keras cuts it: ⌊n·(1 − share)⌋ train", arguments: [
    (10, 0.1, 9), (10, 0.25, 7), (7, 0.5, 3), (50, 0.1, 45), (3, 0.34, 1), (60_000, 0.2, 48_000),
  ])
  func last(count: Int, share: Double, trained: Int) throws {
    let rows = try Rows(Self.examples([Int](repeating: 0, count: count)), .share(share), isStratified: false)
    #expect(rows.train == Array(0..<trained))
    #expect(rows.validation == Array(trained..<count))
  }

  @Test("stratified, the last part of each class validates, and every example is used once")
  func stratified() throws {
    let labels = [0, 0, 0, 0, 1, 1, 0, 0, 2, 2, 0, 1, 1, 0, 2, 2]
    let rows = try Rows(Self.examples(labels), .share(0.25), isStratified: true)
    #expect(rows.validation == [10, 12, 13, 15])
    #expect((rows.train + rows.validation).sorted() == Array(labels.indices))
    #expect(rows.train == rows.train.sorted())
  }

  @Test("without a share every example trains", arguments: [Training.Validation.none, .test])
  func all(validation: Training.Validation) throws {
    let rows = try Rows(Self.examples([0, 1, 2]), validation, isStratified: false)
    #expect(rows.train == [0, 1, 2])
    #expect(rows.validation == [])
  }

  @Test("a split with an empty side, or with nothing to stratify, is refused", arguments: [
    (Training.Validation.share(0.9), false), (.share(1e-17), false), (.share(0.01), true), (.none, true), (.test, true),
  ])
  func refused(validation: Training.Validation, isStratified: Bool) {
    #expect(throws: Refusal.self) { try Rows(Self.examples([0, 1, 2]), validation, isStratified: isStratified) }
  }
}
