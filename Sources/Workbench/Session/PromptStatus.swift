import Engine
import Pictures

/// How far a session has come, in a few words for the prompt: `digits · 784→512→10 · epoch 10 · test 97.9 %`.
public struct PromptStatus: Sendable {
  /// From the longest to the shortest.
  private let variants: [String]

  public init(_ session: Session) {
    let name = PromptStatus.data(session)
    let widths = PromptStatus.widths(session.network)
    let epoch = session.history.last.map { "epoch \($0.number)" }
    let (shape, ends) = (widths.joined(separator: "→"), PromptStatus.ends(widths))
    let score = PromptStatus.score(session)
    let whole = PromptStatus.result(session)
    // What is left out first is what the person knows best, the data set; last what changes.
    let learnt: [[String?]] = [
      [name, shape, epoch, whole], [name, ends, epoch, whole], [shape, epoch, whole], [ends, epoch, whole],
      [epoch, whole], [epoch, score?.value], [whole], [epoch], [score?.value],
    ]
    let new: [[String?]] = [[name, shape], [name, ends], [name]]
    variants = (epoch == nil && score == nil ? new : learnt).map {
      $0.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " · ")
    }
  }

  /// The data set's name.
  static func data(_ session: Session) -> String? { session.dataset?.name.withVisibleControls }

  /// `784→512→10`; nil without layers.
  static func shape(_ session: Session) -> String? {
    let widths = widths(session.network)
    return widths.isEmpty ? nil : widths.joined(separator: "→")
  }

  /// What was measured last, and on which examples: `test 97.9 %`.
  static func result(_ session: Session) -> String? { score(session).map { "\($0.examples) \($0.value)" } }

  /// The longest form that takes no more than so many cells.
  public func text(within columns: Int) -> String { variants.first { $0.columns <= columns } ?? "" }

  /// The shapes on the way through the network, each where it changes.
  private static func widths(_ network: Network?) -> [String] {
    guard let network, !network.layers.isEmpty else { return [] }
    var widths: [String] = []
    for shape in network.shapes where widths.last != "\(shape)" { widths.append("\(shape)") }
    return widths
  }

  private static func ends(_ widths: [String]) -> String? {
    guard widths.count > 2, let first = widths.first, let last = widths.last else { return nil }
    return "\(first)→…→\(last)"
  }

  /// The first metric of what was measured last, or the loss, and on which examples: `test 97.9 %`.
  private static func score(_ session: Session) -> (examples: String, value: String)? {
    if let score = session.evaluation {
      return (session.evaluated == .test ? "test" : "train", text(score, session.trainer))
    }
    guard let epoch = session.history.last else { return nil }
    let examples = epoch.validation == nil ? "train" : "val"
    return (examples, text(epoch.validation ?? epoch.training, session.trainer))
  }

  private static func text(_ score: Score, _ trainer: Trainer?) -> String {
    guard let figure = score.metrics.first else { return "loss \(figureText(score.loss))" }
    let metric = trainer?.metrics.first { $0.name == figure.name }
    let isShare = metric.map { type(of: $0).quantity == .share } == true
    return isShare ? percent(figure.value) : "\(figure.name) \(figureText(figure.value))"
  }
}
