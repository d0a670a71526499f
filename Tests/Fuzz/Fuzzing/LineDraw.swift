import Datasets
import Engine
import Grammar
import Workbench

/// Draws lines from the forms of the commands themselves, so that a new command or layer needs no word here.
struct LineDraw {
  /// Catalogues whose names may stand in a value, with words of their own.
  private static let nested: [String: [Outline]] = [
    Activations.catalogue.domain.name: Activations.catalogue.forms.map(\.outline),
    Initializers.catalogue.domain.name: Initializers.catalogue.forms.map(\.outline),
    Losses.catalogue.domain.name: Losses.catalogue.forms.map(\.outline),
    Metrics.catalogue.domain.name: Metrics.catalogue.forms.map(\.outline),
    Schedules.catalogue.domain.name: Schedules.catalogue.forms.map(\.outline),
  ]
  private static let examples = Commands.catalogue.forms.flatMap(\.examples)
    + Layers.catalogue.forms.flatMap(\.examples) + Optimizers.catalogue.forms.flatMap(\.examples)

  let files: [String]
  /// One value in so many is at an extreme.
  let wildness: Int
  var random: Random

  /// The next line of a session.
  mutating func line(for session: Session) -> String {
    let line = anyLine(for: session)
    // To draw sixty thousand digits takes longer than a thousand sessions.
    return line.contains("load") && line.contains("digits") && !random.isOnce(in: 300) ? fewDigits(line) : line
  }

  private mutating func anyLine(for session: Session) -> String {
    switch random.below(20) {
    case 0..<7: return next(session)
    case 7..<16: return drawn(session)
    case 16: return completed(session)
    case 17: return LineDraw.tamed(random.pick(LineDraw.examples))
    case 18: return mutated(drawn(session))
    default: return mutated(LineDraw.tamed(random.pick(LineDraw.examples)))
    }
  }

  /// What somebody would naturally type, with numbers that a moment is enough for.
  private mutating func next(_ session: Session) -> String {
    guard let line = session.nextLine else { return drawn(session) }
    if line.hasPrefix("add dense 512"), !random.isOnce(in: 3) { return drawn("add", session) }
    return LineDraw.tamed(line)
  }

  private mutating func drawn(_ session: Session) -> String {
    for _ in 0..<8 {
      let command = random.pick(Commands.all)
      if random.isOnce(in: 10) || command.canRun(on: session) { return drawn(Commands.name(command), session) }
    }
    return "load digits"
  }

  private mutating func drawn(_ command: String, _ session: Session) -> String {
    guard let form = Commands.catalogue[command] else { return command }
    var line = ([form.name] + words(form.outline)).joined(separator: " ")
    if random.isOnce(in: 12) { line += " > " + ArgumentType<String>.quote(result()) }
    return random.isOnce(in: 40) ? line + " # " + random.pick(Extremes.texts) : line
  }

  private mutating func result() -> String {
    let slow = random.isOnce(in: 6) ? ["png", "pdf", "html", "svg"] : []
    return "o." + random.pick(["txt", "csv", "json", "md"] + slow)
  }

  /// Words of a form's parameters, those that may be left out now and then.
  private mutating func words(_ outline: Outline) -> [String] {
    var (plain, named) = ([String](), [String]())
    for slot in outline.slots {
      let isGiven = slot.isRequired || random.isOnce(in: slot.place == .named ? 4 : 2)
      guard isGiven, !random.isOnce(in: 60) else { continue }
      switch slot.place {
      case .named: named.append("\(random.pick(slot.keys))=\(value(slot))")
      case .rest: for _ in 0...random.below(3) { plain.append(value(slot)) }
      case .nested:
        guard !slot.forms.isEmpty else { continue }
        let form = random.pick(slot.forms)
        let inner = words(form)
        plain += [form.name] + inner.filter { !$0.contains("=") }
        named += inner.filter { $0.contains("=") }
      case .positional:
        if named.isEmpty, !random.isOnce(in: 8) { plain.append(value(slot)) } else {
          named.append("\(random.pick(slot.keys))=\(value(slot))")
        }
      }
    }
    return plain + named
  }

  private mutating func value(_ slot: ParameterInfo) -> String {
    if random.isOnce(in: wildness) { return extreme() }
    if slot.isList, random.isOnce(in: 2) { return [one(slot), one(slot)].joined(separator: ",") }
    return one(slot)
  }

  private mutating func one(_ slot: ParameterInfo) -> String {
    if let forms = slot.domain.flatMap({ LineDraw.nested[$0.name] }), random.isOnce(in: 2) {
      let form = random.pick(forms)
      let inner = words(form)
      return inner.isEmpty ? form.name : ArgumentType<String>.quote(([form.name] + inner).joined(separator: " "))
    }
    if !slot.choices.isEmpty, !random.isOnce(in: 12) { return random.pick(slot.choices).word }
    if slot.expected.contains("file") { return ArgumentType<String>.quote(file(slot)) }
    if slot.expected.contains("number") || slot.expected.contains("share") { return number(slot) }
    return random.pick(["accuracy>0.5", "loss<=3", "0,1", "layers", "help", "1"])
  }

  private mutating func number(_ slot: ParameterInfo) -> String {
    let isWhole = slot.expected.contains("whole") || slot.expected.contains("layer")
    if let initial = slot.initial, random.isOnce(in: 3) { return initial }
    return isWhole
      ? random.pick(["1", "2", "3", "4", "5", "8", "10", "10", "16", "28", "2x3", "3x1"])
      : random.pick(["0", "0.1", "0.25", "0.5", "0.9", "1", "2", "1e-3", "10", "-0.5"])
  }

  private mutating func file(_ slot: ParameterInfo) -> String {
    let ending = slot.domain.map { ["script": ".sumi", "weights": ".safetensors"][$0.name] ?? "" } ?? ""
    let fitting = (files + Workplace.outputs).filter { $0.hasSuffix(ending) }
    return random.pick(random.isOnce(in: 5) || fitting.isEmpty ? files + Workplace.outputs : fitting)
  }

  private mutating func extreme() -> String {
    switch random.below(8) {
    case 0..<5: random.pick(Extremes.numbers)
    case 5, 6: random.pick(Extremes.texts)
    default: Extremes.long(random.pick(Extremes.texts + ["x", "9", "1,"]), 1 + random.below(3000))
    }
  }

  /// Word by word, from what completion offers.
  private mutating func completed(_ session: Session) -> String {
    var line = ""
    for _ in 0...random.below(5) {
      let completion = Completion(of: line, in: session)
      guard !completion.candidates.isEmpty else { return line + (random.isOnce(in: 2) ? "3" : "") }
      line = String(line.prefix(completion.start)) + random.pick(completion.candidates).word
      if !line.hasSuffix("="), !line.hasSuffix(" ") { line += " " }
    }
    return line
  }

  /// With a few characters changed.
  private mutating func mutated(_ line: String) -> String {
    var characters = Array(line)
    for _ in 0...random.below(3) {
      let place = random.below(characters.count + 1)
      switch random.below(5) {
      case 0 where place < characters.count: characters.remove(at: place)
      case 1 where place < characters.count: characters[place] = Character(Unicode.Scalar(UInt8(random.below(128))))
      case 2: characters = Array(characters.prefix(place))
      case 3: characters.insert(contentsOf: characters.suffix(random.below(12)), at: place)
      default: characters.insert(contentsOf: random.pick(Extremes.texts + Extremes.numbers), at: place)
      }
    }
    return String(characters)
  }

  /// With small numbers in the place of large ones, so that the line takes no time.
  static func tamed(_ line: String) -> String {
    line.split(separator: " ").map { word in
      guard let number = Int(word), number > 28 else { return String(word) }
      return String(number % 29 + 1)
    }.joined(separator: " ")
  }

  private mutating func fewDigits(_ line: String) -> String {
    var line = line
    for key in ["train=", "test="] {
      guard let value = line.firstRange(of: key) else {
        line += " \(key)\(2 + random.below(12))"
        continue
      }
      let number = line[value.upperBound...].prefix { !$0.isWhitespace }
      if Int(number).map({ $0 > 100 }) == true { line.replaceSubrange(value.upperBound..<number.endIndex, with: "9") }
    }
    return line
  }
}
