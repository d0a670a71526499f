import Datasets
import Engine
import Files
import Grammar

/// The words that a session has for each place of a line; none that would be refused there.
struct Vocabulary {
  let session: Session
  let environment: [String: String]
  private var paths: PathResolver { PathResolver(environment: environment) }

  /// What may stand at a place, with what is typed of it at its beginning.
  func candidates(at place: Completion.Place, _ half: HalfLine) -> [Candidate] {
    if place.isFile { return FileNames.candidates(place.typed, endings: ResultFile.endings, paths) }
    let commands = place.commands.filter { canRun($0.word, behind: half.words.first?.text) }
    let values = place.slot.map { self.values(of: $0, place.typed, half) } ?? []
    let keys = place.keys.map { Candidate(($0.alias ?? $0.name) + "=", help: $0.help, isWhole: false) }
    return commands.map { Candidate($0.word, help: $0.help) }.matching(place.typed) + values
      + keys.matching(place.typed)
  }

  private func canRun(_ word: String, behind first: String?) -> Bool {
    let name = first.map { "\($0) \(word)" } ?? word
    return Commands.all.contains { type in
      let own = Commands.name(type)
      return (own == name || (first == nil && own.hasPrefix(name + " "))) && type.canRun(on: session)
        && type.canRun(in: environment)
    }
  }

  /// The values of a parameter, the last one of a list.
  private func values(of slot: ParameterInfo, _ typed: String, _ half: HalfLine) -> [Candidate] {
    let words = words(for: slot, typed, half)
    guard slot.isList, let comma = typed.lastIndex(of: ",") else { return words.matching(typed) }
    let before = typed[...comma]
    let taken = before.split(separator: ",")
    return words.filter { !taken.contains(Substring($0.word)) }
      .map { Candidate(before + $0.word, shown: $0.word, help: $0.help, isWhole: $0.isWhole) }.matching(typed)
  }

  private func words(for slot: ParameterInfo, _ typed: String, _ half: HalfLine) -> [Candidate] {
    let choices = slot.choices.filter { slot.place == .nested || !$0.needsMore }
      .filter { fits($0.word, slot.domain) }.map { Candidate($0.word, help: $0.help) }
    guard let domain = slot.domain else { return choices }
    return choices + more(domain, typed, half)
  }

  /// Whether a name of a catalogue would be accepted in this state.
  private func fits(_ word: String, _ domain: Domain?) -> Bool {
    switch domain {
    case Layers.catalogue.domain: session.takes(layer: word)
    case Losses.catalogue.domain: session.takes(loss: Losses.catalogue[word]?.plain, metrics: [])
    case Metrics.catalogue.domain:
      Metrics.catalogue[word]?.plain.map { session.takes(loss: nil, metrics: [$0]) } ?? false
    case DataSources.catalogue.domain: DataSources.catalogue[word]?.plain?.isFound(in: environment) ?? false
    default: true
    }
  }

  /// Words that are in no catalogue.
  private func more(_ domain: Domain, _ typed: String, _ half: HalfLine) -> [Candidate] {
    switch domain {
    case DataSources.catalogue.domain:
      typed.isEmpty ? [] : FileNames.candidates(typed, endings: ["csv", "tsv", "npz", "npy"], paths)
    case .files: FileNames.candidates(typed, endings: [], paths)
    case .scripts: FileNames.candidates(typed, endings: ["sumi"], paths)
    case .weights: FileNames.candidates(typed, endings: ["safetensors", "keras", "h5", "onnx", "npz"], paths)
    case .sessions:
      KeptSessions(environment).all().reversed().map {
        Candidate(ArgumentType<String>.quote($0.title), help: $0.status?.data ?? $0.state.text)
      }
    case .labels: session.dataset?.classes.map { Candidate($0, help: "class") } ?? []
    case .layers: session.layerCandidates
    case .measured:
      half.words.count > 1 ? [] : session.measured.map { Candidate($0.name, help: "now \(figureText($0.value))") }
    case .trained:
      session.figures(isValidated: half.isValidated)
        .map { Candidate($0 + ">=", help: "stop when it is reached", isWhole: false) }
    case .topics: Topic.words(behind: half.words.dropFirst().map(\.text)).map { Candidate($0.word, help: $0.help) }
    default: []
    }
  }
}

extension HalfLine {
  /// Whether the line of a `fit` asks for validation.
  fileprivate var isValidated: Bool {
    words.contains { $0.text.hasPrefix("validation=") && $0.text != "validation=0" }
  }
}

extension [Candidate] {
  /// Those that begin with what was typed; each word once.
  func matching(_ typed: String) -> [Candidate] {
    var seen: Set<String> = []
    return filter { Candidate.begins($0.word, with: typed) && seen.insert($0.word).inserted }
  }
}

extension Candidate {
  /// A quote before the word does not count.
  fileprivate static func begins(_ word: String, with typed: String) -> Bool {
    word.hasPrefix(typed) || word.drop { "\"'".contains($0) }.hasPrefix(typed)
  }
}
