import Grammar

/// All commands, in the order of help.
public enum Commands {
  public static let all: [any Command.Type] = [
    Load.self, DataFacts.self, ShowData.self, Add.self, Remove.self, Summary.self, Compile.self, Reset.self,
    SetSeed.self, Fit.self, Compare.self, Evaluate.self, Confusion.self, Report.self, ShowErrors.self,
    ShowExample.self, ShowCurves.self, ShowNetwork.self, ShowWeights.self, ShowActivations.self, ShowBoundary.self,
    Predict.self, Expect.self, Runs.self, ShowRuns.self, Undo.self, Redo.self, New.self, Cells.self,
    Sessions.self, Resume.self, ResumeSession.self, RenameSession.self, RemoveSession.self,
    SaveSession.self, SaveData.self, SaveModel.self, LoadModel.self, SaveWeights.self, LoadWeights.self,
    Edit.self, Run.self, SetOption.self, ListSettings.self,
    Help.self, Quit.self,
  ]
  public static let catalogue = Catalogue("command", all.map { lift($0) })

  private static func lift<Item: Command>(_ type: Item.Type) -> Form<any Command> {
    Item.form.lifted({ $0 }, { $0 as? Item })
  }

  /// The first words of all commands, or the second ones after a first.
  static func choices(behind first: String?) -> [Choice] {
    var choices: [Choice] = []
    for form in catalogue.forms {
      let parts = form.name.split(separator: " ").map(String.init)
      guard let first else {
        let isGroup = parts.count > 1
        let known = choices.firstIndex { $0.word == parts[0] }
        if known == nil { choices.append(Choice(parts[0], help: isGroup ? group(parts[0]) : form.help)) }
        continue
      }
      if parts.count > 1, parts[0] == first { choices.append(Choice(parts[1], help: form.help)) }
    }
    return choices
  }

  /// `data, errors, example …`: what follows a first word that is no command alone.
  private static func group(_ first: String) -> String {
    choices(behind: first).map(\.word).joined(separator: ", ")
  }

  /// The form of the command that these words begin with, and how many of them name it.
  static func outline(_ words: [Word]) -> (form: Outline, used: Int)? {
    for used in [2, 1] where words.count >= used {
      let name = words.prefix(used).map(\.plain).joined(separator: " ")
      if let form = catalogue[name] { return (form.outline, used) }
    }
    return nil
  }

  package static func name(_ type: any Command.Type) -> String { name(of: type) }

  private static func name<Item: Command>(of type: Item.Type) -> String { Item.form.name }

  /// The command of a line: its name is one word, or two such as `show errors`.
  static func read(_ words: Words) throws(Misread) -> any Command {
    guard let first = words.all.first else {
      throw Misread("a command is missing before >", hint: "help", at: Span(start: 0, length: 1))
    }
    if let names = ListSettings.asked(words) { return ListSettings(name: names.first) }
    if words.all.count > 1 {
      let pair = Word("\(first.plain) \(words.all[1].plain)", at: first.span.union(words.all[1].span))
      if let form = catalogue[pair.text] {
        return try form.read(Arguments(head: pair, words: words.all.dropFirst(2), end: words.end))
      }
    }
    if let form = catalogue[first.plain] {
      return try form.read(Arguments(head: first, words: words.all.dropFirst(), end: words.end))
    }
    throw unknown(first, words)
  }

  private static func unknown(_ first: Word, _ words: Words) -> Misread {
    let seconds = catalogue.forms.map(\.name).filter { $0.hasPrefix(first.plain + " ") }.map {
      $0.dropFirst(first.plain.count + 1)
    }
    guard !seconds.isEmpty else { return .noCommand(first, among: catalogue.forms.map(\.name)) }
    guard words.all.count > 1 else { return .incomplete(first, seconds, words.end) }
    return .noSecond(first, words.all[1], seconds.map(String.init))
  }
}

extension Misread {
  fileprivate static func noCommand(_ word: Word, among names: [String]) -> Misread {
    let firsts = names.map { String($0.prefix { $0 != " " }) }
    let near = Suggestion.nearest(to: word.plain, among: firsts)
    return Misread(
      "no command is called \"\(word.text)\"" + (near.map { "; did you mean \($0)?" } ?? ""),
      hint: near == nil ? "help" : nil, meant: near, at: word.span)
  }
  fileprivate static func incomplete(_ first: Word, _ seconds: [Substring], _ end: Span) -> Misread {
    Misread("\(first.text) what? expected \(seconds.joined(separator: ", "))", at: end)
  }
  fileprivate static func noSecond(_ first: Word, _ second: Word, _ seconds: [String]) -> Misread {
    let near = Suggestion.nearest(to: second.text, among: seconds)
    return Misread(
      "\(first.text) has no \"\(second.text)\"; "
        + (near.map { "did you mean \(first.text) \($0)?" } ?? "expected \(seconds.joined(separator: ", "))"),
      meant: near, at: second.span)
  }
}
