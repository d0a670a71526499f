import Engine
import Pictures

extension Session {
  /// Why `evaluate train` says other figures than the last epoch of `fit`, which saw the same examples; nil where both
  /// say the same.
  func noteGap(_ score: Score, on split: Split) -> Line? {
    guard split == .train, let epoch = history.last, let network,
      figureText(epoch.training.loss) != figureText(score.loss)
    else { return nil }
    let noisy = network.layers.filter(\.differsInTraining).map(\.name)
    let names = noisy.enumerated().filter { !noisy.prefix($0.offset).contains($0.element) }.map(\.element)
    let means =
      network.layers.contains { $0 is BatchNorm } ? ["with each batch's own mean and variance in batchnorm"] : []
    let causes =
      (names.isEmpty ? [] : ["with \(names.joined(separator: " and ")) at work"]) + means
      + (isShared ? ["without the examples that only validated"] : []) + ["while the weights still changed"]
    let said = "fit said loss \(figureText(epoch.training.loss)) for the same examples"
    return """
      \(said): that is a mean over epoch \(epoch.number), \(causes.joined(separator: ", ")); evaluate measures the \
      network as it is now
      """
  }

  /// Whether the last fit kept a share of the training examples for validation.
  private var isShared: Bool {
    let fits = cells.lazy.reversed().compactMap { (try? Statement($0.line))?.command as? Fit }
    if case .share? = fits.first?.training.validation { return true }
    return false
  }
}
