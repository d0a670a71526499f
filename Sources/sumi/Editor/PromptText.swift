import Glibc
import Pictures

/// The prompt as libedit asks for it.
final class PromptText {
  /// Stands before and behind parts of the prompt that take no cells.
  static let escape: CChar = 1

  private(set) var pointer: UnsafeMutablePointer<CChar>?
  private(set) var columns = 0

  /// - Parameter paint: a line break in a style, with the sequences around it.
  func set(_ line: Line, paint: (Style) -> String) {
    free(pointer)
    columns = line.columns
    let mark = String(Unicode.Scalar(UInt8(PromptText.escape)))
    let text = line.runs.map { run in
      let parts = paint(run.style).split(separator: "\n", omittingEmptySubsequences: false)
      return parts.map { $0.isEmpty ? "" : mark + $0 + mark }.joined(separator: run.text)
    }.joined()
    // libedit loses what stands behind two stretches without cells that touch.
    pointer = strdup(text.replacing(mark + mark, with: ""))
  }

  deinit { free(pointer) }
}
