/// Figures in a row as eight heights of blocks: `█▅▃▂▁▁`.
public enum Sparkline {
  private static let heights = Array("▁▂▃▄▅▆▇█")

  /// - Parameters:
  ///   - values: those that are not finite leave a gap.
  ///   - columns: at most so many cells; of more values every n-th is shown, the first and the last always.
  public static func text(_ values: [Double], columns: Int) -> String {
    let columns = max(1, columns)
    let places = values.count <= columns
      ? Array(values.indices) : (0..<columns).map { $0 * (values.count - 1) / max(1, columns - 1) }
    let finite = values.filter(\.isFinite)
    guard let minimum = finite.min(), let maximum = finite.max() else { return "" }
    return String(places.map { place in
      guard values[place].isFinite else { return " " }
      // Halves, as the distance between the largest numbers of either sign is not finite.
      let share = maximum > minimum ? (values[place] / 2 - minimum / 2) / (maximum / 2 - minimum / 2) : 0
      return heights[(0...heights.count - 1).clamping(share * Double(heights.count - 1))]
    })
  }
}
