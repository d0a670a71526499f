import Testing

@testable import Workbench

@Suite("What undo holds")
struct MemoryTests {
  /// Bytes of the pixels and labels of 300 and 100 digits.
  private static let digits = 400 * (784 + 8)

  @Test func `data sets count, and what many states share counts once`() {
    var bench = Bench(.loaded)
    #expect(bench.session.heldBytes < 10_000)
    for seed in 0..<10 { bench.run("seed \(seed)") }
    #expect(bench.session.heldBytes < 30_000)
    bench.run("load digits train=30 test=10")
    #expect((MemoryTests.digits..<MemoryTests.digits + 40_000).contains(bench.session.heldBytes))
    bench.run("load digits train=20 test=10")
    #expect((MemoryTests.digits + 40 * 792..<MemoryTests.digits + 80_000).contains(bench.session.heldBytes))
  }

  @Test func `weights and what the optimizer remembers count`() {
    var bench = Bench(.trained)
    let held = bench.session.heldBytes
    bench.run("fit 1 64")
    let weights = (784 * 16 + 16 + 16 * 10 + 10) * 4
    #expect((2 * weights..<2 * weights + 10_000).contains(bench.session.heldBytes - held))
  }

  @Test(arguments: ["1", "512", "4.5GB", "-1MB"]) func `a bound is a size with its unit`(size: String) throws {
    var bench = Bench()
    #expect(try bench.refuse("set undo \(size)").message.contains("expected a size such as 512MB"))
    bench.run("set undo 0")
  }

  @Test func `the oldest states go first, and it is said once`() throws {
    var bench = Bench(.trained)
    bench.run("set undo 1MB")
    var notes: [String] = []
    for _ in 0..<12 { notes += bench.outcome("fit 1 64")?.notes.map(\.text).filter { $0.contains("let go") } ?? [] }
    #expect(notes.count == 1)
    #expect(notes.first?.contains("set undo 4GB") == true)
    #expect(bench.session.heldBytes <= 1_000_000)
    let steps = bench.session.past.count
    #expect((1...9).contains(steps))
    let learnt = Learnt(bench.session)
    bench.run("undo \(steps)")
    bench.run("redo \(steps)")
    #expect(Learnt(bench.session) == learnt)
    #expect(try bench.refuse("undo \(steps + 1)").hint == "undo \(steps)")
  }

  @Test func `undo and redo count what they leave, so that nothing is weighed anew each time`() {
    var bench = Bench(.trained)
    bench.run("fit 1 64")
    for line in ["undo", "redo", "undo", "undo 2", "redo 2"] {
      bench.run(line)
      #expect(bench.session.estimate.limit >= 0, "it is known")
      #expect(bench.session.estimate.bytes >= bench.session.heldBytes)
    }
  }

  @Test func `results of cells are let go too, and their lines stay`() {
    var bench = Bench(.loaded)
    bench.run("show data 3")
    bench.run("set undo 100kB")
    bench.run("load digits train=20 test=10")
    #expect(bench.session.heldBytes <= 100_000)
    #expect(bench.session.past.isEmpty)
    #expect(bench.session.cells.map(\.line).contains("show data 3"))
    #expect(bench.session.cells.first { $0.line == "show data 3" }?.answer == nil)
  }

  @Test func `undo and redo name what they take back and bring`() {
    var bench = Bench(.trained)
    bench.run("data")
    bench.run("fit 1 64")
    bench.run("evaluate")
    #expect(bench.outcome("undo")?.text == "took back: fit 1 64\n")
    #expect(bench.outcome("redo")?.text == "did again: fit 1 64\n")
    bench.run("new")
    #expect(bench.outcome("undo")?.text == "took back: new\n")
    #expect(bench.outcome("redo")?.text == "did again: new\n")
  }

  @Test(arguments: [("512MB", 512_000_000), ("4gb", 4_000_000_000), ("0", 0), ("10kB", 10_000), ("7", 7)])
  func `sizes are read with their units, and written so that they read back`(text: String, bytes: Int) {
    #expect(ByteSize(text)?.bytes == bytes)
    #expect(ByteSize(ByteSize(bytes: bytes).text)?.bytes == bytes)
  }

  @Test(arguments: ["", "MB", "-1MB", "1.5GB", "9999999999999TB", "1 MB", "10XB", "１MB"])
  func `what is no size is refused`(text: String) { #expect(ByteSize(text) == nil) }

  @Test func `undo says what became of steps that were let go`() throws {
    var bench = Bench(.loaded)
    bench.run("set undo 0")
    bench.run("add dense 64 relu")
    bench.run("load digits train=20 test=10")
    let diagnostic = try bench.refuse("undo")
    #expect(diagnostic.message.contains("to save memory; set undo keeps more"), "\(diagnostic.message)")
    #expect(diagnostic.hint == "set undo 4GB")
  }
}
