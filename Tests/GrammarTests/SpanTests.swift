import Testing

@testable import Grammar

@Suite("Spans")
struct SpanTests {
  @Test("the union holds both, in either order")
  func union() {
    let (one, other) = (Span(start: 2, length: 3), Span(start: 7, length: 1))
    #expect(one.end == 5)
    #expect(one.union(other) == Span(start: 2, length: 6))
    #expect(other.union(one) == Span(start: 2, length: 6))
    #expect(one.union(Span(start: 3, length: 1)) == one)
  }
}
