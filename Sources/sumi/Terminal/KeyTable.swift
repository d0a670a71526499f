/// The keys behind control sequences: VT220's, xterm's with modifiers, rxvt's, the Linux console's and kitty's.
enum KeyTable {
  /// What a sequence stands for; nil when it has no meaning here.
  static func keystroke(_ sequence: ControlSequence, text: String) -> Keystroke? {
    switch sequence {
    case .escape: .escape
    case .string: .report(text)
    case .other: nil
    case .function(let parameters, let final): function(final, Modifiers(Int(parameters) ?? 1))
    case .control(let parameters, let final): control(parameters, final, text)
    }
  }

  /// Which keys are held: one more than the sum of 1 for Shift, 2 for Alt, 4 for Ctrl, 8 for Super, and so on.
  private struct Modifiers {
    let bits: Int
    init(_ number: Int) { bits = max(0, number - 1) }
    var hasShift: Bool { bits & 1 != 0 }
    var hasAlt: Bool { bits & 2 != 0 }
    var hasControl: Bool { bits & 4 != 0 }
    /// Whether more than Shift is held; the locks of kitty do not count.
    var changesKey: Bool { bits & 0b11_1110 != 0 }
    /// Whether keys are held that move by words.
    var movesWords: Bool { bits & 0b11_1000 == 0 && bits & 0b110 != 0 }
  }

  private static func control(_ parameters: String, _ final: Character, _ text: String) -> Keystroke? {
    guard parameters.allSatisfy({ $0.isNumber || $0 == ";" || $0 == ":" }) else {
      return parameters.first.map("?>=".contains) == true ? .report(text) : nil
    }
    let fields = parameters.split(separator: ";", omittingEmptySubsequences: false)
      .map { $0.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) } }
    func number(_ field: Int, _ place: Int = 0) -> Int? {
      fields.indices.contains(field) && fields[field].indices.contains(place) ? fields[field][place] : nil
    }
    let modifiers = Modifiers(number(1) ?? 1)
    // The third kind of event is that a key is let go.
    if number(1, 1) == 3 { return nil }
    switch final {
    case "A"..."D", "H", "F": return arrow(final, modifiers)
    case "a"..."d": return arrow(Character(final.uppercased()), Modifiers(2))
    case "~": return number(0) == 27 ? character(number(2), modifiers) : numbered(number(0), modifiers)
    case "^": return numbered(number(0), Modifiers(5))
    case "$": return numbered(number(0), Modifiers(2))
    case "@": return numbered(number(0), Modifiers(6))
    case "u": return character(number(2) ?? (modifiers.hasShift ? number(0, 1) : nil) ?? number(0), modifiers)
    case "c", "t", "S": return .report(text)
    default: return nil
    }
  }

  private static func arrow(_ final: Character, _ modifiers: Modifiers) -> Keystroke? {
    switch final {
    case "H": .key(.home)
    case "F": .key(.end)
    case "C" where modifiers.movesWords: .key(.wordRight)
    case "D" where modifiers.movesWords: .key(.wordLeft)
    case _ where modifiers.changesKey: nil
    case "A": .key(.up)
    case "B": .key(.down)
    case "C": .key(.right)
    case "D": .key(.left)
    default: nil
    }
  }

  /// VT220's keys by their numbers.
  private static func numbered(_ number: Int?, _ modifiers: Modifiers) -> Keystroke? {
    switch number {
    case 1, 7: .key(.home)
    case 4, 8: .key(.end)
    case 3: .key(modifiers.movesWords ? .deleteWord : .delete)
    case 5 where !modifiers.changesKey: .key(.pageUp)
    case 6 where !modifiers.changesKey: .key(.pageDown)
    default: nil
    }
  }

  /// The keypad's and the function keys of VT100, and rxvt's arrows with Ctrl.
  private static func function(_ final: Character, _ modifiers: Modifiers) -> Keystroke? {
    switch final {
    case "A"..."D", "H", "F": arrow(final, modifiers)
    case "a"..."d": arrow(Character(final.uppercased()), Modifiers(5))
    case "M": .character("\r")
    case "I": .character("\t")
    case " ": .character(" ")
    case "X": .character("=")
    case "j"..."y": final.asciiValue.map { .character(Unicode.Scalar($0 - 0x40)) }
    default: nil
    }
  }

  /// A character by its number, as kitty and xterm's `modifyOtherKeys` tell it.
  private static func character(_ number: Int?, _ modifiers: Modifiers) -> Keystroke? {
    guard let number, let scalar = UInt32(exactly: number).flatMap({ Unicode.Scalar($0) }) else { return nil }
    if let keypad = keypad(number) { return modifiers.changesKey ? nil : keypad }
    switch scalar {
    case "\u{7F}", "\u{8}": return .character(modifiers.hasControl || modifiers.hasAlt ? "\u{17}" : "\u{7F}")
    case "\r", "\t", "\u{1b}": return modifiers.changesKey || modifiers.hasShift ? nil : .character(scalar)
    case _ where scalar.value < 0x20 || (0x80..<0xA0).contains(scalar.value): return nil
    case "\u{E000}"..."\u{F8FF}": return nil
    default: break
    }
    guard modifiers.changesKey else { return .character(scalar) }
    let isControl = modifiers.hasControl && ("@"..."~").contains(scalar)
    let plain = isControl ? Unicode.Scalar(UInt8(scalar.value & 0x1F)) : scalar
    if modifiers.hasAlt { return .meta(plain) }
    return isControl ? .character(plain) : nil
  }

  /// kitty's keypad and arrows, in the private use area.
  private static func keypad(_ number: Int) -> Keystroke? {
    switch number {
    case 57_399...57_408: .character(Unicode.Scalar(UInt8(0x30 + number - 57_399)))
    case 57_409: .character(".")
    case 57_410: .character("/")
    case 57_411: .character("*")
    case 57_412: .character("-")
    case 57_413: .character("+")
    case 57_414: .character("\r")
    case 57_415: .character("=")
    case 57_417: .key(.left)
    case 57_418: .key(.right)
    case 57_419: .key(.up)
    case 57_420: .key(.down)
    case 57_421: .key(.pageUp)
    case 57_422: .key(.pageDown)
    case 57_423: .key(.home)
    case 57_424: .key(.end)
    case 57_426: .key(.delete)
    default: nil
    }
  }
}
