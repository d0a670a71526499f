import Files
import Grammar
import Pictures

/// The file behind `>`, whose ending chooses the form.
struct ResultFile: Sendable {
  /// What a result can be written as.
  enum Ending: String, CaseIterable {
    case png, svg, pdf, txt, csv, json, md, html, sumi
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

  /// Finds out before the work what can be known: whether the file can be written, and in this form.
  func prepare(for command: any Command, _ host: Host) throws(Refusal) {
    if [.png, .svg, .pdf].contains(ending) {
      do throws(Undrawable) { try Print.check() } catch { throw Refusal("\(path): \(error.message)") }
    }
    let full = try host.path(path)
    try host.knownFiles.checkResult(full, besides: host.sources(of: command))
    do throws(FileError) { try FileWriter.tryOut(full) } catch { throw Refusal(error) }
    if ending == .csv, !type(of: command).givesTable { throw .noTable(path) }
    if ending == .sumi, !type(of: command).givesScript { throw .noScript(path) }
  }

  /// - Parameter theme: the colours of pictures.
  func write(_ answer: any Answer, theme: Theme, _ host: Host) throws(Refusal) {
    let bytes: [UInt8]
    do throws(Undrawable) { bytes = try self.bytes(answer, theme) } catch { throw Refusal("\(path): \(error.message)") }
    if ending == .csv, bytes.isEmpty { throw .noTable(path) }
    if ending == .sumi, bytes.isEmpty { throw .noScript(path) }
    try host.replace(try host.path(path), with: bytes)
  }

  /// The file's bytes; none when the answer is no table and the file wants one.
  private func bytes(_ answer: any Answer, _ theme: Theme) throws(Undrawable) -> [UInt8] {
    let (page, figures) = (Page(answer.pictures), Page(answer.figures))
    switch ending {
    case .png: return try figures.file(.png, theme: theme)
    case .svg: return try figures.file(.svg, theme: theme)
    case .pdf: return try figures.file(.pdf, theme: theme)
    case .txt: return Array(page.text.utf8)
    case .json: return Array((answer.json.text + "\n").utf8)
    case .md: return Array(page.markdown.utf8)
    case .html: return Array(figures.html().utf8)
    case .csv: return Array((page.csv ?? "").utf8)
    case .sumi:
      return Array((answer.script.map { (["#!/usr/bin/env sumi"] + $0).map { $0 + "\n" }.joined() } ?? "").utf8)
    }
  }
}

extension Misread {
  fileprivate static func unknownEnding(_ word: Word) -> Misread {
    let endings = ResultFile.Ending.allCases.filter { $0 != .sumi }.map { ".\($0.rawValue)" }.joined(separator: " ")
    return Misread("the file's ending chooses the form; expected one of \(endings)", at: word.span)
  }
}

extension Refusal {
  fileprivate static func noTable(_ path: String) -> Refusal {
    Refusal("\(path): this result is no table, so it cannot be CSV; the other endings can be written")
  }
  fileprivate static func noScript(_ path: String) -> Refusal {
    Refusal("\(path): this result is no script; the session is written by save", hint: "save session \(path)")
  }
}
