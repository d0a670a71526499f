import Files
import Fuzzing
import Glibc

/// Runs fuzzed sessions and files by their seeds; a fault ends it and names the seed.
///
///     sumi-fuzz sessions FIRST COUNT    session after session, from a seed on
///     sumi-fuzz session SEED            one session, its lines shown
///     sumi-fuzz shrink SEED             the few lines of it that suffice for its fault
///     sumi-fuzz readers                 the names of all readers of files
///     sumi-fuzz READER FIRST COUNT      damaged file after damaged file
///     sumi-fuzz bytes READER SEED       one damaged file, to standard output
@main
enum SumiFuzz {
  private static let memory = 512 << 20
  private static let seconds: UInt32 = 30

  static func main() {
    let words = Array(CommandLine.arguments.dropFirst())
    Watch.install()
    switch (words.first ?? "", words.count) {
    case ("sessions", 3): sessions(number(words[1]), number(words[2]))
    case ("session", 2): session(number(words[1]))
    case ("draw", 2): draw(number(words[1]))
    case ("steps", 2): steps(words[1])
    case ("bytes", 3): dump(reader(words[1]), number(words[2]))
    case ("shrink", 2): shrink(number(words[1]))
    case ("fault", 2):
      Watch.begin("fault", seed: number(words[1]), seconds: seconds)
      abort()
    case ("readers", 1): for reader in Reader.all { print(reader.name) }
    case (let name, 3): files(reader(name), number(words[1]), number(words[2]))
    default:
      fail(
        "usage: sumi-fuzz sessions FIRST COUNT | session SEED | shrink SEED | READER FIRST COUNT | bytes READER SEED")
    }
  }

  private static func number(_ word: String) -> UInt64 {
    guard let number = UInt64(word) else { fail("no number: \(word)") }
    return number
  }

  private static func reader(_ name: String) -> Reader {
    let readers = Reader.all + Reader.unconfined
    guard let reader = readers.first(where: { $0.name == name }) else {
      fail("no reader is called \(name); there are: \(readers.map(\.name).joined(separator: ", "))")
    }
    return reader
  }

  private static func fail(_ text: String) -> Never {
    tell(2, text)
    exit(1)
  }

  /// At once, for the process may die of the next session.
  private static func tell(_ file: Int32, _ text: String) {
    let bytes = Array((text + "\n").utf8)
    _ = write(file, bytes, bytes.count)
  }

  /// Sizes are refused against the memory there is, so there is little of it.
  private static func limitMemory() {
    Bench.warmUp()
    guard let file = fopen("/proc/self/statm", "r") else { return }
    defer { fclose(file) }
    var text = [CChar](repeating: 0, count: 64)
    fgets(&text, 64, file)
    let maximum = rlim_t(atol(text) * sysconf(Int32(_SC_PAGESIZE)) + memory)
    var limit = rlimit(rlim_cur: maximum, rlim_max: maximum)
    setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
  }

  private static func sessions(_ first: UInt64, _ count: UInt64) {
    let workplace = Workplace()
    limitMemory()
    for seed in first..<first + count {
      Watch.begin("session", seed: seed, seconds: seconds)
      var session = FuzzedSession(workplace, seed: seed)
      do { try session.run() } catch { tell(1, "fault at session \(seed): \(error)") }
    }
    Watch.end()
  }

  private static func session(_ seed: UInt64) {
    let workplace = Workplace()
    limitMemory()
    Watch.begin("session", seed: seed, seconds: seconds)
    var session = FuzzedSession(workplace, seed: seed)
    do { try session.run { tell(1, description($0)) } } catch {
      fail("fault at session \(seed): \(error)")
    }
  }

  /// Writes the steps of a session, each before it runs, so that all are there when one kills it.
  private static func draw(_ seed: UInt64) {
    let workplace = Workplace()
    limitMemory()
    var session = FuzzedSession(workplace, seed: seed)
    try? session.run { step in
      let bytes = Array(step.text.utf8) + [0]
      _ = write(1, bytes, bytes.count)
    }
  }

  /// Runs the steps of a file.
  private static func steps(_ path: String) {
    let steps = read(path)
    let workplace = Workplace()
    limitMemory()
    Watch.begin(path, seed: 0, seconds: seconds)
    var session = FuzzedSession(workplace, seed: 0, thrift: 1)
    do { try session.run(steps) } catch { fail("fault: \(error)") }
  }

  private static func read(_ path: String) -> [Step] {
    guard let bytes = try? FileReader.read(path, limit: 64 << 20) else { fail("\(path) cannot be read") }
    return bytes.split(separator: 0).compactMap { Step(text: String(decoding: $0, as: UTF8.self)) }
  }

  /// Leaves out of a session's steps one after the other, as long as the rest still ends in a fault.
  private static func shrink(_ seed: UInt64) {
    let (path, program) = ("/tmp/sumi-fuzz-\(getpid()).steps", CommandLine.arguments[0])
    defer { unlink(path) }
    _ = system("\(program) draw \(seed) > \(path) 2> /dev/null")
    var steps = read(path)
    func fails(_ steps: [Step]) -> Bool {
      Workplace.write(steps.flatMap { Array($0.text.utf8) + [0] }, to: path)
      return system("\(program) steps \(path) > /dev/null 2>&1") != 0
    }
    guard fails(steps) else { fail("session \(seed) ends without a fault when its lines are run again") }
    for index in steps.indices.reversed() {
      var fewer = steps
      fewer.remove(at: index)
      if fails(fewer) { steps = fewer }
    }
    for step in steps { print(description(step)) }
    _ = fails(steps)
    _ = system("\(program) steps \(path)")
  }

  private static func description(_ step: Step) -> String {
    step.line.debugDescription + (step.stopsAfter.map { "  (stopped after \($0))" } ?? "")
  }

  private static func files(_ reader: Reader, _ first: UInt64, _ count: UInt64) {
    let workplace = Workplace()
    let file = FuzzedFile(reader)
    limitMemory()
    for seed in first..<first + count {
      Watch.begin(reader.name, seed: seed, seconds: seconds)
      file.run(seed)
    }
    Watch.end()
    withExtendedLifetime(workplace) {}
  }

  private static func dump(_ reader: Reader, _ seed: UInt64) {
    let workplace = Workplace()
    let bytes = FuzzedFile(reader).bytes(seed)
    _ = write(1, bytes, bytes.count)
    withExtendedLifetime(workplace) {}
  }
}
