/// Words that people know from other shells, with the line that does here what they are after.
enum ShellWord {
  /// What it is here, and the line; nil for a word that is none.
  static func answer(_ word: String) -> (message: String, line: String)? { words[word.lowercased()] }

  private static let words: [String: (message: String, line: String)] = [
    "?": ("help is a word here", "help"), "man": ("help is called so here", "help"),
    "h": ("help has no short name", "help"),
    "ls": ("Tab behind load or run lists files; the session's own commands are listed by cells", "cells"),
    "dir": ("Tab behind load or run lists files; the session's own commands are listed by cells", "cells"),
    "exit": ("the program ends with quit, or with Ctrl-D", "quit"),
    "bye": ("the program ends with quit, or with Ctrl-D", "quit"),
    "q": ("the program ends with quit, or with Ctrl-D", "quit"),
    ":q": ("the program ends with quit, or with Ctrl-D", "quit"),
    "exit()": ("the program ends with quit, or with Ctrl-D", "quit"),
    "quit()": ("the program ends with quit, or with Ctrl-D", "quit"),
    "clear": ("Ctrl-L clears the screen; new empties the session", "new"),
    "cls": ("Ctrl-L clears the screen; new empties the session", "new"),
    "history": ("cells lists the session's commands; Ctrl-R searches all that was ever typed", "cells"),
    "plot": ("show draws: curves, errors, weights, network", "show curves"),
    "train": ("fit trains", "fit 5 128"), "test": ("evaluate measures on the test examples", "evaluate"),
    "cat": ("edit opens the session as a text", "edit"), "vi": ("edit opens the session as a text", "edit"),
    "vim": ("edit opens the session as a text", "edit"), "nano": ("edit opens the session as a text", "edit"),
    "python": ("no Python is needed here", "help"), "open": ("load brings data, run a session", "load digits"),
  ]
}
