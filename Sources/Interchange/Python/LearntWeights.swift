/// Weights that were learnt here, which may take the place of training.
///
/// They are those with which the session ends, so they belong behind the last step that gives the network others: a
/// training, whose place they take, or a reset behind all trainings.
struct LearntWeights {
  /// The file beside the program; nil where the program trains.
  private let file: String?
  /// Whether the program may train, too.
  let isOffered: Bool
  /// Steps to come that give the network other weights.
  private var left: Int
  /// Whether a training is skipped whose weights are in no file.
  private(set) var areMissing = false
  /// The file to be read behind the step that was passed; nil where it is not to be read there.
  private(set) var due: String?

  init(_ file: String?, _ steps: [SessionProgram.Step]) {
    (self.file, left) = (file, steps.count { $0.changesWeights })
    isOffered = file != nil && steps.contains { $0.isFit }
  }

  /// Goes on to a step.
  mutating func pass(_ step: SessionProgram.Step) {
    due = nil
    guard step.changesWeights else { return }
    left -= 1
    if left == 0 { due = file }
    areMissing = isOffered && step.isFit && due == nil
  }
}
