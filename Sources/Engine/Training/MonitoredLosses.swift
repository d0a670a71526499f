/// What schedules go by: the monitored losses of the epochs that can be held against those of this run, kept up from
/// epoch to epoch. A loss of training says nothing beside one of validation.
struct MonitoredLosses {
  private(set) var values: [Double] = []
  private let areValidated: Bool

  /// - Parameter areValidated: whether the epochs of this run are.
  init(_ epochs: some Sequence<Epoch>, areValidated: Bool) {
    self.areValidated = areValidated
    for epoch in epochs { append(epoch) }
  }

  mutating func append(_ epoch: Epoch) {
    if epoch.isValidated == areValidated { values.append(epoch.monitored) }
  }
}
