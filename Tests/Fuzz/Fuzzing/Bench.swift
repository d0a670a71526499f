import Engine
import Grammar
import Workbench

/// What fuzzed sessions run on: no clock, one set of threads, an editor that follows from a number.
public enum Bench {
  /// Threads by their number: to start them costs more than a session.
  private static let threads = [1, 2, 3, 7].map { Threads(count: $0) }
  /// Questions whether to stop that are answered with no, at most: a fit of a million epochs ends after so many
  /// batches.
  static let patience = 12

  /// Does once what takes memory that is kept: starts all threads, and lets OpenBLAS take what it works in.
  public static func warmUp() {
    // As the program does at its start.
    Machine.shareHeap()
    var runner = Runner(session: Session(seed: Seed(1, isDrawn: false)), host: host())
    for line in ["load digits train=64 test=8", "set threads 7", "add dense 10 softmax", "compile sgd", "fit 1 64"] {
      _ = runner.run(line)
    }
  }

  /// - Parameter threads: as many as work where the session does not say, as a place among 1, 2, 3 and 7.
  static func host(for step: Step = Step(""), threads: Int = 1) -> Host {
    var host = Host(
      now: { 0 }, threads: { Bench.threads[min($0 ?? threads, Bench.threads.count) - 1] },
      environment: ["HOME": ".", "SUMI_DATA": "data"])
    var asked = 0
    let maximum = step.stopsAfter ?? patience
    host.isStopRequested = {
      asked += 1
      return asked > maximum
    }
    host.edit = { (text) throws(Refusal) in try edited(text, by: Random(seed: step.editing)) }
    return host
  }

  /// The text as somebody gives it back from the editor.
  private static func edited(_ text: String, by random: Random) throws(Refusal) -> String {
    var random = random
    var lines = text.split(separator: "\n").map(String.init)
    let place = random.below(lines.count + 1)
    switch random.below(7) {
    case 0: return text
    case 1: throw Refusal("the editor ended with status 1")
    case 2: lines = Array(lines.prefix(place))
    case 3 where place < lines.count: lines.remove(at: place)
    case 4: lines.insert(random.pick(["data", "seed 5", "reset", "add flatten", "fit 1 8", "foo"]), at: place)
    case 5 where place < lines.count:
      lines[place] = LineDraw.tamed(lines[place] + random.pick([" ", " 2", " # x", " '"]))
    default: lines += lines.suffix(1)
    }
    return lines.map { $0 + "\n" }.joined()
  }
}

/// One line of a session, and what happens outside while it runs.
public struct Step: Equatable, Sendable {
  public var line: String
  /// Questions whether to stop that are answered with no; nil for the usual number.
  public var stopsAfter: Int?
  /// What the editor makes of the text follows from it.
  public var editing: UInt64 = 0

  public init(_ line: String, stopsAfter: Int? = nil, editing: UInt64 = 0) {
    (self.line, self.stopsAfter, self.editing) = (line, stopsAfter, editing)
  }

  /// As a file has it: three fields with the unit separator between them.
  public var text: String { "\(stopsAfter.map(String.init) ?? "")\u{1F}\(editing)\u{1F}\(line)" }

  public init?(text: String) {
    let parts = text.split(separator: "\u{1F}", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    self.init(String(parts[2]), stopsAfter: Int(parts[0]), editing: UInt64(parts[1]) ?? 0)
  }
}
