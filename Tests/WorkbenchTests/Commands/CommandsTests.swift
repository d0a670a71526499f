import Engine
import Foundation
import Grammar
import Pictures
import TestSupport
import Testing

@testable import Workbench

@Suite("The contract of every command")
struct CommandsTests {
  /// An example of help, with the topic that it stands under.
  struct Example: Sendable, CustomStringConvertible {
    let topic: Topic
    let line: String

    var description: String { "\(topic.what) \(topic.name): \(line)" }
  }

  static let examples = Topic.all.flatMap { topic in topic.examples.map { Example(topic: topic, line: $0) } }

  @Test("every example of help runs, and says in JSON what it did", arguments: examples)
  func exampleRuns(_ example: Example) throws {
    var bench = Bench(stage(for: example))
    if example.line.hasPrefix("show boundary") {
      bench = Bench()
      for line in ["load moons train=50 test=20", "add dense 4 tanh", "add dense 2 softmax"] { bench.run(line) }
    }
    if example.line.hasPrefix("redo") { bench.run("undo") }
    if example.line.contains("loss=hinge") { bench.run("add dense 10") }
    if example.line.hasPrefix("expect") { bench.run("evaluate") }
    try inFolder(of: &bench, example.line) { line, bench in
      let ran = bench.outcome(line)
      let outcome = try #require(ran)
      #expect(outcome.diagnostic == nil, "\(outcome.diagnostic?.message ?? "")")
      let json = try JSONSerialization.jsonObject(with: Data(outcome.json.text.utf8))
      #expect((json as? [String: Any])?["ok"] as? Bool == true)
      let name = Commands.outline(try Words(line).all)?.form.name ?? ""
      let schema = try #require(ResultSchema.result(of: name), "\(name) has a schema")
      if let result = (json as? [String: Any])?["result"], let mistake = Schema(schema).mistake(in: result) {
        Issue.record("\(line): \(mistake)")
      }
    }
  }

  /// Layers are added to the data alone, so that those for images fit; everything else finds a trained network.
  private func stage(for example: Example) -> Bench.Stage {
    if example.line.hasPrefix("add ") { return .loaded }
    // A network is kept only for data of the same shape.
    if example.line.hasPrefix("load "), !["model", "weights"].contains(where: example.line.contains) { return .empty }
    return example.line.hasPrefix("compile ") ? .built : .trained
  }

  private static let endings = [
    "sumi", "safetensors", "png", "csv", "npz", "json", "txt", "md", "html", "ipynb", "py", "onnx", "keras",
    "weights.h5",
  ]

  /// Files of the example are put into a folder of its own, those to be read made first.
  private func inFolder(
    of bench: inout Bench, _ line: String, _ body: (String, inout Bench) throws -> Void
  ) throws {
    let folder = try Folder()
    try folder.write("seed 1\n", to: "made.sumi")
    try folder.write(try Page([Paragraph("7")]).file(.png, theme: .light), to: "made.png")
    try folder.write("length,species\n" + (0..<10).map { "\($0),\($0 % 2)\n" }.joined(), to: "made.csv")
    if line.hasPrefix("load arrays") {
      var other = Bench(.loaded)
      other.run("save data \(folder["made.npz"])")
    }
    for name in ["cat", "dog"] {
      try FileManager.default.createDirectory(atPath: folder["pets/\(name)"], withIntermediateDirectories: true)
      for image in 0..<5 { try folder.write(try folder.bytes("made.png"), to: "pets/\(name)/\(image).png") }
    }
    let what = line.hasPrefix("load model") ? "model" : "weights"
    if bench.session.trainer != nil {
      bench.run("save \(what) \(folder["made.safetensors"])")
      if line.hasPrefix("load weights") {
        for ending in ["npz", "weights.h5"] { bench.run("save weights \(folder["made.\(ending)"])") }
      } else if line.hasPrefix("load model") {
        bench.run("save model \(folder["made.keras"])")
      }
    }
    if line.hasPrefix("resume") || line.hasPrefix("sessions ") {
      let keeper = try Keeper(home: folder)
      keeper.run("load digits train=16 test=16")
      keeper.run("sessions rename \(try #require(keeper.journal.title)) 2026-11-27-061500")
      keeper.journal.letGo()
      bench.environment = keeper.environment
      bench.journal = Journal(keeper.environment, isEager: true) { Issue.record("\($0)") }
    }
    if line.hasPrefix("runs") || line.hasPrefix("show runs") { enterRuns(into: folder, &bench) }
    let words = line.split(separator: " ").map { word in
      if word == "./pets" { return folder["pets"] }
      guard let ending = CommandsTests.endings.first(where: { word.hasSuffix(".\($0)") }) else { return String(word) }
      return folder[line.hasPrefix("save") || line.contains(">") ? String(word) : "made.\(ending)"]
    }
    try body(words.joined(separator: " "), &bench)
  }

  /// Gives the session a ledger with two fits.
  private func enterRuns(into folder: Folder, _ bench: inout Bench) {
    bench.environment = ["HOME": folder.path]
    bench.runner.observers = [LedgerObserver(bench.environment) { 0 }]
    for _ in 0..<2 { bench.run("fit 1 64") }
  }

  @Test("every word has an example, those aside whose data not everybody has")
  func examplesAreComplete() {
    #expect(Topic.all.filter { $0.examples.isEmpty && $0.what != "data set" }.map(\.name) == [])
  }

  @Test("every example of help reads back from the value that it makes", arguments: examples)
  func exampleReadsBack(_ example: Example) throws {
    let command = try #require(try Statement(example.line)).command
    let line = try #require(Commands.catalogue.line(command), "the form writes its own value")
    let again = try #require(try Statement(line)).command
    #expect(Commands.catalogue.line(again) == line, "\(line)")
  }

  @Test(
    "every value that a command can hold is written so that it reads back",
    arguments: [
      "fit 5 128 until=\"accuracy >= 0.9\" batches=3", "fit 3 validation=test patience=2 restore_best=yes",
      "fit 1 64 validation=0.25 stratified=yes shuffle=no class_weight=balanced",
      "expect \"val_loss > 0.5\"", "expect accuracy ≤ 1".replacing("≤", with: "<="), "save weights \"a b.safetensors\"",
      "save weights \"a=b.safetensors\"", "save weights 'say \"hi\".safetensors'",
      "save weights \"it's\"\"'.safetensors\"", "save weights 'it'\"'\"'s \"x\".safetensors'",
      "save weights '#1.safetensors'", "save weights '>x.safetensors'", "load digits train=5 test=7",
      "load \"a b.csv\" label=\"x y\" missing=mean decimal=, task=value ignore=p,q heading=no test=0.25",
      "load x.csv label=2 shape=28x28 scale=standard classes=3,7 test=t.csv", "load x.npy labels=y.npy task=class",
      "load ./pets/ size=64x48 colour=no",
      "load imdb words=500", "load moons noise=0.5 train=7", "fit 5 8 folds=4", "predict 0..99 test",
      "predict rows.csv 3", "save data x.npz force=yes", "show errors 5 true=3 predicted=5 order=worst",
      "predict 3 \"a b.png\" x.JPG", "show weights 2", "show activations 1 5 train", "set theme dark",
      "compile sgd lr=0.1 momentum=0.9 nesterov=yes loss=mse metrics=accuracy", "predict 3 1 4", "remove 2",
      "set threads 3",
      "add dense 5 l2=0.001 use_bias=no", "seed 18446744073709551615", "help show errors",
    ])
  func valuesReadBack(line: String) throws {
    let command = try #require(try Statement(line)).command
    let written = try #require(Commands.catalogue.line(command))
    let again = try #require(try Statement(written), "\(written)").command
    #expect("\(command)" == "\(again)", "\(written)")
  }

  /// A parameter that may be nothing, with a line of help that it can be added to.
  struct Absence: CustomStringConvertible {
    let key: String
    let nothing: String
    let line: String

    var description: String { "\(line), \(key)" }
  }

  static let absences = Topic.all.filter { ["command", "layer", "optimizer", "data set"].contains($0.what) }.flatMap {
    topic in
    topic.slots.compactMap { slot -> Absence? in
      guard let nothing = slot.initial, ["none", "auto"].contains(nothing), let example = topic.examples.first,
        !slot.choices.contains(where: { $0.word == nothing })
      else { return nil }
      let words = example.split(separator: " ").filter { !$0.hasPrefix("\(slot.name)=") }
      return Absence(key: slot.name, nothing: nothing, line: words.joined(separator: " "))
    }
  }

  @Test("nothing, and a text that is the word for it, are both written so that they read back", arguments: absences)
  func nothingReadsBack(_ absence: Absence) throws {
    let plain = try #require(try Statement(absence.line)).command
    let bare = try #require(try Statement("\(absence.line) \(absence.key)=\(absence.nothing)")).command
    #expect("\(bare)" == "\(plain)")
    #expect(Commands.catalogue.line(bare) == Commands.catalogue.line(plain))
    // A number or a name of a catalogue is never called so.
    let quoted = "\(absence.key)=\"\(absence.nothing)\""
    guard let named = try? Statement("\(absence.line) \(quoted)")?.command else { return }
    let written = try #require(Commands.catalogue.line(named))
    #expect("\(named)" != "\(plain)" && written.contains("\"\(absence.nothing)\""))
    #expect("\(try #require(try Statement(written)).command)" == "\(named)", "\(written)")
  }

  @Test func `all texts that may be nothing are among those`() {
    let texts = Self.absences.filter { (try? Statement("\($0.line) \($0.key)=\"\($0.nothing)\"")) != nil }.map(\.key)
    #expect(
      Swift.Set(texts)
        == ["label", "labels", "data", "optimizer", "network", "sort", "true", "predicted", "class", "name"])
  }

  @Test("the catalogue lists every file of Commands that declares a command")
  func catalogueIsComplete() throws {
    let listed = Commands.all.map { "\($0)" }
    let declared = try Declared.types(in: "Workbench/Commands", conformingTo: "Command")
    for name in declared where !listed.contains(name) { Issue.record("\(name) is missing in Commands.all") }
    for name in listed where !declared.contains(name) { Issue.record("\(name).swift declares no command") }
    #expect(declared.count == listed.count)
  }

  @Test("no two commands have the same name, and each has help and an example")
  func names() {
    let forms = Commands.catalogue.forms
    #expect(Swift.Set(forms.map(\.name)).count == forms.count)
    for form in forms {
      #expect(form.help.hasSuffix(".") && !form.help.hasSuffix(".."), "\(form.name)")
      #expect(!form.examples.isEmpty, "\(form.name)")
      #expect(form.slots.allSatisfy { !$0.help.isEmpty && !$0.expected.isEmpty }, "\(form.name)")
    }
  }

  @Test("a command that only inspects can be typed at any time: it returns or is refused, and undo does not notice")
  func inspecting() {
    for stage in Bench.Stage.allCases {
      for type in Commands.all where type.effect == .recorded {
        var bench = Bench(stage)
        let past = bench.session.past.count
        let weights = Footprint(bench.session).weights
        let example = Topic.all.first { $0.name == name(type) }?.examples.first ?? ""
        if !example.hasPrefix("save") { _ = bench.outcome(example) }
        #expect(bench.session.past.count == past)
        #expect(Footprint(bench.session).weights == weights)
      }
    }
  }

  private func name<Item: Command>(_ type: Item.Type) -> String { Item.form.name }
}
