import Glibc

/// The time of a talk: waits for keys, or lets it pass by itself.
final class Pace {
  private let keyboard: Keyboard
  /// Takes the pauses of a recording, in which nobody waits.
  private let cast: Cast?
  /// Seconds at each step of a talk that goes by itself; nil for one that waits for keys.
  let auto: Double?
  private let speed: Double
  /// A key that was looked at and is still to be taken.
  private var putBack: Keystroke?

  init(keyboard: Keyboard, cast: Cast?, auto: Double?, speed: Double) {
    (self.keyboard, self.cast, self.auto, self.speed) = (keyboard, cast, auto, speed)
  }

  /// Whether the terminal went away, or somebody asked the program to end.
  var isGone: Bool { keyboard.isGone || Interrupt.isEnding }

  /// The next key.
  func key(resized: @escaping () -> Void) -> Keystroke? { takePutBack() ?? keyboard.next(resized: resized) }

  /// Gives a key back: it is the next one again.
  func putBack(_ key: Keystroke) { putBack = key }

  private func takePutBack() -> Keystroke? {
    defer { putBack = nil }
    return putBack
  }

  /// Lets time pass; a key that comes meanwhile ends the pause.
  func pause(_ seconds: Double) -> Keystroke? {
    if let cast {
      cast.pass(seconds / speed)
      return nil
    }
    if let key = takePutBack() { return key }
    guard Pace.isReady(within: seconds / speed, or: keyboard) else { return nil }
    return keyboard.next()
  }

  private static func isReady(within seconds: Double, or keyboard: Keyboard) -> Bool {
    if keyboard.hasMore { return true }
    var awaited = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
    return poll(&awaited, 1, Int32(clamping: (0...3_600_000).clamping(seconds * 1000))) > 0
  }

  /// Seconds that a person needs to type a character: longer behind a word, and never twice the same.
  static func delay(behind character: Character, at place: Int) -> Double {
    let unevenness = Double((place &* 7919) % 13) / 13
    return (character == " " ? 0.09 : 0.035) + 0.04 * unevenness
  }
}
