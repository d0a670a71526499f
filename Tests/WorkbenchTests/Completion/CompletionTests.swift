import Foundation
import TestSupport
import Testing

@testable import Workbench

@Suite("Completion")
struct CompletionTests {
  private func words(_ line: String, _ bench: Bench, environment: [String: String] = [:]) -> [String] {
    Completion(of: line, in: bench.session, environment: environment).candidates.map(\.word)
  }

  @Test("at the beginning stand the commands that can do something now, each once")
  func commands() {
    let empty = words("", Bench())
    #expect(empty.contains("load") && empty.contains("help") && empty.contains("set"))
    #expect(!empty.contains("add") && !empty.contains("fit") && !empty.contains("undo") && !empty.contains("show"))
    #expect(words("", Bench(.compiled)).contains("fit"))
    #expect(Set(empty).count == empty.count)
    #expect(words("sh", Bench(.loaded)) == ["show"])
  }

  @Test("the second words of commands come with their help")
  func seconds() {
    #expect(words("show ", Bench(.loaded)) == ["data", "example"])
    #expect(Set(words("show ", Bench(.trained))).isSuperset(of: ["data", "errors", "example", "curves"]))
    let first = Completion(of: "show e", in: Bench(.trained).session).candidates.first
    #expect(first?.help.isEmpty == false)
    #expect(words("load w", Bench(.built)) == ["weights"])
  }

  @Test("layers are offered where the shape allows them")
  func layers() {
    let bench = Bench(.built)
    #expect(Set(words("add ", Bench(.loaded))).isSuperset(of: ["dense", "conv2d", "flatten", "reshape"]))
    let built = words("add ", bench)
    #expect(built.contains("dense") && built.contains("dropout"))
    #expect(!built.contains("conv2d") && !built.contains("maxpool2d"))
    #expect(words("add dense 10 soft", bench) == ["softmax", "softplus", "softsign"])
    #expect(words("add dense 10 relu k", bench) == ["kernel_initializer="])
    #expect(words("add dense 10 relu kernel_initializer=he", bench) == ["he_uniform", "he_normal"])
    #expect(words("add dense 10 relu use_bias=", bench) == ["yes", "no"])
  }

  @Test("a word that only the person knows is awaited by its name")
  func awaited() {
    #expect(Completion(of: "add dense ", in: Bench(.loaded).session).awaited?.name == "units")
    #expect(Completion(of: "fit ", in: Bench(.compiled).session).awaited?.name == "epochs")
    #expect(Completion(of: "add dense 5", in: Bench(.loaded).session).awaited == nil)
    #expect(Completion(of: "add dense 5 use_bias=", in: Bench(.loaded).session).awaited == nil)
  }

  @Test("losses and metrics are those that the last layer allows, and a list goes on behind its comma")
  func compile() {
    let bench = Bench(.built)
    #expect(words("compile rmsprop loss=cat", bench) == ["categorical_crossentropy", "categorical_hinge"])
    #expect(words("compile ", Bench(.loaded)).isEmpty || !words("", Bench(.loaded)).contains("compile"))
    #expect(words("compile rmsprop metrics=accuracy,to", bench) == ["accuracy,top_k_accuracy"])
    #expect(!words("compile rmsprop metrics=accuracy,", bench).contains("accuracy,accuracy"))
    #expect(words("compile rmsprop l", bench) == ["loss=", "lr="])
    #expect(!words("compile rmsprop lr=0.1 l", bench).contains("lr="))
  }

  @Test("figures, layer numbers, classes and topics are those of this session")
  func state() {
    let bench = Bench(.trained)
    #expect(words("expect ", bench) == ["loss", "accuracy"])
    #expect(words("expect ", Bench(.compiled)).isEmpty)
    #expect(words("remove ", bench) == ["last", "all", "1", "2"])
    #expect(words("show errors true=", bench) == (0...9).map(String.init))
    #expect(words("fit 3 until=acc", bench) == ["accuracy>="])
    #expect(words("fit 3 validation=0.1 until=val_l", bench) == ["val_loss>="])
    #expect(words("help rms", bench) == ["rmsprop"])
    #expect(words("help show e", bench) == ["errors", "example"])
    #expect(words("set prompt ", bench) == ["full", "short"])
  }

  @Test("data sets are offered where their files are")
  func dataSets() throws {
    let drawn = ["digits", "spirals", "moons", "circles", "xor", "blobs", "sine"]
    #expect(words("load ", Bench()) == ["model"] + drawn)
    let folder = try Folder()
    try FileManager.default.createDirectory(atPath: folder["mnist"], withIntermediateDirectories: true)
    try folder.write("", to: "mnist/train-images-idx3-ubyte")
    #expect(words("load ", Bench(), environment: ["SUMI_DATA": folder.path]) == ["model", "mnist"] + drawn)
    // What can be fetched is offered where it can be kept, and not offline.
    #expect(words("load im", Bench(), environment: ["HOME": folder.path]) == ["imdb"])
    #expect(words("load im", Bench(), environment: ["HOME": folder.path, "SUMI_OFFLINE": "1"]) == [])
  }

  @Test("files come with their folders, in quotes where it needs them")
  func files() throws {
    let folder = try Folder()
    for name in ["one.sumi", "two words.sumi", "other.txt", ".hidden.sumi", "bad\u{1b}[31m.sumi"] {
      try folder.write("", to: name)
    }
    let found = Completion(of: "run \(folder.path)/", in: Bench().session).candidates
    #expect(found.map(\.shown) == ["bad\\u{1b}[31m.sumi", "one.sumi", "two words.sumi"])
    #expect(found.last?.word == "\"\(folder.path)/two words.sumi\"")
    #expect(words("run \"\(folder.path)/tw", Bench()) == ["\"\(folder.path)/two words.sumi\""])
    #expect(words("data > \(folder.path)/ot", Bench(.loaded)) == ["\(folder.path)/other.txt"])
    #expect(words("run \(folder.path)/ot", Bench()).isEmpty)
  }

  @Test(
    "nothing is offered in comments, behind mistakes and in endless lines",
    arguments: [
      "# lo", "foo ", "add dnse ", "fit 3 foo=", "fit 3 batch=3 batch=", "data ", "quit ",
    ])
  func nothing(line: String) {
    #expect(words(line, Bench(.trained)).isEmpty)
    #expect(words(String(repeating: "x", count: 100_000), Bench()).isEmpty)
  }

  @Test("nothing is offered that would be refused", arguments: Bench.Stage.allCases)
  func accepted(stage: Bench.Stage) throws {
    let bench = Bench(stage)
    for first in words("", bench) where !["run", "save", "edit", "quit", "load"].contains(first) {
      let seconds = Commands.choices(behind: first).map(\.word)
      let offered = words("\(first) ", bench).filter(seconds.contains).map { "\(first) \($0)" }
      for name in seconds.isEmpty ? [first] : offered {
        var trial = bench
        if name == "add" || name == "compile" { continue }
        let example = try #require(Commands.catalogue[name]?.examples.first)
        #expect(trial.outcome(example)?.diagnostic == nil, "\(example)")
      }
    }
    for command in ["add", "compile", "remove", "set"] where words("", bench).contains(command) {
      for word in words("\(command) ", bench) where !word.hasSuffix("=") { try tryOut("\(command) ", word, bench) }
    }
    for value in words("compile rmsprop loss=", bench) {
      var trial = bench
      #expect(trial.outcome("compile rmsprop loss=\(value)")?.diagnostic == nil, "\(value)")
    }
    for value in words("compile rmsprop metrics=", bench) {
      var trial = bench
      #expect(trial.outcome("compile rmsprop metrics=\(value)")?.diagnostic == nil, "\(value)")
    }
  }

  /// A word with what its own form wants behind it, which one of its examples has.
  private func tryOut(_ line: String, _ word: String, _ bench: Bench) throws {
    let examples = Topic.all.filter { $0.name == word }.flatMap(\.examples).filter { $0.hasPrefix(line) }
    // What depends on the shape, as reshape does, takes all numbers there are in a row.
    let numbers = bench.session.network.map { "\($0.output.count)" } ?? ""
    let lines = examples + ["\(line)\(word)", "\(line)\(word) \(numbers)"]
    #expect(
      lines.contains { line in
        var trial = bench
        return trial.outcome(line)?.diagnostic == nil
      }, "\(line)\(word)")
  }

  @Test("what all candidates have in common")
  func common() {
    #expect(Completion(of: "add dense 10 so", in: Bench(.loaded).session).common == "soft")
    #expect(Completion(of: "compile ada", in: Bench(.built).session).common == "ada")
  }

  @Test func `a script that has not been run completes by its shapes`() {
    let script = ["seed 7", "load digits", "add conv2d 8 3 relu", "fit 10", "what", "save weights never.safetensors"]
    let session = Session(outlining: script, host: Bench().host())
    let layers = Completion(of: "add ", in: session).candidates.map(\.word)
    #expect(layers.contains("maxpool2d") && layers.contains("flatten") && !layers.contains("dense"))
    #expect(session.history.isEmpty && session.dataset?.train.count == 1)
    let whole = Session(
      outlining: script + ["add flatten", "add dense 10 softmax", "compile sgd"], host: Bench().host())
    #expect(words("f", whole) == ["fit"])
    #expect(words("compile rmsprop loss=cat", whole) == ["categorical_crossentropy", "categorical_hinge"])
    #expect(words("compile optimizer=rms", whole) == ["rmsprop"])
  }

  @Test func `what a layer accepts follows from the shape, not from the examples of help`() {
    var bench = Bench(.loaded)
    for line in ["add reshape 28 28 1", "add conv2d 1 27"] { bench.run(line) }
    // 2×2 pixels are left, which the examples' kernels of 3 do not fit into.
    let layers = words("add ", bench)
    #expect(layers.contains("conv2d") && layers.contains("maxpool2d") && layers.contains("reshape"))
  }

  private func words(_ line: String, _ session: Session) -> [String] {
    Completion(of: line, in: session).candidates.map(\.word)
  }
}
