import Grammar

extension Domain {
  /// Names of files and folders.
  static let files = Domain("file")
  /// Files that end in `.sumi`.
  static let scripts = Domain("script")
  /// Files that end in `.safetensors`.
  static let weights = Domain("weights")
  /// What the data set's classes are called.
  static let labels = Domain("class")
  /// Numbers of the network's layers, from 1.
  static let layers = Domain("layer number")
  /// Names of the figures that have been measured.
  static let measured = Domain("measured figure")
  /// Names of the figures that a fit will measure.
  static let trained = Domain("figure of fit")
  /// Sessions that are kept.
  static let sessions = Domain("session")
  /// Everything that help can tell of.
  static let topics = Domain("topic")
}
