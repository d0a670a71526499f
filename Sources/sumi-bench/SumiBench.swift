import ArgumentParser
import Engine
import FoundationEssentials
import Glibc
import Pictures

/// Measures how fast Sumi is on this machine.
@main
struct SumiBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sumi-bench", abstract: "Measures how fast Sumi is on this machine.",
    discussion: "Jobs:\n" + Job.all.map { "  \($0.name)  \($0.help)" }.joined(separator: "\n"))

  @Argument(help: "Which jobs; all when none is named.")
  var jobs: [String] = []

  @Option(help: "How often everything is measured, in turn; medians are told.")
  var runs = 1

  @Flag(help: "Print one JSON object, and nothing else.")
  var json = false

  /// The case that this process is there for, `dense/0`.
  @Option(help: .hidden)
  var only: String?

  func validate() throws {
    let names = Job.all.map(\.name)
    for name in jobs where !names.contains(name) {
      throw ValidationError("no job is called \"\(name)\"; there are: \(names.joined(separator: ", "))")
    }
    if !(1...100).contains(runs) { throw ValidationError("--runs: expected a whole number from 1 to 100, not \(runs)") }
  }

  func run() throws {
    if let only { return try measure(only) }
    // The peak is what the others are held against.
    let chosen = Job.all.filter { jobs.isEmpty || jobs.contains($0.name) || $0.name == Job.peak.name }
    let sheet = sheet(chosen)
    if json { print(sheet.json.text) } else {
      for picture in sheet.pictures { print(picture.text(on: Canvas(width: 100, hasColour: false)), terminator: "") }
    }
    if sheet.entries.contains(where: { $0.figures == nil }) { throw ExitCode.failure }
  }

  /// Measures one case and prints its figures for the process that asked.
  private func measure(_ name: String) throws {
    let parts = name.split(separator: "/")
    guard let job = Job.all.first(where: { $0.name == parts.first ?? "" }), let index = parts.last.flatMap({ Int($0) }),
      job.cases.indices.contains(index)
    else { throw ValidationError("no case is called \"\(name)\"") }
    print(String(decoding: try JSONEncoder().encode(job.cases[index].measure()), as: UTF8.self))
  }

  private func sheet(_ jobs: [Job]) -> BenchmarkReport {
    let places = jobs.flatMap { job in job.cases.indices.map { (job: job, index: $0) } }
    var measured = [[Figures]](repeating: [], count: places.count)
    for run in 1...runs {
      for (place, (job, index)) in places.enumerated() {
        tell("\(runs > 1 ? "run \(run): " : "")\(job.name) \(index + 1)/\(job.cases.count), \(job.cases[index].title)")
        do { measured[place].append(try figures("\(job.name)/\(index)")) } catch { tell("failed: \(error)") }
      }
    }
    let medians = measured.map(Figures.median)
    let entries = zip(places, medians).map { place, figures in
      let item = place.job.cases[place.index]
      return BenchmarkReport.Entry(job: place.job.name, title: item.title, threads: item.threads, figures: figures)
    }
    return BenchmarkReport(entries: entries, remarks: remarks(jobs, places.map(\.job.name), medians), runs: runs)
  }

  private func remarks(_ jobs: [Job], _ names: [String], _ medians: [Figures?]) -> [String] {
    let summaries = jobs.flatMap { job in
      job.summary(zip(names, medians).filter { $0.0 == job.name }.map(\.1)).map { "\(job.name): \($0)" }
    }
    let hasMNIST = (try? BenchmarkData.hasMNIST()) == true
    let data = hasMNIST ? [] : ["MNIST is not on this machine: all is measured on the drawn digits"]
    return data + summaries + [
      "kernels for the level \(Kernels.level.rawValue) of processor",
      "GFLOP/s count every product, those with 0 too, which need not be computed: more than the peak can be right"
    ]
  }

  /// A case in a process of its own, so that its memory is its own.
  private func figures(_ name: String) throws -> Figures {
    let child = try Child(Child.program, ["--only", name])
    guard child.status == 0 else { throw Failure(message: "\(name) ended with \(child.status)") }
    var figures = try JSONDecoder().decode(Figures.self, from: Data(child.output.utf8))
    figures.memory = figures.memory ?? child.memory
    return figures
  }

  /// Tells how far it is.
  private func tell(_ text: String) {
    let line = Array("\(text)\n".utf8)
    write(2, line, line.count)
  }
}
