import Glibc

/// Says which seed a process died of, and ends it when one takes too long.
public enum Watch {
  /// What is told at the end, in memory that a signal handler may read.
  private nonisolated(unsafe) static let text = UnsafeMutablePointer<CChar>.allocate(capacity: 256)
  private static let signals = [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGALRM, SIGPROF, SIGSYS, SIGXFSZ]

  /// Takes over the signals that a fault raises.
  public static func install() {
    text.initialize(repeating: 0, count: 256)
    for number in signals {
      signal(number) { number in
        _ = write(2, Watch.text, strlen(Watch.text))
        signal(number, SIG_DFL)
        raise(number)
      }
    }
  }

  /// - Parameter seconds: of the processor that it may take, and thirty times as many by the clock; a signal ends it
  ///   then. On a busy machine the clock says little.
  public static func begin(_ what: String, seed: UInt64, seconds: UInt32) {
    withVaList([seed]) { _ = vsnprintf(text, 256, "died at \(what) %llu\n", $0) }
    set(seconds)
  }

  public static func end() { set(0) }

  private static func set(_ seconds: UInt32) {
    var timer = itimerval()
    timer.it_value.tv_sec = Int(seconds)
    setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &timer, nil)
    alarm(30 * seconds)
  }
}
