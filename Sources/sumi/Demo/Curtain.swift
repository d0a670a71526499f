import Workbench

/// Holds results back until somebody asks for them.
final class Curtain: RunObserver {
  private let stage: Screen
  private var held: [(outcome: Outcome, session: Session)] = []

  init(_ stage: Screen) { self.stage = stage }

  func didRun(_ outcome: Outcome, _ session: Session) { held.append((outcome, session)) }

  /// Shows what was held back.
  func rise() {
    for (outcome, session) in held { stage.didRun(outcome, session) }
    held = []
  }
}
