import Foundation
import TestSupport
import Testing

@testable import Workbench

/// What TensorBoard shows of a run.
private struct Shown: Decodable {
  let scalars: [String: [[Double]]]
  let histograms: [String: Double]
  let images: [String: [Int]]
}

@Suite("TensorBoard reads what is written")
struct TensorBoardTests {
  @Test("scalars of every epoch, histograms of the weights, and pictures come back", .enabled(if: Peer.torch != nil))
  func comesBack() throws {
    let (folder, peer) = (try Folder(), try #require(Peer.torch))
    var runner = Runner.fresh
    runner.observers.append(TensorBoardObserver(runner.host.preferences) { 1_700_000_000 })
    for line in [
      "set tensorboard \"\(folder["board"])\"", "load digits train=200 test=50", "add dense 8 relu",
      "add dense 10 softmax", "compile adam", "fit 3 32 validation=0.2", "confusion", "show errors",
    ] {
      let outcome = runner.run(line)
      #expect(outcome?.diagnostic == nil, "\(line)")
    }
    let runs = try JSONDecoder().decode([String: Shown].self, from: try peer.run("read_events.py", [folder["board"]]))
    let run = try #require(runs["run-1"])
    for epoch in runner.session.history {
      for figure in epoch.figures {
        let row = try #require(run.scalars[figure.name]?[epoch.number - 1])
        #expect(row[0] == Double(epoch.number))
        #expect(abs(row[1] - figure.value) < 1e-6 * max(1, abs(figure.value)))
      }
    }
    #expect(run.histograms["1.dense.kernel"] == 6272.0)
    #expect(run.images.keys.sorted() == ["confusion", "errors"])
    #expect(run.images.values.allSatisfy { $0[0] > 100 && $0[1] > 100 })
  }
}
