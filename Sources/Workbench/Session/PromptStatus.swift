import Engine
import Pictures

/// How far a session has come, in a few words for the prompt: `digits · 784→512→10 · epoch 10 · test 97.9 %`.
public struct PromptStatus: Sendable {
  /// From the longest to the shortest; the last is empty.
  private let variants: [String]

  public init(_ session: Session) {
    let name = session.dataset?.name.withVisibleControls
    let widths = PromptStatus.widths(session.network)
    let epoch = session.history.last.map { "epoch \($0.number)" }
    let score = PromptStatus.score(session)
    let all: [[String?]] = [
      [name, widths.joined(separator: "→"), epoch, score], [name, PromptStatus.ends(widths), epoch, score],
      [name, PromptStatus.ends(widths), epoch], [epoch, score], [score], [nil],
    ]
    variants = all.map { $0.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " · ") }
  }

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
  private static func score(_ session: Session) -> String? {
    if let score = session.evaluation {
      return "\(session.evaluated == .test ? "test" : "train") \(text(score, session.trainer))"
    }
    guard let epoch = session.history.last else { return nil }
    return "\(epoch.validation == nil ? "train" : "val") \(text(epoch.validation ?? epoch.training, session.trainer))"
  }

  private static func text(_ score: Score, _ trainer: Trainer?) -> String {
    guard let figure = score.metrics.first else { return "loss \(fixed(score.loss, 4))" }
    let metric = trainer?.metrics.first { $0.name == figure.name }
    let isShare = metric.map { type(of: $0).quantity == .share } == true
    return isShare ? percent(figure.value) : "\(figure.name) \(fixed(figure.value, 4))"
  }
}
