import CEditline
import Workbench

/// Bracketed paste: what a terminal sends between ESC[200~ and ESC[201~.
extension LineEditor {
  private static let end = Array("\u{1b}[201~".unicodeScalars)

  /// Its commands run as if they were typed; what stands behind the last line break is to be edited.
  func paste() -> UInt8 {
    var scalars: [Unicode.Scalar] = []
    while !scalars.suffix(LineEditor.end.count).elementsEqual(LineEditor.end), let scalar = keyboard.next() {
      scalars.append(scalar)
    }
    take(scalars.dropLast(LineEditor.end.count))
    return UInt8(CC_REFRESH)
  }

  private func take(_ scalars: ArraySlice<Unicode.Scalar>) {
    let text = String(String.UnicodeScalarView(scalars.compactMap(LineEditor.cleaned)))
    let transcript = Transcript(text)
    guard let first = transcript.commands.first else { return insert(transcript.rest) }
    insert(first)
    pasted = Array(transcript.commands.dropFirst())
    draft = transcript.rest
    el_push(editor, String(Key.submit.code))
  }

  /// Tabs as blanks, and no other control characters but line breaks.
  private static func cleaned(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    if scalar == "\t" { return " " }
    let isControl = scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
    return isControl && scalar != "\n" && scalar != "\r" ? nil : scalar
  }
}
