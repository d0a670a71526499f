import Glibc
import Synchronization
import Workbench

/// Watches the keyboard while a command runs: answers the first Ctrl-C at once, and asks after a second one whether to
/// stop without waiting for a safe point.
final class InterruptMonitor: Sendable {
  /// The session before the command, which is kept when the command is cut off.
  private let session: Session
  private let journal: Journal
  private let keyboard: Keyboard
  private let capabilities: Capabilities
  private let isOver = Atomic<Bool>(false)
  private let thread = Mutex<pthread_t?>(nil)
  /// Wakes the thread when the command is over.
  private let bell: (reading: Int32, writing: Int32)

  /// Milliseconds between two looks.
  private static let pause: Int32 = 50

  /// nil when no thread can be had; the first Ctrl-C works all the same.
  init?(session: Session, journal: Journal, keyboard: Keyboard, _ capabilities: Capabilities) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    (self.session, self.journal, self.keyboard, bell) = (session, journal, keyboard, (ends[0], ends[1]))
    self.capabilities = capabilities
    var id = pthread_t()
    let context = Unmanaged.passRetained(self)
    let failure = pthread_create(&id, nil, { context in
      if let context { Unmanaged<InterruptMonitor>.fromOpaque(context).takeRetainedValue().watch() }
      return nil
    }, context.toOpaque())
    guard failure == 0 else {
      context.release()
      return nil
    }
    thread.withLock { $0 = id }
  }

  deinit { [bell.reading, bell.writing].forEach { close($0) } }

  /// The command is over; waits for the answer to a question.
  func end() {
    isOver.store(true, ordering: .relaxed)
    _ = write(bell.writing, "!", 1)
    if let id = thread.withLock({ $0 }) { pthread_join(id, nil) }
  }

  private func watch() {
    var hasAnswered = false
    while !isOver.load(ordering: .relaxed) {
      var awaited = pollfd(fd: bell.reading, events: Int16(POLLIN), revents: 0)
      if poll(&awaited, 1, InterruptMonitor.pause) > 0 { return }
      if Interrupt.presses > 1 {
        ask()
      } else if Interrupt.presses == 1, !hasAnswered {
        hasAnswered = true
        tell("stopping at the next safe point; Ctrl-C again to stop at once\n")
      } else if Interrupt.isEnding, !hasAnswered {
        hasAnswered = true
        tell("ending at the next safe point; what was learnt is kept\n")
      }
    }
  }

  /// A message in the place of the bar.
  private func tell(_ text: String) { Stream.exclusively { $0.put(beginning + text) } }

  /// Clears the row of the bar, where there is one.
  private var beginning: String { capabilities.isDumb ? "\n" : "\r" + CursorControl.clearRow }

  private func ask() {
    // Without a keyboard there is nobody to answer; a second Ctrl-C is meant.
    guard isatty(0) == 1 else { return Stream.exclusively { leave($0) } }
    Stream.exclusively { messages in
      messages.put("\(beginning)stop at once? what this command did is lost, the session before it is kept (y/n) ")
      let isSure = Question.answer(keyboard)
      messages.put(isSure ? "yes\n" : "no\n")
      if isSure { leave(messages) }
      Interrupt.forgetSecond()
    }
  }

  /// Ends the program from here: whoever works cannot be reached.
  private func leave(_ messages: Stream) {
    if !session.cells.isEmpty, let note = journal.abandon(session) { messages.put(note + "\n") }
    TerminalModes.restore()
    _exit(Program.Status.interrupted)
  }
}
