@testable import Grammar

/// A small vocabulary to read with: colours that a thing can have.
struct Paint: Equatable, Sendable {
  var name = "plain"
  var strength = 1.0

  private static let plain = Form<Paint>(
    "plain", "No colour.", examples: [], make: { Paint() }, settings: { _ in () })
  private static let red = Form<Paint>(
    "red", "Red.", .named("strength", .number(0...1), default: 1, alias: "s", "how much"), examples: [],
    make: { Paint(name: "red", strength: $0) }, settings: { $0.strength })

  static let catalogue = Catalogue<Paint>(
    "colour", [plain, red].map { form in form.lifted({ $0 }, { $0.name == form.name ? $0 : nil }) })
}
