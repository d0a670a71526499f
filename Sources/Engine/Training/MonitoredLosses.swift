/// What schedules go by: the monitored losses of the epochs that can be held against each other, as `comparable` has
/// them, kept up from epoch to epoch.
struct MonitoredLosses {
  private(set) var values: [Double] = []
  private var areValidated = false

  init(_ epochs: some Sequence<Epoch>) { for epoch in epochs { append(epoch) } }

  mutating func append(_ epoch: Epoch) {
    if epoch.isValidated, !areValidated { (values, areValidated) = ([], true) }
    if epoch.isValidated == areValidated { values.append(epoch.monitored) }
  }
}
