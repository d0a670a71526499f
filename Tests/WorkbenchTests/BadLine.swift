/// A line that must be refused, and how.
struct BadLine: Sendable, CustomStringConvertible {
  let stage: Bench.Stage
  let typed: String
  /// What the message has to contain.
  let says: [String]
  /// What the caret stands under; nil where it stands nowhere.
  let at: String?
  /// What to type next.
  let hint: String?

  init(_ stage: Bench.Stage, _ typed: String, says: String..., at: String? = nil, hint: String? = nil) {
    self.stage = stage
    self.typed = typed
    self.says = says
    self.at = at
    self.hint = hint
  }

  var description: String { typed.count < 80 ? typed : "\(typed.prefix(40))… (\(typed.count) characters)" }
}
