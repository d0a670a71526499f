import Grammar

/// All commands, in the order of help.
public enum Commands {
  public static let all: [any Command.Type] = [
    Load.self, DataFacts.self, ShowData.self, Add.self, Remove.self, Summary.self, Compile.self, Reset.self,
    SetSeed.self, Fit.self, Evaluate.self, Confusion.self, Report.self, ShowErrors.self, ShowExample.self,
    ShowCurves.self,
    ShowNetwork.self, ShowWeights.self, ShowActivations.self, Predict.self, Expect.self, Undo.self, Redo.self,
    Cells.self, SaveSession.self, SaveWeights.self,
    LoadWeights.self, Run.self, SetOption.self, Help.self, Quit.self,
  ]
  public static let catalogue = Catalogue("command", all.map { lift($0) })

  private static func lift<Item: Command>(_ type: Item.Type) -> Form<any Command> {
    Item.form.lifted({ $0 }, { $0 as? Item })
  }

  /// The command of a line: its name is one word, or two such as `show errors`.
  static func read(_ words: Words) throws(Misread) -> any Command {
    guard let first = words.all.first else {
      throw Misread("a command is missing before >", hint: "help", at: Span(start: 0, length: 1))
    }
    if words.all.count > 1 {
      let pair = Word("\(first.text) \(words.all[1].text)", at: first.span.union(words.all[1].span))
      if let form = catalogue[pair.text] {
        return try form.read(Arguments(head: pair, words: words.all.dropFirst(2), end: words.end))
      }
    }
    if let form = catalogue[first.text] {
      return try form.read(Arguments(head: first, words: words.all.dropFirst(), end: words.end))
    }
    throw unknown(first, words)
  }

  private static func unknown(_ first: Word, _ words: Words) -> Misread {
    let seconds = catalogue.forms.map(\.name).filter { $0.hasPrefix(first.text + " ") }.map {
      $0.dropFirst(first.text.count + 1)
    }
    guard !seconds.isEmpty else { return .noCommand(first, among: catalogue.forms.map(\.name)) }
    guard words.all.count > 1 else { return .incomplete(first, seconds, words.end) }
    return .noSecond(first, words.all[1], seconds.map(String.init))
  }
}

extension Misread {
  fileprivate static func noCommand(_ word: Word, among names: [String]) -> Misread {
    let firsts = names.map { String($0.prefix { $0 != " " }) }
    let near = Suggestion.nearest(to: word.text, among: firsts)
    return Misread(
      "no command is called \"\(word.text)\"" + (near.map { "; did you mean \($0)?" } ?? ""),
      hint: near == nil ? "help" : nil, at: word.span)
  }
  fileprivate static func incomplete(_ first: Word, _ seconds: [Substring], _ end: Span) -> Misread {
    Misread("\(first.text) what? expected \(seconds.joined(separator: ", "))", at: end)
  }
  fileprivate static func noSecond(_ first: Word, _ second: Word, _ seconds: [String]) -> Misread {
    let near = Suggestion.nearest(to: second.text, among: seconds)
    return Misread(
      "\(first.text) has no \"\(second.text)\"; "
        + (near.map { "did you mean \(first.text) \($0)?" } ?? "expected \(seconds.joined(separator: ", "))"),
      at: second.span)
  }
}
