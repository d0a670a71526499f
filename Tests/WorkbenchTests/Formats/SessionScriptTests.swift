import Foundation
import TestSupport
import Testing

@testable import Workbench

@Suite("A session as a script")
struct SessionScriptTests {
  @Test("a rescued session replays to the same weights, which lie beside it too")
  func rescued() throws {
    let folder = try Folder()
    let bench = Bench(.trained)
    let path = try bench.session.rescue(to: folder["kept"])
    #expect(path == folder["kept.sumi"])
    var again = Bench()
    #expect(again.replay(try Script(file: path)).ending == .finished)
    #expect(again.session.network?.values == bench.session.network?.values)
    var loaded = Bench(.built)
    loaded.run("load weights \(folder["kept.safetensors"])")
    #expect(loaded.session.network?.values == bench.session.network?.values)
  }

  @Test("training is unsaved until a session or weights are written, and undo brings that back")
  func unsaved() throws {
    let folder = try Folder()
    var bench = Bench(.compiled)
    #expect(!bench.session.hasUnsavedTraining)
    bench.run("fit 1 64")
    #expect(bench.session.hasUnsavedTraining)
    bench.run("save weights \(folder["w.safetensors"])")
    #expect(!bench.session.hasUnsavedTraining)
    bench.run("fit 1 64")
    bench.run("save session \(folder["s.sumi"])")
    #expect(!bench.session.hasUnsavedTraining)
    bench.run("fit 1 64")
    bench.run("undo")
    #expect(!bench.session.hasUnsavedTraining)
    bench.run("fit 1 64")
    bench.run("reset")
    #expect(!bench.session.hasUnsavedTraining)
  }
}
