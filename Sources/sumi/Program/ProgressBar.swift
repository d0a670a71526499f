import Pictures

/// A bar of characters that fills up.
enum ProgressBar {
  /// Cells, where there is room.
  static let length = 20

  /// - Parameter share: 0 … 1; what lies outside is clipped.
  static func text(_ share: Double, length: Int) -> String {
    let filled = (0...length).clamping(share * Double(length), .down)
    return String(repeating: "━", count: filled) + String(repeating: "─", count: length - filled)
  }
}
