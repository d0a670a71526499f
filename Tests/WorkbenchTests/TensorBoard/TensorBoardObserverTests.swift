import TestSupport
import Testing

@testable import Workbench

@Suite("Figures for TensorBoard")
struct TensorBoardObserverTests {
  /// A session that TensorBoard's files may be written of, always at the same time.
  private func bench() -> Bench {
    var bench = Bench(.compiled)
    bench.runner.observers.append(TensorBoardObserver(bench.runner.host.preferences) { 5 })
    return bench
  }

  @Test("each run from first weights has a folder of its own, and nothing is written where none was named")
  func runs() throws {
    let folder = try Folder()
    var bench = bench()
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

  @Test("what compare tries, and what goes on behind an undo, are runs of their own")
  func tried() throws {
    let folder = try Folder()
    var bench = bench()
    bench.run("set tensorboard \(folder.path)")
    for line in ["fit 1 64", "compare compile=adam,sgd epochs=2", "fit 2 64"] { bench.run(line) }
    let own = try folder.bytes("run-1/events.out.tfevents.5.sumi").count
    #expect(folder.names == ["run-1", "run-2", "run-3"])
    let (first, second) = ("run-2/events.out.tfevents.5.sumi", "run-3/events.out.tfevents.5.sumi")
    #expect(try folder.bytes(first).count == folder.bytes(second).count, "two epochs each")
    #expect(own > 2 * (try folder.bytes(first).count), "three epochs and the weights of two fits")
    for line in ["undo", "fit 1 64"] { bench.run(line) }
    #expect(folder.names == ["run-1", "run-2", "run-3", "run-4"])
    #expect(try folder.bytes("run-1/events.out.tfevents.5.sumi").count == own)
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
