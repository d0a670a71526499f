import Grammar

/// Which examples a data set is tested with, as `test=` says.
public enum TestPart: Equatable, Sendable {
  /// The first so many of its test examples; of one's own data so many, or a share, put aside by chance.
  case part(Division.Part)
  /// Those of another file.
  case file(String)

  public static let kind = ArgumentType<TestPart>(
    expected: "how many, a share between 0 and 1, or a file",
    read: { (word) throws(Misread) -> TestPart in
      if let count = Int(word.plain) {
        guard count > 0 else { throw .noTestPart(word) }
        return .part(.count(count))
      }
      guard let share = Double(word.plain) else {
        guard word.text.contains(".") || word.text.contains("/") else { throw .noTestPart(word) }
        return .file(word.text)
      }
      guard share > 0, share < 1 else { throw .noTestPart(word) }
      return .part(.share(share))
    },
    write: {
      switch $0 {
      case .part(.count(let count)): "\(count)"
      case .part(.share(let share)): "\(share)"
      case .file(let name): ArgumentType<String>.quote(name)
      }
    })
}

extension Misread {
  fileprivate static func noTestPart(_ word: Word) -> Misread {
    .not("a whole number, 1 or more, or a share between 0 and 1, or the name of a file", word, atMost: Int.max)
  }
}
