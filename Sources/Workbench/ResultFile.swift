import Grammar
import Pictures

/// The file behind `>`, whose ending chooses the form.
struct ResultFile {
  /// What a result can be written as.
  enum Ending: String, CaseIterable {
    case txt, csv, json, md, html
  }

  /// The endings, without the dot.
  static let endings = Ending.allCases.map(\.rawValue)

  let path: String
  private let ending: Ending

  /// - Throws: `Misread` when the name does not end in one of the endings.
  init(_ word: Word) throws(Misread) {
    let parts = word.text.split(separator: "/").last?.split(separator: ".", omittingEmptySubsequences: false) ?? []
    guard parts.count > 1, let ending = parts.last.flatMap({ Ending(rawValue: String($0)) }) else {
      throw .unknownEnding(word)
    }
    path = word.text
    self.ending = ending
  }

  /// Finds out before the work whether the file can be written at all.
  func prepare() throws(Refusal) { try FileWriter.check(path) }

  func write(_ answer: any Answer) throws(Refusal) {
    try FileWriter.replace(path, with: Array(try text(answer).utf8))
  }

  private func text(_ answer: any Answer) throws(Refusal) -> String {
    let page = Page(answer.pictures)
    switch ending {
    case .txt: return page.text
    case .json: return answer.json.text + "\n"
    case .md: return page.markdown
    case .html: return page.html
    case .csv:
      guard let csv = page.csv else { throw .noTable(path) }
      return csv
    }
  }
}

extension Misread {
  fileprivate static func unknownEnding(_ word: Word) -> Misread {
    let endings = ResultFile.Ending.allCases.map { ".\($0.rawValue)" }.joined(separator: " ")
    return Misread("the file's ending chooses the form; expected one of \(endings)", at: word.span)
  }
}

extension Refusal {
  fileprivate static func noTable(_ path: String) -> Refusal {
    Refusal("\(path): this result is no table, so it cannot be CSV; .txt .json .md and .html can be written")
  }
}
