import Engine

/// A `fit` under way.
struct UnfinishedFit: Sendable {
  /// The line as `fit` writes it.
  let line: String
  let intent: JournalRecord.Intent
  /// The session before it.
  let before: Session
  /// Where it could be gone on with.
  var latest: Checkpoint?

  /// Where it stands, as a model's file has it; nil for a session that has no network.
  func model(_ state: Checkpoint) -> ModelFile? {
    guard var model = try? ModelFile(before), let dataset = before.dataset else { return nil }
    model.data = ModelDescription.Data(dataset)
    (model.network, model.trainer, model.random) = (state.network, state.trainer, state.random)
    model.run = (line, state)
    return model
  }
}
