import Engine

extension Training {
  /// What a fit goes by, as Keras calls it.
  var monitor: String { validation == .none ? "loss" : "val_loss" }
}

/// `reduce_on_plateau` as a program works it out from the epochs that there were.
enum ProgramPlateau {
  /// The schedule's settings as arguments of `reduced`; nil for another schedule.
  static func arguments(_ schedule: any Schedule) -> String? {
    guard schedule is ReduceOnPlateau, let spelling = Schedules.catalogue.spelling(schedule) else { return nil }
    return spelling.entries.compactMap { entry in
      entry.words.first.map { "\(entry.name)=\(KerasObject.Value(word: $0).python)" }
    }.joined(separator: ", ")
  }

  static let reduced = """
    def reduced(rate, epochs, monitor, factor, patience, min_delta, cooldown, min_lr):
        \"\"\"What is left of a rate after some epochs, as Keras's ReduceLROnPlateau lowers it.\"\"\"
        best, waited, cooling = float("inf"), 0, 0
        # A loss of training says nothing beside one of validation.
        is_validated = monitor == "val_loss"
        for loss in [epoch[monitor] for epoch in epochs if ("val_loss" in epoch) == is_validated]:
            if cooling > 0:
                cooling, waited = cooling - 1, 0
            if loss < best - min_delta:
                best, waited = loss, 0
            elif cooling == 0:
                waited += 1
                if waited >= patience and rate > min_lr:
                    rate, waited, cooling = max(rate * factor, min_lr), 0, cooldown
        return rate
    """
}
