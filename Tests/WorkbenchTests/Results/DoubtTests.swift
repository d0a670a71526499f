import Images
import Testing

@testable import Workbench

@Suite struct DoubtTests {
  private func notes(_ photo: Photo, _ probabilities: [Float] = [0.9, 0.1]) throws -> [String] {
    let dataset = try #require(Bench(.loaded).session.dataset)
    let prepared = PreparedImage(try Preparation(photo, height: 28, width: 28))
    return Doubt.notes(prepared, probabilities, Doubt.familiarity(of: dataset))
  }

  @Test func `what is no digit is said to mean little, however sure the network is`() throws {
    let board = (0..<100 * 100).map { ($0 / 1000 + $0 % 100 / 10) % 2 == 0 ? UInt8(20) : 230 }
    #expect(try notes(Photo(width: 100, height: 100, grey: board)).contains { $0.hasPrefix("the class means little") })
  }

  @Test func `digits like those of the data set are hardly ever doubted`() throws {
    let dataset = try #require(Bench(.loaded).session.dataset)
    let doubted = try (0..<30).count { index in
      let grey = dataset.test.bytes(of: index).map { 255 - $0 }
      return try notes(Photo(width: 28, height: 28, grey: grey)).contains { $0.contains("means little") }
    }
    #expect(doubted <= 4)
  }

  @Test func `two drawings and a guess are told`() throws {
    var grey = [UInt8](repeating: 230, count: 300 * 200)
    for y in 40..<160 { for x in Array(60..<75) + Array(200..<215) { grey[y * 300 + x] = 30 } }
    let photo = Photo(width: 300, height: 200, grey: grey)
    #expect(try notes(photo).first?.hasPrefix("2 drawings stand apart") == true)
    let prepared = PreparedImage(try Preparation(photo, height: 28, width: 28))
    #expect(Doubt.notes(prepared, [0.4, 0.3, 0.3], nil).last?.contains("only 40.0 %") == true)
  }
}
