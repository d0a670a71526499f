import CEditline
import Workbench

/// A key of the prompt: the character that stands for it, and what it does.
enum Key: UInt8, CaseIterable {
  case submit, enter, drop, up, down, left, right, home, end, delete, deleteWord, wordLeft, wordRight
  case complete, search, paste, suspend, edit
  case pageUp, pageDown

  /// A C1 control, which no keyboard sends in UTF-8.
  var code: Unicode.Scalar { Unicode.Scalar(0x80 + rawValue) }

  /// Whether it does something to the line; the others turn pages.
  var edits: Bool { self != .pageUp && self != .pageDown }

  /// Characters that do the same in every mode, as libedit's `bind` writes them.
  var characters: [String] {
    switch self {
    case .enter: ["^M", "^J"]
    case .drop: ["^C"]
    case .complete: ["^I"]
    case .search: ["^R"]
    case .suspend: ["^Z"]
    case .edit: ["^X^E"]
    default: []
    }
  }

  /// Characters that do the same with emacs keys only.
  var emacsCharacters: [String] {
    switch self {
    case .right: ["^F"]
    case .end: ["^E"]
    case .wordRight: ["\\ef"]
    case .up: ["^P"]
    case .down: ["^N"]
    default: []
    }
  }

  /// libedit's own function, where there is one.
  var builtin: String? {
    switch self {
    case .submit: "ed-newline"
    case .left: "ed-prev-char"
    case .home: "ed-move-to-beg"
    case .delete: "ed-delete-next-char"
    case .deleteWord: "em-delete-next-word"
    case .wordLeft: "ed-prev-word"
    default: nil
    }
  }

  /// For `help keys`, in its order.
  static let help = [
    KeyHelp("Enter", "runs the line; after \\ or in an open quote the line goes on"),
    KeyHelp("Tab", "completes the word, or lists what may stand there"),
    KeyHelp("→", "at the end of the line takes the grey suggestion; Ctrl-→ or Alt-F takes a word of it"),
    KeyHelp("↑ ↓", "earlier and later lines that begin with what is typed"),
    KeyHelp("Ctrl-R", "searches the history; again for older lines, Ctrl-S for newer, Ctrl-G gives up"),
    KeyHelp("Ctrl-C", "drops the line; in a long command stops at the next safe point and keeps what was learnt"),
    KeyHelp("Ctrl-D", "on an empty line leaves"),
    KeyHelp("Ctrl-Z", "puts the program to sleep; fg in the shell wakes it"),
    KeyHelp("Ctrl-X Ctrl-E", "edits the line in $VISUAL or $EDITOR"),
    KeyHelp("Ctrl-A Ctrl-E", "to the beginning and the end of the line; Alt-B, Alt-F by words"),
    KeyHelp("Ctrl-W Ctrl-U Ctrl-K", "cut the word before, the line, the rest of the line; Ctrl-Y puts it back"),
    KeyHelp("Ctrl-L", "clears the screen"),
    KeyHelp("set keys vi", "vi keys instead of these; ~/.editrc is read, with the program name sumi"),
  ]
}
