import Testing

@testable import sumi

@Suite("Keystrokes from what a terminal sends")
struct KeyDecoderTests {
  /// Everything that comes of some bytes, the last of them unfinished for ever.
  private func keystrokes(_ bytes: some Sequence<UInt8>) -> [Keystroke] {
    var decoder = KeyDecoder()
    decoder.append(bytes)
    var all: [Keystroke] = []
    for _ in 0..<1000 {
      if let keystroke = decoder.next() ?? (decoder.patience == nil ? nil : decoder.giveUp()) {
        all.append(keystroke)
      } else if decoder.patience == nil {
        break
      }
    }
    return all
  }

  private func keystrokes(_ text: String) -> [Keystroke] { keystrokes(text.utf8) }

  @Test(
    "keys with a meaning have it in every terminal",
    arguments: [
      (["[A", "OA", "[1;2A", "[57419u"], Key.up), (["[B", "OB"], .down), (["[C", "OC", "[1;2C", "[c"], .right),
      (["[D", "OD"], .left), (["[H", "OH", "[1~", "[7~", "[7$", "[7^", "[1;5H"], .home),
      (["[F", "OF", "[4~", "[8~", "[8$", "[1;2F"], .end), (["[3~", "[3;2~", "[3$", "[57426u"], .delete),
      (["[3;5~", "[3;3~", "[3^", "[3@"], .deleteWord), (["[1;5C", "[1;3C", "Oc", "\u{1b}[C", "\u{1b}OC"], .wordRight),
      (["[1;5D", "[1;3D", "Od", "\u{1b}[D"], .wordLeft), (["[5~"], .pageUp), (["[6~", "[57422u"], .pageDown),
    ] as [([String], Key)])
  func keys(sequences: [String], key: Key) {
    for sequence in sequences {
      #expect(keystrokes("\u{1b}\(sequence)x") == [.key(key), .character("x")], "\(sequence.debugDescription)")
    }
  }

  @Test(
    "keys without a meaning type nothing",
    arguments: [
      "[2~", "[5;5~", "[1;5A", "[1;5B", "[1;3A", "[15~", "[24~", "[[A", "[[E", "OP", "OS", "O5P", "[1;2P", "[11~",
      "[2;2~", "[Z", "[I", "[O", "[M !!", "[<0;10;20M", "[<0;10;20m", "[32;10;20M", "[5^", "[2@", "[P", "[E", "OE",
      "Oa",
      "[13;2u", "[27;2;13~", "[57358u", "[57441;1:3u", "[97;1:3u", "[115;9u", "[1;1:3A", "[29~", "[34~", "[1;5R",
      "[24;80R", "[8;24;80R", "[?1;2$y", "[4;1$y", "[0n", "[>4;1m", "[=1;2q", "[ q", "[200", "[", "O", "]",
      "]11;rgb:ff", "P1$r",
      "_Gi=31", "[1;", "[?62;", "[<0;10", "[M !",
    ])
  func meaningless(sequence: String) {
    let all = keystrokes("\u{1b}\(sequence)")
    #expect(all.allSatisfy { if case .report = $0 { true } else { $0 == .escape || $0 == .character("]") } }, "\(all)")
    // What is whole is swallowed to its last byte, so that the next key is itself again.
    let isTorn = ["[200", "[1;", "[?62;", "[<0;10", "[M !"].contains(sequence) || "]P_".contains(sequence.prefix(1))
    if sequence.count > 2, !isTorn {
      #expect(keystrokes("\u{1b}\(sequence)é").last == .character("é"))
    }
  }

  @Test(
    "what a terminal answers is a report, and never input",
    arguments: [
      "\u{1b}[?62;4;22c", "\u{1b}[>41;354;0c", "\u{1b}[6;20;10t", "\u{1b}[?2;0;1000;1000S",
      "\u{1b}]11;rgb:ffff/ffff/ffff\u{1b}\\",
      "\u{1b}]11;rgb:ffff/ffff/ffff\u{7}", "\u{1b}_Gi=31;OK\u{1b}\\", "\u{1b}P>|xterm(379)\u{1b}\\", "\u{1b}^x\u{1b}\\",
    ])
  func reports(text: String) {
    #expect(keystrokes("a\(text)b") == [.character("a"), .report(text), .character("b")])
    for length in 1..<text.utf8.count {
      var decoder = KeyDecoder()
      decoder.append(text.utf8.prefix(length))
      #expect(decoder.next() == nil && decoder.patience != nil)
      decoder.append(text.utf8.dropFirst(length))
      #expect(decoder.next() == .report(text) && decoder.next() == nil)
    }
  }

  @Test("a text that never ends is ended by Enter and by Ctrl-C", arguments: ["\r", "\u{3}"])
  func endless(end: Unicode.Scalar) {
    #expect(keystrokes("\u{1b}]52;abc\(end)x") == [.character(end), .character("x")])
  }

  @Test(
    "a broken sequence does not take the next key with it",
    arguments: [
      ("\u{1b}[1;\rx", [.character("\r"), .character("x")]), ("\u{1b}[\u{1b}[A", [.key(.up)]),
      ("\u{1b}]0;\u{1b}[A", [.key(.up)]),
      ("\u{1b}[3計", [.character("計")]), ("\u{1b}O\r", [.character("\r")]), ("\u{1b}[M\u{1b}[A", []),
    ] as [(String, [Keystroke])])
  func broken(text: String, expected: [Keystroke]) { #expect(keystrokes(text).filter { $0 != .escape } == expected) }

  @Test("C1 controls are short for ESC and a letter, or nothing")
  func c1() {
    #expect(keystrokes("\u{9b}A") == [.key(.up)])
    #expect(keystrokes("\u{9b}1;5Cx") == [.key(.wordRight), .character("x")])
    #expect(keystrokes("\u{8f}H") == [.key(.home)])
    #expect(keystrokes("\u{85}\u{81}x") == [.character("x")])
    #expect(keystrokes("\u{9d}11;rgb:0/0/0\u{7}x").last == .character("x"))
  }

  @Test(
    "kitty's and xterm's numbers for characters",
    arguments: [
      ("[97u", .character("a")), ("[97;2u", .character("a")), ("[97:65;2u", .character("A")),
      ("[97;2;65u", .character("A")),
      ("[99;5u", .character("\u{3}")), ("[27;5;99~", .character("\u{3}")), ("[13u", .character("\r")),
      ("[27u", .escape),
      ("[102;3u", .meta("f")), ("[127;5u", .character("\u{17}")), ("[127u", .character("\u{7f}")),
      ("[57404u", .character("5")),
      ("[57414u", .character("\r")), ("[233u", .character("é")), ("[97;65u", .character("a")),
    ] as [(String, Keystroke)])
  func numbers(sequence: String, keystroke: Keystroke) { #expect(keystrokes("\u{1b}\(sequence)") == [keystroke]) }

  @Test("ESC alone, twice, and before a letter is ESC")
  func escape() {
    #expect(keystrokes("\u{1b}") == [.escape])
    #expect(keystrokes("\u{1b}\u{1b}") == [.escape, .escape])
    #expect(keystrokes("\u{1b}f") == [.escape, .character("f")])
    #expect(keystrokes("\u{1b}P") == [.escape, .character("P")])
  }

  @Test("a paste is one keystroke, however it is cut, and its sequences are text")
  func paste() {
    let text = "seed 1\n\u{1b}[A計\u{1b}"
    let bytes = Array("a\u{1b}[200~\(text)\u{1b}[201~b".utf8)
    for cut in 0...bytes.count {
      var decoder = KeyDecoder()
      var all: [Keystroke] = []
      for part in [bytes[..<cut], bytes[cut...]] {
        decoder.append(part)
        while let keystroke = decoder.next() { all.append(keystroke) }
      }
      #expect(all == [.character("a"), .paste(text), .character("b")])
    }
  }

  @Test("Ctrl-C gives a paste up, and what is left of it is dropped")
  func pasteGivenUp() {
    var decoder = KeyDecoder()
    decoder.append("\u{1b}[200~seed 1\nse".utf8)
    #expect(decoder.next() == nil)
    decoder.append([3])
    #expect(decoder.next() == .character("\u{3}"))
    decoder.append("ed 2\nseed 3\u{1b}[2".utf8)
    #expect(decoder.next() == nil)
    decoder.append("01~x".utf8)
    #expect(decoder.next() == .character("x"))
    #expect(decoder.next() == nil && decoder.isEmpty)
  }

  @Test("characters of UTF-8, whole, torn and broken")
  func characters() {
    #expect(keystrokes("aé計🦉") == ["a", "é", "計", "🦉"].map { .character($0) })
    #expect(keystrokes([0xFF, 0x61]) == [.character("\u{FFFD}"), .character("a")])
    #expect(keystrokes([0xE8, 0xA8, 0x61]) == [.character("\u{FFFD}"), .character("a")])
    #expect(keystrokes([0xE8, 0xA8]) == [.character("\u{FFFD}")])
  }

  @Test("no bytes whatever take the decoder out of step")
  func anything() {
    var random = SystemRandomNumberGenerator()
    let alphabet = Array("\u{1b}\u{1b}\u{1b}[O]P;120~$M\u{9b}\u{7}\\A".utf8)
    for _ in 0..<20_000 {
      var decoder = KeyDecoder()
      var given = 0
      for _ in 0..<Int.random(in: 1...40, using: &random) {
        let common = alphabet.randomElement(using: &random) ?? 0
        let byte = Bool.random() ? common : UInt8.random(in: 0...255, using: &random)
        decoder.append([byte])
        while decoder.next() != nil { given += 1 }
      }
      while decoder.patience != nil, given < 1000 {
        if decoder.giveUp() != nil { given += 1 }
        while decoder.next() != nil { given += 1 }
      }
      #expect(given <= 80 && (decoder.isEmpty || decoder.isPasting))
    }
  }
}
