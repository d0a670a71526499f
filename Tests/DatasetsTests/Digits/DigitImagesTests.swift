import Testing

@testable import Datasets

@Suite struct DigitImagesTests {
  static let thousand = DigitSample(0..<1000, of: .train)

  @Test("the splits have MNIST's sizes")
  func sizes() {
    #expect(DigitImages.Split.train.count == 60_000)
    #expect(DigitImages.Split.test.count == 10_000)
  }

  @Test("the first thousand images are the same bytes on every machine")
  func golden() {
    // FNV-1a of images, then labels, of this very drawing; x86-64 Linux, Swift 6.3.1, debug and optimised alike,
    // and the hash itself computed a second time in Python; no tolerance.
    #expect(Self.thousand.fingerprint == 0x8991_c9a6_0fb5_1725)
  }

  @Test("drawing twice gives the same bytes")
  func twice() {
    let first = DigitSample(200..<300, of: .test)
    let second = DigitSample(200..<300, of: .test)
    #expect(first.images == second.images)
    #expect(first.labels == second.labels)
  }

  @Test("a range drawn in pieces gives the same bytes as drawn whole", arguments: [1, 37, 150])
  func pieces(cut: Int) {
    let whole = DigitSample(50..<250, of: .train)
    let first = DigitSample(50..<50 + cut, of: .train)
    let second = DigitSample(50 + cut..<250, of: .train)
    #expect(first.images + second.images == whole.images)
    #expect(first.labels + second.labels == whole.labels)
  }

  @Test("an empty range draws nothing")
  func empty() {
    #expect(DigitSample(5..<5, of: .test).count == 0)
  }

  @Test("training and test share no image")
  func splitsDiffer() {
    let test = DigitSample(0..<1000, of: .test)
    let training = Set((0..<1000).map { Array(Self.thousand.image($0)) })
    #expect((0..<1000).allSatisfy { !training.contains(Array(test.image($0))) })
  }

  @Test("no two of the first thousand images are equal")
  func distinct() {
    #expect(Set((0..<1000).map { Array(Self.thousand.image($0)) }).count == 1000)
  }

  @Test("every digit makes up 8 to 12 per cent")
  func balance() {
    var counts = [Int](repeating: 0, count: 10)
    for label in Self.thousand.labels { counts[Int(label)] += 1 }
    #expect(counts.allSatisfy { (80...120).contains($0) }, "\(counts)")
  }

  @Test("every image is centred by mass")
  func centred() {
    for index in 0..<1000 {
      let frame = Self.thousand.frame(index)
      #expect(abs(frame.x - 14) <= 0.51 && abs(frame.y - 14) <= 1, "image \(index)")
    }
  }

  @Test("the ink of every image fits in 20 × 20 pixels and fills one side of them")
  func fitted() {
    for index in 0..<1000 {
      let frame = Self.thousand.frame(index)
      #expect((19...20).contains(max(frame.height, frame.width)), "image \(index)")
    }
  }

  @Test("every image has black paper and nearly white ink")
  func contrast() {
    for index in 0..<1000 {
      let image = Self.thousand.image(index)
      #expect(image.contains(0))
      #expect((image.max() ?? 0) >= 230, "image \(index)")
    }
  }
}
