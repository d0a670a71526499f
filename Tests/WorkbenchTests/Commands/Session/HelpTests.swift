import Testing

@testable import Workbench

@Suite("help")
struct HelpTests {
  @Test("a parameter and the ending of a file lead to what has them", arguments: [
    ("missing", "FILE.csv", "  missing  "), ("folds", "fit", "  folds  "), ("min_delta", "reduce_on_plateau", "  min_delta  "),
    ("csv", "A table of your own", "parameters"), ("NPZ", "Arrays of your own", "parameters"),
  ])
  func parameters(word: String, topic: String, says: String) throws {
    var bench = Bench(.empty)
    let text = try bench.told("help \(word)").text
    #expect(text.contains(topic) && text.contains(says), "\(text)")
  }

  @Test("it opens with five lines to try, which run one after the other")
  func opening() throws {
    var bench = Bench()
    let text = try #require(bench.outcome("help")?.text)
    let lines = text.split(separator: "\n").dropFirst().prefix(5).map { String($0.drop { $0 == " " }) }
    #expect(text.hasPrefix("Try these, one after the other:\n"))
    #expect(lines.last?.hasPrefix("fit") == true)
    for line in lines { bench.run(line.replacing("load digits", with: "load digits train=300 test=100")) }
    #expect(bench.session.history.count == 3)
  }

  @Test(
    "a topic tells purpose, parameters with range and default, formula, source and examples",
    arguments: [
      ("fit", ["Trains the network", "a whole number, 1 or more, default 32", "fit 2 128"]),
      (
        "rmsprop",
        [
          "Divides each step", "a number from 0 to 1, default 0.9", "w −= η·g / √(v + ε)", "Hinton 2012",
          "compile rmsprop",
        ]
      ),
      ("softmax", ["probabilities", "exp(xᵢ)", "Bridle 1990", "add dense 10 softmax"]),
    ])
  func topic(name: String, parts: [String]) throws {
    var bench = Bench()
    let text = try #require(bench.outcome("help \(name)")?.text)
    for part in parts { #expect(text.contains(part), "\(part)") }
  }

  @Test("every layer, activation, optimizer, loss, metric, schedule and initializer names its source")
  func sources() {
    let kinds = ["layer", "activation", "optimizer", "loss", "metric", "schedule", "initializer"]
    for topic in Topic.all where kinds.contains(topic.what) { #expect(topic.source != nil, "\(topic.name)") }
  }

  @Test("help keys tells the keys that the prompt has")
  func keys() throws {
    var bench = Bench()
    bench.runner.host.keys = [KeyHelp("Ctrl-R", "searches")]
    #expect(bench.runner.run("help keys")?.text.contains("Ctrl-R  searches") == true)
  }

  @Test func `it is ten lines, none wider than a terminal`() throws {
    var bench = Bench()
    let lines = try #require(bench.outcome("help")?.text).split(separator: "\n")
    #expect(lines.count == 10 && lines.allSatisfy { $0.count <= 80 }, "\(lines)")
  }

  @Test func `every command and every name is reached by a group that help names`() throws {
    var bench = Bench()
    let overview = try #require(bench.outcome("help")?.text)
    var reached: Set<String> = []
    for group in HelpGroup.all {
      #expect(overview.contains(group.name) && !group.topics.isEmpty)
      let text = try #require(bench.outcome("help \(group.name)")?.text)
      for topic in group.topics { #expect(text.contains(topic.name)) }
      reached.formUnion(group.topics.map(\.name))
    }
    #expect(reached.isSuperset(of: Topic.all.map(\.name)))
    let everything = try #require(bench.outcome("help all")?.text)
    for topic in Topic.all { #expect(everything.contains(topic.name)) }
  }

  @Test func `help data tells of the group and of the command`() throws {
    var bench = Bench()
    let text = try #require(bench.outcome("help data")?.text)
    #expect(text.hasPrefix("data: ") && text.contains("Tells what is loaded: shapes"))
  }

  @Test func `behind a command's name stands what it is given, as on a line`() throws {
    var bench = Bench(.trained)
    for (line, name) in [("add dense", "dense"), ("compile rmsprop", "rmsprop"), ("load mnist", "mnist")] {
      #expect(try bench.told("help \(line)").text == bench.told("help \(name)").text)
    }
    for line in ["add nothing", "nothing dense", "add dense 5"] { _ = try bench.refuse("help \(line)") }
  }
}
