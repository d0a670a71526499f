import CEditline
import Glibc
import Workbench

/// What each key does: libedit's own functions, ours, and what the person's ~/.editrc says, which has the last word.
final class KeyBindings {
  private let editor: OpaquePointer

  init(_ editor: OpaquePointer) {
    self.editor = editor
    for flag in ["-isig", "-ixon"] { _ = editline_set_terminal(editor, "-d", flag) }
    for flag in TerminalModes.betweenLines { _ = editline_set_terminal(editor, "-x", flag) }
    for key in Key.allCases where key.edits && key.builtin == nil {
      _ = editline_add_function(editor, key.function, "", KeyBindings.action(key))
    }
  }

  /// Binds everything anew, for emacs or vi keys.
  func bind(_ kind: Settings.Keys) {
    _ = editline_set_text(editor, EL_EDITOR, "emacs")
    el_source(editor, nil)
    if kind != .auto { _ = editline_set_text(editor, EL_EDITOR, kind.rawValue) }
    _ = editline_bind(editor, "^W", "ed-delete-prev-word")
    for key in Key.allCases where key.edits { bind(key) }
    sourceBindings()
  }

  private func bind(_ key: Key) {
    let code = "\\" + String(key.code.value, radix: 8)
    for character in [code] + key.characters {
      _ = editline_bind(editor, character, key.function)
      _ = editline_bind_command_mode(editor, character, key.function)
    }
    guard editline_is_emacs(editor) != 0 else { return }
    for character in key.emacsCharacters { _ = editline_bind(editor, character, key.function) }
  }

  /// Reads ~/.editrc again for its own keys; the choice of a mode would forget ours.
  private func sourceBindings() {
    let home = getenv("HOME").map { String(cString: $0) + "/.editrc" }
    guard let path = getenv("EDITRC").map({ String(cString: $0) }) ?? home, let file = fopen(path, "r") else { return }
    defer { fclose(file) }
    var line: UnsafeMutablePointer<CChar>?
    var size = 0
    while getline(&line, &size, file) > 0 {
      if let line { parse(String(decoding: UnsafeRawBufferPointer(start: line, count: strlen(line)), as: UTF8.self)) }
    }
    free(line)
  }

  private func parse(_ line: String) {
    let words = line.split(whereSeparator: \.isWhitespace)
    guard let first = words.first, !first.hasPrefix("#"), !words.contains("-v"), !words.contains("-e") else { return }
    let tokenizer = tok_init(nil)
    defer { tok_end(tokenizer) }
    var (count, arguments) = (Int32(0), nil as UnsafeMutablePointer<UnsafePointer<CChar>?>?)
    if tok_str(tokenizer, line, &count, &arguments) == 0, count > 0 { el_parse(editor, count, arguments) }
  }

  /// libedit calls plain functions, one for each key.
  private static func action(_ key: Key) -> editline_function {
    switch key {
    case .enter: { editor, _ in LineEditor.of(editor)?.enter() ?? UInt8(CC_ERROR) }
    case .drop: { editor, _ in LineEditor.of(editor)?.drop() ?? UInt8(CC_ERROR) }
    case .up: { editor, _ in LineEditor.of(editor)?.vertical(-1) ?? UInt8(CC_ERROR) }
    case .down: { editor, _ in LineEditor.of(editor)?.vertical(1) ?? UInt8(CC_ERROR) }
    case .right: { editor, _ in LineEditor.of(editor)?.right() ?? UInt8(CC_ERROR) }
    case .end: { editor, _ in LineEditor.of(editor)?.end() ?? UInt8(CC_ERROR) }
    case .wordRight: { editor, _ in LineEditor.of(editor)?.wordRight() ?? UInt8(CC_ERROR) }
    case .complete: { editor, _ in LineEditor.of(editor)?.completeWord() ?? UInt8(CC_ERROR) }
    case .search: { editor, _ in LineEditor.of(editor)?.search() ?? UInt8(CC_ERROR) }
    case .paste: { editor, _ in LineEditor.of(editor)?.paste() ?? UInt8(CC_ERROR) }
    case .suspend: { editor, _ in LineEditor.of(editor)?.suspend() ?? UInt8(CC_ERROR) }
    case .edit: { editor, _ in LineEditor.of(editor)?.editOutside() ?? UInt8(CC_ERROR) }
    case .submit, .left, .home, .delete, .deleteWord, .wordLeft, .pageUp, .pageDown: { _, _ in UInt8(CC_ERROR) }
    }
  }
}

extension Key {
  /// What libedit calls it.
  fileprivate var function: String { builtin ?? "sumi-\(self)" }
}
