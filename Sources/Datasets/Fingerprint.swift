import Engine

extension Dataset {
  /// The SHA-256 of all examples, those to train on and those to test with: 64 hexadecimal digits.
  public func fingerprint() -> String {
    var hash = SHA256()
    for examples in [train, test] { examples.withBytes { hash.update($0) } }
    return hash.hexadecimal()
  }
}
