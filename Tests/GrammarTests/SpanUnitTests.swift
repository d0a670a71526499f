import Grammar
import Testing

@Suite("Spans in the units of the caller")
struct SpanUnitTests {
  @Test(arguments: [
    (Span(start: 0, length: 3), Span(start: 0, length: 3), Span(start: 0, length: 3)),
    (Span(start: 4, length: 2), Span(start: 4, length: 6), Span(start: 4, length: 3)),
    (Span(start: 6, length: 1), Span(start: 10, length: 1), Span(start: 7, length: 1)),
    (Span(start: 9, length: 5), Span(start: 11, length: 0), Span(start: 8, length: 0)),
  ])
  func `a stretch is found again in bytes, characters and UTF-16`(span: Span, bytes: Span, utf16: Span) {
    let line = "add é🙂x"
    #expect(span.counted(in: .bytes, of: line) == bytes)
    #expect(span.counted(in: .utf16, of: line) == utf16)
    if span.end <= line.count { #expect(span.counted(in: .characters, of: line) == span) }
  }
}
