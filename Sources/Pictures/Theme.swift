/// Which colours a picture is drawn in: dark ink on light paper, or light ink on dark.
public enum Theme: String, CaseIterable, Sendable {
  case light, dark

  /// What a picture is drawn on.
  var paper: Ink { self == .light ? Ink(hex: 0xFFFFFF) : Ink(hex: 0x16181D) }
  /// Text and axes.
  var ink: Ink { self == .light ? Ink(hex: 0x1A1A1A) : Ink(hex: 0xE6E6E6) }
  /// What stands back: units, numbers of axes.
  var faint: Ink { self == .light ? Ink(hex: 0x6B6B6B) : Ink(hex: 0x9DA3AD) }
  /// Frames and rules.
  var rule: Ink { self == .light ? Ink(hex: 0xC9C9C9) : Ink(hex: 0x454B57) }
  /// Lines of a grid, hardly seen.
  var grid: Ink { self == .light ? Ink(hex: 0xEAEAEA) : Ink(hex: 0x2A2F38) }
  /// What is true.
  var blue: Ink { self == .light ? Ink(hex: 0x1F57B4) : Ink(hex: 0x7CB0FF) }
  /// What is wrong.
  var red: Ink { self == .light ? Ink(hex: 0xC0281C) : Ink(hex: 0xFF8A7A) }
  /// What is right.
  var green: Ink { self == .light ? Ink(hex: 0x1B7A3D) : Ink(hex: 0x6CCB8B) }
  /// The second line of a plot; told from blue also by the colour-blind, after Okabe and Ito.
  var orange: Ink { self == .light ? Ink(hex: 0xB55000) : Ink(hex: 0xF2A65A) }

  /// The colour of a style.
  func ink(_ style: Style) -> Ink {
    switch style.foreground {
    case .red: red
    case .green: green
    case .yellow: orange
    case .blue, .cyan: blue
    case .ink(let ink): ink
    case nil: style.isDim ? faint : ink
    }
  }
}

/// Numbers from 0 to 1 as colours that get lighter or darker all the way, so that they print in grey too.
public enum ColourMap: Sendable {
  /// From the paper's colour to the ink's, as digits are written.
  case writing
  /// From black to white whatever the paper, as photos are.
  case photo
  /// From blue over grey to yellow, seen alike by the colour-blind: cividis (Nuñez, Anderton, Renslow 2018); 0.5 stands
  /// for no weight.
  case cividis
  /// From the paper to blue: what is right.
  case right
  /// From the paper to orange: what is wrong.
  case wrong

  /// Cividis at ten places of the same distance.
  private static let anchors: [UInt32] = [
    0x00224E, 0x123570, 0x3B496C, 0x575D6D, 0x707173, 0x8A8678, 0xA59C74, 0xC3B369, 0xE1CC55, 0xFEE838,
  ]

  func ink(_ value: Double, _ theme: Theme) -> Ink {
    let value = value.isFinite ? min(1, max(0, value)) : 0
    switch self {
    case .writing:
      return theme == .light
        ? Ink(hex: 0xFFFFFF).mixed(with: Ink(hex: 0), value)
        : Ink(hex: 0).mixed(with: Ink(hex: 0xFFFFFF), value)
    case .photo: return Ink(hex: 0).mixed(with: Ink(hex: 0xFFFFFF), value)
    case .right: return theme.paper.mixed(with: theme == .light ? Ink(hex: 0x2166AC) : Ink(hex: 0x3F7FD0), value)
    case .wrong: return theme.paper.mixed(with: theme == .light ? Ink(hex: 0xE07B1A) : Ink(hex: 0xC76B18), value)
    case .cividis:
      let place = value * Double(ColourMap.anchors.count - 1)
      let index = (0...ColourMap.anchors.count - 2).clamping(place, .down)
      return Ink(hex: ColourMap.anchors[index])
        .mixed(with: Ink(hex: ColourMap.anchors[index + 1]), place - Double(index))
    }
  }

  /// The colours of all bytes.
  func pixels(_ theme: Theme) -> [UInt32] { (0...255).map { ink(Double($0) / 255, theme).pixel } }
}
