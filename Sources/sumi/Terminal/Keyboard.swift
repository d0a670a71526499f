import Glibc
import Synchronization

/// What is typed on standard input: keystrokes for whoever asks, and what the terminal says of itself apart from them.
final class Keyboard: Sendable {
  private struct State {
    var decoder = KeyDecoder()
    /// Keystrokes that come before what is not read yet.
    var waiting: [Keystroke] = []
    /// What the terminal said of itself, however late it came.
    var reports = ""
    var isGone = false
    /// Whether what was typed last came as lines.
    var cameAsLines = false

    /// The next keystroke that was typed; reports are put aside.
    mutating func take() -> Keystroke? {
      while let keystroke = decoder.next() {
        guard case .report(let text) = keystroke else { return keystroke }
        reports = String((reports + text).suffix(Keyboard.maximum))
      }
      return nil
    }
  }

  private let state = Mutex(State())

  /// Milliseconds after which a signal is seen that came just before the wait.
  private static let longest: Int32 = 250
  /// Bytes of reports that are kept.
  private static let maximum = 65_536

  /// Whether the terminal went away.
  var isGone: Bool { state.withLock { $0.isGone } }

  /// What the terminal has said of itself so far.
  var reports: String { state.withLock { $0.reports } }

  /// Whether something can be read without waiting.
  var hasMore: Bool { state.withLock { !$0.waiting.isEmpty || !$0.decoder.isEmpty } || ready(within: 0) == .something }

  /// The next keystroke; nil when the terminal is gone or the program is asked to end.
  /// - Parameter resized: called when the window has another size.
  func next(resized: () -> Void = {}) -> Keystroke? { next(resized) { $0.take() } }

  /// The next character as the terminal sends it, whatever it begins.
  func nextAsSent() -> Keystroke? { next({}) { $0.decoder.nextAsSent().map { .character($0) } } }

  private func next(_ resized: () -> Void, take: (inout State) -> Keystroke?) -> Keystroke? {
    while true {
      let keystroke = state.withLock { $0.waiting.isEmpty ? take(&$0) : $0.waiting.removeFirst() }
      if let keystroke { return keystroke }
      if Interrupt.isEnding || isGone { return nil }
      if Interrupt.takeResize() { resized() }
      let patience = state.withLock { $0.decoder.patience }
      switch ready(within: patience ?? Keyboard.longest) {
      case .something: read()
      case .nothing: if patience != nil, let keystroke = state.withLock({ $0.decoder.giveUp() }) { return keystroke }
      case .disturbed: continue
      }
    }
  }

  /// The first keystroke from now on; what was typed before comes later.
  func fresh() -> Keystroke? {
    takeIn()
    let before = state.withLock { state in
      defer { state.waiting = [] }
      return state.waiting
    }
    defer { state.withLock { $0.waiting = before + $0.waiting } }
    return next()
  }

  /// Puts a keystroke back, to be read next.
  func putBack(_ keystroke: Keystroke) { state.withLock { $0.waiting.insert(keystroke, at: 0) } }

  /// Forgets Ctrl-D where it comes next: who says no to leaving does not mean to leave.
  func forgetEnd() {
    state.withLock { state in
      while state.waiting.first == .character("\u{4}") { state.waiting.removeFirst() }
    }
  }

  /// Reads everything that was typed so far, so that a change of the terminal's modes loses nothing of it.
  func takeIn() {
    state.withLock { $0.cameAsLines = TerminalModes.isCanonical }
    while !isGone, ready(within: 0) == .something { read(4096) }
    state.withLock { state in while let keystroke = state.take() { state.waiting.append(keystroke) } }
  }

  /// The same right after the modes have changed from lines to single keys: a Ctrl-D that was typed in between waits as
  /// a zero byte.
  func takeInAfterLines() {
    guard state.withLock({ $0.cameAsLines }), !TerminalModes.isCanonical else { return }
    while !isGone, ready(within: 0) == .something { read(4096, end: 0) }
    state.withLock { state in
      state.cameAsLines = false
      while let keystroke = state.take() { state.waiting.append(keystroke) }
    }
  }

  /// Waits until the terminal's reports are so, and leaves every key for later.
  func awaitReport(_ isComplete: (String) -> Bool, for seconds: Double) -> Bool {
    let clock = ContinuousClock()
    let end = clock.now + .milliseconds(Int(seconds * 1000))
    while true {
      takeIn()
      if isComplete(reports) { return true }
      let left = (end - clock.now) / .milliseconds(1)
      guard left > 0, !isGone, !Interrupt.isEnding else { return false }
      _ = ready(within: Int32(left.rounded(.up)))
    }
  }

  private enum Readiness { case something, nothing, disturbed }

  private func ready(within milliseconds: Int32) -> Readiness {
    var awaited = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
    let count = poll(&awaited, 1, milliseconds)
    return count > 0 ? .something : count == 0 ? .nothing : .disturbed
  }

  /// Reads what is there, without waiting: one byte, so that what is typed behind the last line is the shell's; more
  /// where it is known that more belongs to it.
  /// - Parameter end: the byte that stands for Ctrl-D.
  private func read(_ most: Int = 1, end: UInt8 = 4) {
    var bytes = [UInt8](repeating: 0, count: state.withLock { $0.decoder.isPasting } ? 4096 : most)
    let isCanonical = TerminalModes.isCanonical
    let count = Glibc.read(0, &bytes, bytes.count)
    state.withLock { state in
      if count > 0 {
        state.decoder.append(bytes[..<count].map { $0 == end ? 4 : $0 })
      } else if count == 0, isCanonical {
        // Ctrl-D, where what is typed comes as lines.
        state.decoder.append([4])
      } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
        state.isGone = true
      }
    }
  }
}
