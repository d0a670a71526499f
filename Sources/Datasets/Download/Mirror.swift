import Grammar

/// A place of a person's own that is asked before the published addresses: `$SUMI_MIRROR/SET/FILE`.
struct Mirror {
  private let base: String

  /// nil when the environment names none.
  /// - Throws: `Refusal` when it is no address of http or https.
  init?(_ environment: [String: String]) throws(Refusal) {
    guard let base = environment["SUMI_MIRROR"], !base.isEmpty else { return nil }
    guard base.hasPrefix("http://") || base.hasPrefix("https://"), Download.host(base)?.isEmpty == false else {
      throw Refusal("SUMI_MIRROR is \"\(base)\"; expected an address that begins with http:// or https://")
    }
    self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
  }

  func address(of file: String, in set: String) -> String { "\(base)/\(set)/\(file)" }
}
