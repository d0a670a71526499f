import Glibc

/// Asks the terminal what it can show, when that is first of use.
///
/// It never waits longer than a tenth of a second. What comes later is kept apart from what is typed, and counts from
/// then on.
final class TerminalQuery {
  private let keyboard: Keyboard
  private let capabilities: Capabilities
  /// Whether keys that come with the answer will be read; otherwise they are somebody else's.
  var ownsKeys = false
  private var isAsked = false
  /// The modes to go back to when the answer has come.
  private var change: TerminalModes.Change?

  /// Seconds to wait for the answer, and at the end of the program for one that is late.
  private static let patience = (answer: 0.1, late: 1.0)

  init(_ keyboard: Keyboard, _ capabilities: Capabilities) {
    (self.keyboard, self.capabilities) = (keyboard, capabilities)
  }

  /// All that the terminal has answered so far.
  var answer: String {
    if !isAsked { ask() } else if change != nil, keyboard.awaitReport(TerminalQuery.isComplete, for: 0) { quit() }
    return keyboard.reports
  }

  /// Takes in an answer that is on its way, before somebody else has the terminal.
  func awaitLate() {
    guard isAsked, !TerminalQuery.isComplete(keyboard.reports) else { return quit() }
    _ = keyboard.awaitReport(TerminalQuery.isComplete, for: TerminalQuery.patience.late)
    quit()
  }

  private func quit() {
    change?.undo()
    change = nil
  }

  private func ask() {
    // Only in the foreground may a program change the terminal's modes.
    guard !capabilities.isDumb, !Stream.isRecorded, isatty(0) == 1, isatty(1) == 1, tcgetpgrp(0) == getpgrp() else {
      return
    }
    // What was typed for the shell that comes after is left alone; the next picture asks again.
    if !ownsKeys, keyboard.hasMore { return }
    keyboard.takeIn()
    if TerminalModes.isCanonical { change = TerminalModes.quieten() }
    keyboard.takeInAfterLines()
    isAsked = true
    let text = Array(TerminalQuery.question(isMultiplexed: capabilities.isMultiplexed).utf8)
    guard write(1, text, text.count) == text.count else { return quit() }
    if keyboard.awaitReport(TerminalQuery.isComplete, for: TerminalQuery.patience.answer) { quit() }
  }

  /// kitty's query, the background's colour, a cell's size, the largest picture of sixels; last the attributes, which
  /// every terminal answers.
  private static func question(isMultiplexed: Bool) -> String {
    let kitty = isMultiplexed ? "" : "\u{1b}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u{1b}\\"
    return kitty + "\u{1b}]11;?\u{1b}\\" + "\u{1b}[16t" + "\u{1b}[?2;1;0S" + "\u{1b}[c"
  }

  /// Whether the attributes, `ESC [ ? … c`, are there.
  private static func isComplete(_ reports: String) -> Bool { Display.attributes(reports) != nil }
}
