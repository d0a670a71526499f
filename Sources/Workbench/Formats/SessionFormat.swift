import Grammar

/// A form that a session is saved in.
protocol SessionFormat: Sendable {
  static var form: Form<Self> { get }

  /// How the names of such files end, without the dot; the first is the one to suggest.
  static var endings: [String] { get }

  /// Whether the session can be had again from it, so that its training counts as saved.
  static var isReplayable: Bool { get }

  /// The bytes of the file.
  /// - Parameters:
  ///   - path: where it will be, as names of files in it are beside it.
  ///   - mark: a sentence that tells the file from those of others; nil for none.
  /// - Throws: `Refusal` when a part of the session cannot be put into this form.
  func bytes(_ session: Session, at path: String, mark: String?) throws(Refusal) -> [UInt8]
}

extension SessionFormat {
  func bytes(_ session: Session, at path: String) throws(Refusal) -> [UInt8] { try bytes(session, at: path, mark: nil) }
}

/// All forms that a session is saved in, in the order of help.
enum SessionFormats {
  static let all: [any SessionFormat.Type] = [
    ScriptFormat.self, PageFormat.self, MarkdownFormat.self, NotebookFormat.self,
  ]
  static let catalogue = Catalogue("format", all.map { lift($0) })

  static let endings = all.flatMap { $0.endings }

  /// The format of a file's ending, and whether a session can be had again from it.
  static func format(of path: String) -> (format: any SessionFormat, isReplayable: Bool)? {
    guard let ending = FileEnding.of(path), let type = all.first(where: { $0.endings.contains(ending) }),
      let format = plain(type)
    else { return nil }
    return (format, type.isReplayable)
  }

  private static func plain<Item: SessionFormat>(_ type: Item.Type) -> Item? { Item.form.plain }

  private static func lift<Item: SessionFormat>(_ type: Item.Type) -> Form<any SessionFormat> {
    Item.form.lifted({ $0 }, { $0 as? Item })
  }
}
