import Testing

@testable import Grammar

@Suite("Did you mean")
struct SuggestionTests {
  private static let names = ["dense", "dropout", "flatten", "activation", "conv2d", "batchnorm", "sgd", "adam"]

  @Test(
    "a mistyped name finds the one that was meant",
    arguments: [
      ("dnse", "dense"), ("desne", "dense"), ("Dense", "dense"), ("densee", "dense"), ("drop", "dropout"),
      ("flaten", "flatten"), ("activaton", "activation"), ("con2d", "conv2d"), ("act", "activation"), ("sdg", "sgd"),
      ("BatchNormalization", "batchnorm"), ("conv2dtranspose", "conv2d"), ("adam_with_more", "adam"),
    ])
  func near(typed: String, meant: String) {
    #expect(Suggestion.nearest(to: typed, among: SuggestionTests.names) == meant)
  }

  @Test(
    "what is far from all names finds none",
    arguments: ["", "x", "zzzz", "convolution", "5", String(repeating: "dense", count: 10_000)])
  func far(typed: String) { #expect(Suggestion.nearest(to: typed, among: SuggestionTests.names) == nil) }

  @Test(
    "the distance counts insertions, deletions, replacements and swaps",
    arguments: [
      ("", "", 0), ("a", "", 1), ("", "abc", 3), ("abc", "abc", 0), ("abc", "acb", 1), ("kitten", "sitting", 3),
      ("ca", "abc", 3),
    ])
  func distance(one: String, other: String, edits: Int) {
    #expect(Suggestion.distance(Array(one), Array(other)) == edits)
    #expect(Suggestion.distance(Array(other), Array(one)) == edits)
  }
}
