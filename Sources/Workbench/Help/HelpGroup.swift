import Datasets
import Engine
import Grammar

/// Commands and names that belong together, for `help data`, `help train` and the like.
struct HelpGroup: Sendable {
  let name: String
  /// What it holds, in a few words.
  let title: String
  /// Names of commands, in the order in which they are used.
  private let commands: [String]
  /// What its other members are: `layer`.
  private let kind: String?

  private init(_ name: String, _ title: String, commands: [String] = [], kind: String? = nil) {
    (self.name, self.title, self.commands, self.kind) = (name, title, commands, kind)
  }

  private static let purposes = [
    HelpGroup(
      "data", "data sets, and what is in them", commands: ["load", "data", "show data", "show example", "save data"],
      kind: "data set"),
    HelpGroup(
      "model", "building a network", commands: ["add", "remove", "summary", "show network", "compile", "reset"]),
    HelpGroup(
      "train", "training", commands: ["seed", "compile", "fit", "compare", "show curves", "runs", "show runs"],
      kind: "optimizer"),
    HelpGroup(
      "results", "what the network has learnt",
      commands: [
        "evaluate", "confusion", "report", "show errors", "show example", "show curves", "show weights",
        "show activations", "show boundary", "predict", "expect",
      ]),
  ]

  /// Everything that serves no other purpose, so that every command is somewhere.
  private static let session = HelpGroup(
    "session", "the session, files and the program",
    commands: Commands.catalogue.forms.map(\.name).filter { name in
      !purposes.contains { $0.commands.contains(name) }
    })

  private static let catalogues = [
    HelpGroup("layers", "what add adds", kind: Layers.catalogue.what),
    HelpGroup("activations", "what follows a layer's sums", kind: Activations.catalogue.what),
    HelpGroup("initializers", "what weights are at first", kind: Initializers.catalogue.what),
    HelpGroup("optimizers", "how weights are changed", kind: Optimizers.catalogue.what),
    HelpGroup("losses", "what training makes small", kind: Losses.catalogue.what),
    HelpGroup("metrics", "what a network is judged by", kind: Metrics.catalogue.what),
    HelpGroup("schedules", "how the learning rate changes", kind: Schedules.catalogue.what),
    HelpGroup("settings", "what set chooses", kind: SettingCatalogue.catalogue.what),
  ]

  /// Groups of commands by purpose.
  static let byPurpose = purposes + [session, HelpGroup("ideas", "what the words mean", kind: Idea.what)]
  static let all = byPurpose + catalogues

  /// The group's topics: its commands, then the names of its kind.
  var topics: [Topic] {
    commands.compactMap { name in Topic.all.first { $0.what == Commands.catalogue.what && $0.name == name } }
      + (kind.map { kind in Topic.all.filter { $0.what == kind } } ?? [])
  }
}
