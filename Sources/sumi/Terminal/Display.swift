import Glibc
import Pictures

/// What the terminal can show besides characters.
struct Display: Equatable {
  /// Pixels.
  struct Size: Equatable {
    var width: Double
    var height: Double
  }

  /// How it shows pixels; nil when it does not.
  var inline: Inline?
  /// Whether its background is light or dark.
  var theme = Theme.dark
  /// One cell.
  var cell = Size(width: 10, height: 20)
  /// The largest picture of sixels; larger ones xterm does not show at all.
  var sixels = Display.usualSixels

  /// xterm's own limit, which others do not fall below.
  private static let usualSixels = Size(width: 1000, height: 1000)

  /// What the environment says, and what the terminal answers.
  /// - Parameter answer: what came back for `TerminalQuery`; empty when there was no answer.
  init(_ capabilities: Capabilities, answer: String, size: winsize) {
    theme = Display.theme(answer) ?? capabilities.background.map { $0 == 7 || $0 > 8 ? .light : .dark } ?? .dark
    cell = Display.cell(answer) ?? Display.cell(size) ?? cell
    sixels = Display.sixels(answer) ?? sixels
    guard !capabilities.isDumb else { return }
    if answer.contains("\u{1b}_Gi=31;OK") {
      inline = .kitty
    } else if !capabilities.isMultiplexed, capabilities.knowsITerm {
      inline = .iterm
    } else if Display.attributes(answer)?.contains("4") == true {
      inline = .sixel
    }
  }

  /// The numbers of a device attributes report, `ESC [ ? 62 ; 4 ; 22 c`; nil where there is none.
  static func attributes(_ answer: String) -> [Substring]? {
    for part in answer.components(behind: "\u{1b}[?") {
      let numbers = part.prefix { $0.isNumber || $0 == ";" }
      if part.dropFirst(numbers.count).first == "c" { return numbers.split(separator: ";") }
    }
    return nil
  }

  /// `ESC [ 6 ; height ; width t`
  private static func cell(_ answer: String) -> Size? {
    for part in answer.components(behind: "\u{1b}[6;") {
      let numbers = part.prefix { $0.isNumber || $0 == ";" }.split(separator: ";").compactMap { Double($0) }
      if numbers.count == 2, let size = cell(width: numbers[1], height: numbers[0]) { return size }
    }
    return nil
  }

  /// By the window's pixels.
  private static func cell(_ size: winsize) -> Size? {
    guard size.ws_xpixel > 0, size.ws_ypixel > 0, size.ws_col > 0, size.ws_row > 0 else { return nil }
    return cell(
      width: Double(size.ws_xpixel) / Double(size.ws_col), height: Double(size.ws_ypixel) / Double(size.ws_row))
  }

  private static func cell(width: Double, height: Double) -> Size? {
    (2...100).contains(width) && (4...200).contains(height) ? Size(width: width, height: height) : nil
  }

  /// xterm's XTSMGRAPHICS: `ESC [ ? 2 ; 0 ; width ; height S`
  private static func sixels(_ answer: String) -> Size? {
    for part in answer.components(behind: "\u{1b}[?2;0;") {
      let numbers = part.prefix { $0.isNumber || $0 == ";" }
      guard part.dropFirst(numbers.count).first == "S" else { continue }
      let sides = numbers.split(separator: ";").compactMap { Double($0) }
      if sides.count == 2, sides.allSatisfy((64...100_000).contains) { return Size(width: sides[0], height: sides[1]) }
    }
    return nil
  }

  /// `ESC ] 11 ; rgb:1e1e/1e1e/2e2e`
  private static func theme(_ answer: String) -> Theme? {
    guard let part = answer.components(behind: "\u{1b}]11;rgb:").first else { return nil }
    let parts = part.prefix { $0.isHexDigit || $0 == "/" }.split(separator: "/")
    guard parts.count == 3 else { return nil }
    let values = parts.compactMap { Int($0.prefix(2), radix: 16) }
    return values.count == 3 ? (values[0] * 3 + values[1] * 6 + values[2] > 1275 ? .light : .dark) : nil
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
