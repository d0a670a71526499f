/// What the next word of a half-typed line may be.
public struct Expectation: Equatable, Sendable {
  /// Parameters that plain words are still awaited for, in order.
  private var waiting: [ParameterInfo]
  private var open: [ParameterInfo]
  private var hasNamed = false

  init(waiting: [ParameterInfo], keys: [ParameterInfo]) {
    self.waiting = waiting
    open = keys
  }

  /// The parameter that a plain word would be for; nil when none may stand here.
  public var slot: ParameterInfo? { hasNamed ? nil : waiting.first }

  /// The parameters that may be given as `key=value` now; none while a word is required before them.
  public var keys: [ParameterInfo] {
    if let slot, slot.isRequired { return [] }
    return open.filter { $0.name != slot?.name }
  }

  /// The parameter of `key=`, when it may still be given.
  public func slot(named key: String) -> ParameterInfo? {
    open.first { $0.keys.contains(key) } ?? waiting.first { $0.keys.isEmpty && $0.accepted.contains(key) }
  }

  /// Takes in one more word; false when it cannot stand here.
  mutating func follow(_ word: Word) -> Bool {
    if let pair = Arguments.pair(word) {
      guard let slot = slot(named: pair.key.text) else { return false }
      hasNamed = true
      if slot.place == .nested { return enter(slot, pair.value.plain) }
      close(slot)
      return true
    }
    guard let slot else { return false }
    switch slot.place {
    case .rest: return true
    case .nested: return enter(slot, word.plain)
    case .positional, .named:
      close(slot)
      return true
    }
  }

  private mutating func close(_ slot: ParameterInfo) {
    waiting.removeAll { $0.name == slot.name }
    open.removeAll { $0.name == slot.name }
  }

  private mutating func enter(_ slot: ParameterInfo, _ name: String) -> Bool {
    guard let form = slot.forms.first(where: { $0.isMeant(by: name) }) else { return false }
    // A file's name is the form's first word itself.
    waiting = Array(form.slots.filter { $0.place != .named }.dropFirst(form.name == name ? 0 : 1))
    open += form.slots.filter { !$0.keys.isEmpty }
    return true
  }
}
