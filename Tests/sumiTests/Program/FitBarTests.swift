import Pictures
import Testing

@testable import Engine
@testable import sumi

@Suite("How a fit goes")
struct FitBarTests {
  private func progress(
    _ epoch: Int, of last: Int, batch: Int, started: Double = 0, finished: Epoch? = nil
  ) -> Training.Progress {
    Training.Progress(
      epoch: epoch, lastEpoch: last, batch: batch, batches: 100, trained: 0, started: started,
      running: RunningScore([]), finished: finished)
  }

  private func epoch(_ number: Int) -> Epoch {
    Epoch(
      number: number, training: Score(loss: 0.5, metrics: [], count: 100), validation: nil, learningRate: 0.1,
      seconds: 1, batches: 100)
  }

  @Test(
    "the columns of epochs below each other stay where they are, with and without a bar", arguments: [9, 10, 100, 1000])
  func columns(last: Int) throws {
    let rows = [1, 9, last].map { number in
      let bar = FitBar(columns: 80, progress: progress(number, of: last, batch: 100), pace: nil, remaining: nil)
      return (bar.lines(of: epoch(number))[0], bar.plainLine(of: epoch(number)))
    }
    for row in rows {
      for (text, first) in [(row.0, rows[0].0), (row.1, rows[0].1)] {
        let place = try #require(text.firstRange(of: "loss")).lowerBound
        let expected = try #require(first.firstRange(of: "loss")).lowerBound
        #expect(String(text[..<place]).columns == String(first[..<expected]).columns, "\(text)")
      }
    }
  }

  @Test("the time left is that of this run, whenever it began")
  func remaining() {
    var pace = Progress.Pace()
    for (start, seconds) in [(0.0, 0.01), (1000.0, 0.1)] {
      for batch in 1...100 {
        let time = start + Double(batch) * seconds
        let isNew = pace.take(progress(1, of: 2, batch: batch, started: start), at: time)
        #expect(isNew == (batch == 1))
      }
      let last = progress(1, of: 2, batch: 100, started: start)
      let left = pace.remaining(last, at: start + 100 * seconds) ?? 0
      #expect(abs(left - 100 * seconds) < 1e-6)
      let batch = pace.batch(last, at: start + 100 * seconds) ?? 0
      #expect(abs(batch - seconds) < 1e-6)
    }
    #expect(Progress.Pace().remaining(progress(1, of: 1, batch: 1), at: 1) == nil)
  }

  @Test("a row is never wider than its room", arguments: [30, 40, 60, 80, 120])
  func narrow(columns: Int) {
    let bar = FitBar(columns: columns, progress: progress(7, of: 10, batch: 50), pace: 0.001, remaining: 90)
    #expect(bar.line.columns < max(columns, 41))
    #expect(bar.line.hasPrefix("epoch 7/10 ━"))
  }
}
