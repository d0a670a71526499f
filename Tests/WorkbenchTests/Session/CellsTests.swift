import Engine
import Testing

@testable import Workbench

@Suite("The lines of a session")
struct CellsTests {
  private func cell(_ number: Int) -> Cell { Cell(narration: [], line: "seed \(number)", seconds: 0, answer: nil) }

  @Test("they stand in order across pieces, and a copy goes its own way", arguments: [0, 1, 127, 128, 129, 1000])
  func order(count: Int) {
    var cells = SharedList<Cell>()
    for number in 0..<count { cells.append(cell(number)) }
    let before = cells
    #expect(cells.map(\.line) == (0..<count).map { "seed \($0)" })
    for index in cells.indices { cells[index] = cell(-index) }
    #expect(cells.map(\.line) == (0..<count).map { "seed \(-$0)" })
    #expect(before.map(\.line) == (0..<count).map { "seed \($0)" })
    cells = before
    cells.append(cell(count))
    #expect(cells.count == count + 1 && before.count == count && cells != before)
  }

  @Test("a run of a hundred thousand epochs takes no longer for the last of them than for the first")
  func manyEpochs() {
    var (epochs, kept) = (SharedList<Int>(), [SharedList<Int>]())
    let clock = ContinuousClock()
    // Each state is kept, as checkpoints and undo keep them.
    func time() -> Duration {
      clock.measure {
        for number in 0..<10_000 {
          epochs.append(number)
          kept = [epochs]
        }
      }
    }
    let first = time()
    for _ in 0..<8 { _ = time() }
    #expect(time() < max(first * 8, .seconds(1)))
    #expect(epochs.count == 100_000 && kept.last?.count == 100_000 && epochs.last == 9999)
  }

  @Test("a session of thirty thousand lines takes no longer for the last of them than for the first")
  func many() {
    var bench = Bench()
    let clock = ContinuousClock()
    func time() -> Duration { clock.measure { for _ in 0..<1000 { bench.run("seed 1") } } }
    let first = time()
    for _ in 0..<28 { _ = time() }
    let last = time()
    // Beside a busy process a thousand lines may take several times as long by themselves.
    #expect(last < max(first * 8, .seconds(2)), "\(first), \(last)")
  }
}
