/// A place outside the grammar that words come from, such as the classes of the data set.
public struct Domain: Hashable, Sendable {
  public let name: String

  public init(_ name: String) { self.name = name }
}
