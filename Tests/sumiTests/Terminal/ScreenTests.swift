import Testing

@Suite("The screen as a person sees it", .enabled(if: Tmux.isInstalled, "tmux is not installed"))
struct ScreenTests {
  @Test("a newcomer gets from the banner to a trained network with →, Tab and Enter alone")
  func newcomer() throws {
    let window = try Tmux(columns: 80, rows: 24)
    let steps = [
      ("1> load digits", "digits 2>"), ("2> add dense 512 relu", "784→512 3>"),
      ("3> add dense 10 softmax", "784→512→10 4>"), ("4> compile rmsprop", "784→512→10 5>"),
    ]
    for (suggestion, after) in steps {
      try window.see(ending: suggestion)
      try window.press("Right", "Enter")
      try window.see("a prompt with \(after)") { $0.contains { $0.contains(after) } }
    }
    try window.press("C-u")
    try window.type("fit 1 5")
    try window.press("Enter")
    let lines = try window.see("a summary and a prompt behind it") { lines in
      lines.contains { $0.contains("best epoch 1") } && lines.last?.contains("epoch 1") == true
    }
    #expect(lines.contains { $0.contains(#/^epoch 1\/1 ━+ .*accuracy 0\.\d+$/#) })
    #expect(lines.contains { $0.hasPrefix("1 epoch in ") })
  }

  @Test("a list stands below the line and goes away with the next key; the line stays where it is")
  func list() throws {
    let window = try Tmux(columns: 80, rows: 12, "--quiet")
    try window.see(ending: "1> load digits")
    try window.type("set ")
    try window.press("Tab")
    let lines = try window.see("a list of settings") { $0.count == 11 }
    #expect(lines[0] == "1> set")
    #expect(lines[1].hasPrefix("threads      How many threads work at once"))
    #expect(lines.allSatisfy { $0.count < 80 })
    try window.type("c")
    try window.see("the line alone, with what is suggested behind it") { $0 == ["1> set colour"] }
  }

  @Test("a list below the last row of the screen scrolls, and the line is still right")
  func listAtTheBottom() throws {
    let window = try Tmux(columns: 60, rows: 8, "--quiet", "--no-color")
    try window.type("help quit")
    try window.press("Enter")
    try window.see("the next prompt") { $0.contains("2>") }
    try window.type("help show e")
    try window.press("Tab")
    try window.see("the list") { $0.contains { $0.hasPrefix("example") } }
    try window.type("rr")
    try window.press("Tab", "Enter")
    try window.see("the first page of it") { $0.last?.contains("Space goes on") == true }
    try window.press("G")
    try window.see("help on show errors") { $0.contains { $0.contains("show errors 10") } }
  }

  @Test("the awaited word is shown behind the cursor, and disappears when something is typed")
  func awaited() throws {
    let window = try Tmux(columns: 80, rows: 10, "--quiet", "-i", "-c", "load digits train=20 test=10")
    try window.see("the prompt") { $0.contains { $0.contains("2>") } }
    try window.type("add dense ")
    try window.see(ending: "2> add dense ‹units›")
    try window.type("5")
    try window.see(ending: "2> add dense 5")
  }

  @Test("another width of the window leaves one right line", arguments: [(40, 12), (30, 6), (120, 20)])
  func resized(columns: Int, rows: Int) throws {
    let window = try Tmux(columns: 80, rows: 12, "--quiet")
    try window.see(ending: "1> load digits")
    let line = "fit 3 128 validation=0.1 patience=2 shuffle=yes class_weight=balanced restore_best=yes"
    try window.type(line)
    try window.see("the whole line") { $0.joined().hasSuffix("restore_best=yes") }
    try window.resize(columns: columns, rows: rows)
    try window.type("x")
    let lines = try window.see("the line in the new width") { $0.joined() == "1> \(line)x" }
    #expect(lines.allSatisfy { $0.count <= columns })
  }

  @Test("Ctrl-Z puts the program to sleep and fg brings the line back")
  func suspended() throws {
    let window = try Tmux(columns: 80, rows: 14, command: "/bin/bash", "--norc", "-i")
    try window.type("PS1='$ '; '\(Spawn.path)' --quiet")
    try window.press("Enter")
    try window.see(ending: "1> load digits")
    try window.type("help qu")
    try window.press("C-z")
    try window.see("the shell's prompt") { $0.last == "$" }
    try window.type("fg")
    try window.press("Enter")
    try window.see("the line again") { $0.last?.hasPrefix("1> help qu") == true }
    try window.type("it")
    try window.press("Enter")
    try window.see("the answer") { $0.contains { $0.contains("Ends the program.") } }
  }

  @Test("the bar is one line that is drawn over, with steps, time and the rest of the run")
  func bar() throws {
    let window = try Tmux(
      columns: 100, rows: 12, "-c",
      "load digits train=20000 test=100; add dense 512 relu; add dense 10 softmax; compile sgd; fit 300 1")
    let lines = try window.see("a bar") { $0.last?.contains("ETA") == true }
    #expect(lines.last?.contains(#/^epoch 1\/300 ━*─+ \d+\/20000  ETA .*  .*\/step  loss \d/#) == true, "\(lines)")
    #expect(lines.filter { $0.contains("─") }.count == 1)
  }

  @Test("a window of 20×5 has a prompt, a list and an answer")
  func tiny() throws {
    let window = try Tmux(columns: 20, rows: 5, "--quiet")
    try window.see(ending: "1> load digits")
    try window.type("set ")
    try window.press("Tab")
    try window.see("a short list") { $0.first == "1> set" && $0.count >= 3 }
    try window.type("prompt ")
    try window.press("Tab")
    try window.type("s")
    try window.press("Tab", "Enter")
    try window.see("the next prompt") { $0.contains { $0.hasPrefix("2>") } }
  }

  @Test("wide characters keep the cursor and the suggestion where they belong")
  func wide() throws {
    let window = try Tmux(columns: 40, rows: 8, "--quiet")
    try window.see(ending: "1> load digits")
    try window.type("help 計算の")
    try window.press("Enter")
    try window.see("a refusal") { $0.contains { $0.contains("there is no help on \"計算の\"") } }
    try window.press("C-u")
    try window.type("seed 1 # 計算の")
    try window.press("Enter")
    try window.see("the next prompt") { $0.last?.hasPrefix("3>") == true }
    try window.type("seed 1 # 計")
    try window.see(ending: "3> seed 1 # 計算の")
    try window.press("Right")
    try window.press("BSpace", "BSpace")
    try window.type("x")
    try window.see("the line") { $0.last?.hasPrefix("3> seed 1 # 計x") == true }
  }
}
