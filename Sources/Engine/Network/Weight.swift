/// One tensor that a layer keeps: what it is called, its shape, and how it begins.
public struct Weight: Sendable {
  /// Keras's name: `kernel`, `bias`, `gamma`, `moving_mean`.
  public let name: String
  /// In Keras's layout: `dense.kernel` [in, out], `conv2d.kernel` [kh, kw, in, out].
  public let shape: Shape
  /// Whether the optimizer changes it.
  public let isTrainable: Bool
  let initializer: any Initializer
  /// What large numbers in it add to the loss.
  let penalty: Penalty
  /// How a wide matrix stands in memory; nil for row by row.
  let panels: Panels?

  init(
    _ name: String, _ shape: Shape, _ initializer: any Initializer, isTrainable: Bool = true,
    penalty: Penalty = .none, inPanels: Bool = false
  ) {
    self.name = name
    self.shape = shape
    self.initializer = initializer
    self.isTrainable = isTrainable
    self.penalty = penalty
    let panels = inPanels ? Panels(rows: shape[0], columns: shape.last) : nil
    self.panels = panels.flatMap { $0.count > 1 ? $0 : nil }
  }
}
