import TestSupport
import Testing

@testable import Workbench

@Suite("Figures for TensorBoard")
struct TensorBoardObserverTests {
  @Test("each run from first weights has a folder of its own, and nothing is written where none was named")
  func runs() throws {
    let folder = try Folder()
    var bench = Bench(.compiled)
    bench.runner.observers.append(TensorBoardObserver(bench.runner.host.preferences) { 5 })
    bench.run("fit 1 64")
    #expect(folder.names.isEmpty)
    bench.run("set tensorboard \(folder["board"])")
    bench.run("reset")
    bench.run("fit 2 64")
    bench.run("fit 1 64")
    bench.run("reset")
    bench.run("fit 1 64")
    #expect(folder.names == ["board"])
    let board = folder["board"]
    #expect(try Folder.names(in: board) == ["run-1", "run-2"])
    #expect(try Folder.names(in: "\(board)/run-1") == ["events.out.tfevents.5.sumi"])
    bench.run("set tensorboard none")
  }

  @Test("a folder that cannot be made is refused when it is named")
  func unwritable() throws {
    let folder = try Folder()
    try folder.write("x", to: "file")
    var bench = Bench(.empty)
    _ = try bench.refuse("set tensorboard \(folder["file"])/board")
    #expect(bench.settings.tensorboard == nil)
  }
}
