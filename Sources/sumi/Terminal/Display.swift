import Glibc
import Pictures

/// What the terminal can show besides characters.
struct Display: Equatable {
  /// How it shows pixels; nil when it does not.
  var inline: Inline?
  /// Whether its background is light or dark.
  var theme = Theme.dark
  /// Pixels of one cell.
  var cell = (width: 10.0, height: 20.0)
  var hasTrueColour = false

  static func == (first: Display, second: Display) -> Bool {
    first.inline == second.inline && first.theme == second.theme && first.cell == second.cell
      && first.hasTrueColour == second.hasTrueColour
  }

  /// What the environment says, and what the terminal answers.
  /// - Parameter answer: the bytes that came back from `Question`; empty when there was no answer.
  init(environment: [String: String], answer: String, size: winsize) {
    let (term, program) = (environment["TERM"] ?? "", environment["TERM_PROGRAM"] ?? "")
    let isInside = environment["TMUX"] != nil || term.hasPrefix("screen") || term.hasPrefix("tmux")
    hasTrueColour = ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? "") || term.hasSuffix("-direct")
    theme = Display.theme(answer) ?? Display.theme(colours: environment["COLORFGBG"]) ?? .dark
    if let cell = Display.cell(answer, size) { self.cell = cell }
    guard term != "dumb" else { return }
    if answer.contains("\u{1b}_Gi=31;OK") {
      inline = .kitty
    } else if !isInside, program == "iTerm.app" || program == "WezTerm" || environment["LC_TERMINAL"] == "iTerm2" {
      inline = .iterm
    } else if Display.attributes(answer).contains("4") {
      inline = .sixel
    }
  }

  /// The numbers of a device attributes report, `ESC [ ? 62 ; 4 ; 22 c`.
  private static func attributes(_ answer: String) -> [Substring] {
    for part in answer.components(behind: "\u{1b}[?") {
      let numbers = part.prefix { $0.isNumber || $0 == ";" }
      if part.dropFirst(numbers.count).first == "c" { return numbers.split(separator: ";") }
    }
    return []
  }

  /// A cell's pixels by `ESC [ 6 ; height ; width t`, else by the window's pixels.
  private static func cell(_ answer: String, _ size: winsize) -> (width: Double, height: Double)? {
    for part in answer.components(behind: "\u{1b}[6;") {
      let numbers = part.prefix { $0.isNumber || $0 == ";" }.split(separator: ";").compactMap { Double($0) }
      if numbers.count == 2, (4...200).contains(numbers[0]), (2...100).contains(numbers[1]) {
        return (numbers[1], numbers[0])
      }
    }
    guard size.ws_xpixel > 0, size.ws_ypixel > 0, size.ws_col > 0, size.ws_row > 0 else { return nil }
    let (width, height) = (Double(size.ws_xpixel) / Double(size.ws_col), Double(size.ws_ypixel) / Double(size.ws_row))
    return (2...100).contains(width) && (4...200).contains(height) ? (width, height) : nil
  }

  /// `ESC ] 11 ; rgb:1e1e/1e1e/2e2e`
  private static func theme(_ answer: String) -> Theme? {
    guard let part = answer.components(behind: "\u{1b}]11;rgb:").first else { return nil }
    let parts = part.prefix { $0.isHexDigit || $0 == "/" }.split(separator: "/")
    guard parts.count == 3 else { return nil }
    let values = parts.compactMap { Int($0.prefix(2), radix: 16) }
    return values.count == 3 ? (values[0] * 3 + values[1] * 6 + values[2] > 1275 ? .light : .dark) : nil
  }

  /// `15;0`: the last number is the background's place in the palette.
  private static func theme(colours: String?) -> Theme? {
    guard let last = colours?.split(separator: ";").last.flatMap({ Int($0) }) else { return nil }
    return last == 7 || last > 8 ? .light : .dark
  }
}

extension String {
  /// What stands behind each place where `mark` stands.
  fileprivate func components(behind mark: String) -> [Substring] {
    var (parts, rest) = ([Substring](), self[...])
    while let range = rest.unicodeScalars.firstRange(of: mark.unicodeScalars) {
      rest = rest[range.upperBound...]
      parts.append(rest)
    }
    return parts
  }
}
