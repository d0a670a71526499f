import CEditline
import Workbench

/// Bracketed paste: its commands run as if they were typed; what stands behind the last line break is to be edited.
extension LineEditor {
  func paste() -> UInt8 {
    guard let text = state.paste else { return UInt8(CC_ERROR) }
    state.paste = nil
    let transcript = Transcript(LineEditor.cleaned(text))
    guard let first = transcript.commands.first else {
      insert(transcript.rest)
      return UInt8(CC_REFRESH)
    }
    insert(first)
    pasted = Pasted(lines: transcript.commands.dropFirst(), draft: transcript.rest)
    el_push(editor, String(Key.submit.code))
    return UInt8(CC_REFRESH)
  }

  /// Tabs as blanks, and no other control characters but line breaks.
  static func cleaned(_ text: String) -> String {
    var clean = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isControl = scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
      let isKept = !isControl || scalar == "\n" || scalar == "\r"
      if isKept || scalar == "\t" { clean.append(isKept ? scalar : " ") }
    }
    return String(clean)
  }
}
