import Grammar
import Pictures

/// An error as a person reads it: where, what was wrong, a caret under it, and what to type.
public struct Diagnostic: Error, Equatable, Sendable {
  public let message: String
  public let hint: String?
  /// What should stand in the place of what is wrong, where the message says so.
  private let meant: String?
  /// The line as typed, when it can be shown.
  public let line: String?
  /// What in the line is wrong.
  public let span: Span?
  /// `session.sumi:3`, or nil at the prompt.
  public internal(set) var place: String?
  /// The number of the line with the fault in its script, from 1; nil at the prompt.
  public internal(set) var lineNumber: Int?

  init(_ misread: Misread, line: String) {
    (message, hint, span) = (Diagnostic.brief(misread.message), misread.hint, misread.span)
    meant = misread.meant
    self.line = line
  }

  public init(_ refusal: Refusal, line: String? = nil) {
    (message, hint, span) = (Diagnostic.brief(refusal.message), refusal.hint, nil)
    meant = nil
    self.line = line
  }

  /// A message that quotes an endless word, without the middle.
  private static func brief(_ message: String) -> String {
    message.count <= 1000 ? message : "\(message.prefix(500)) … \(message.suffix(250))"
  }

  /// What in the line is wrong, in the units that a caller counts in.
  public func span(in unit: Span.Unit) -> Span? {
    guard let line, let span else { return nil }
    return span.counted(in: unit, of: line)
  }

  /// The hint, else the line with what was meant in it, when it can be typed as it is, or several with `;` between
  /// them.
  public var nextLine: String? {
    guard let next = hint ?? mended else { return nil }
    let parts = CommandCutter.parts(next, endsComments: false)
    return parts.allSatisfy { ((try? Statement($0)) ?? nil) != nil } ? next : nil
  }

  private var mended: String? {
    guard let line, let span, let meant, span.end <= line.count else { return nil }
    return line.prefix(span.start) + meant + line.dropFirst(span.end)
  }

  /// Characters of a line that are shown around the caret.
  private static let window = 72

  /// For standard error.
  public var lines: [Line] {
    var lines = [Line(place.map { "\($0): " } ?? "") + Line("error:", Style(.red, isBold: true)) + Line(" \(message)")]
    lines += pointed
    if let hint { lines.append(Line("  try: ", .dim) + Line(hint)) }
    return lines
  }

  /// The physical line with the fault and, below it, the caret.
  private var pointed: [Line] {
    guard let line, let span else { return [] }
    let all = Array(line)
    let start = min(span.start, all.count)
    let first = all[..<start].lastIndex(where: \.isNewline).map { $0 + 1 } ?? 0
    let last = all[start...].firstIndex(where: \.isNewline) ?? all.count
    let from = max(first, start - Diagnostic.window / 2)
    let to = min(last, from + Diagnostic.window)
    let length = max(1, min(span.end, to) - start)
    let before = Line((from > first ? "…" : "") + String(all[from..<start]))
    let marked = start + length <= all.count ? String(all[start..<start + length]) : " "
    let width = max(1, Line(marked).columns)
    return [
      Line("  ") + before + Line(String(all[start..<max(start, to)]) + (to < last ? "…" : "")),
      Line(String(repeating: " ", count: 2 + before.columns))
        + Line("^" + String(repeating: "~", count: width - 1), Style(.red)),
    ]
  }

  /// Lines before the one with the fault, in a line that was continued.
  var linesBefore: Int {
    guard let line, let span else { return 0 }
    return line.prefix(span.start).filter(\.isNewline).count
  }

  var json: JSON {
    .object(
      [
        ("message", .text(message)), ("hint", hint.map(JSON.text) ?? .null),
        ("column", span.map { .integer($0.start + 1) } ?? .null), ("length", span.map { .integer($0.length) } ?? .null),
      ] + (place.map { [("place", .text($0))] } ?? []))
  }
}
