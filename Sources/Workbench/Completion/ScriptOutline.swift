import Datasets
import Engine
import Grammar

extension Session {
  /// The state in which a script that has not been run stands after its lines, as far as completion needs it: the data
  /// set's shape and classes, the layers and what they are compiled with.
  ///
  /// Of a data set one example is loaded, nothing is trained, and no file is written; lines that cannot be understood
  /// or done are passed over.
  /// - Parameter lines: the commands before the one that is being typed.
  public init(outlining lines: [String], host: Host) {
    self.init(seed: Seed(0, isDrawn: false))
    for line in lines {
      guard let words = try? Words(line), !words.isEmpty, let command = try? Commands.read(words) else { continue }
      var draft = self
      guard (try? command.outline(&draft, host)) != nil else { continue }
      self = draft
    }
  }
}

extension Command {
  /// Does what the command does to shapes and choices, and nothing that takes long or leaves a trace.
  fileprivate func outline(_ draft: inout Session, _ host: Host) throws(Refusal) {
    switch self {
    case let load as Load:
      // Nothing is fetched for a list of words, and no file of a person's own is read through.
      guard load.source.files.isEmpty else { return }
      var host = host
      host.environment["SUMI_OFFLINE"] = "1"
      let few = Load(train: 1, test: .part(.count(1)), classes: load.classes, scale: load.scale, source: load.source)
      _ = try few.run(&draft, host)
    case is Add, is Remove, is Compile: _ = try run(&draft, host)
    default: break
    }
  }
}
