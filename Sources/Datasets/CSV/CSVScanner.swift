import Grammar

/// Cuts a CSV file, plain or gzip, into records (RFC 4180): quoted fields, doubled quotes, LF, CRLF or CR.
///
/// The file passes through a buffer, so its size does not matter.
struct CSVScanner {
  /// A record that is longer is none: somebody forgot a closing quote, or it is no CSV file.
  private static let longest = 16 << 20
  /// Bytes that are read at once: few at first, as most files are small and their first records are looked at often.
  private static let (firstPiece, largestPiece) = (1 << 12, 1 << 18)
  private static let (quote, newline, `return`) = (UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"))

  let path: String
  let separator: UInt8

  /// Hands over every record that is not blank, in order, until `body` has had enough.
  /// - Parameters:
  ///   - tell: told which part of the file is read, 0 … 1, before each piece of it.
  ///   - body: returns false to end.
  /// - Throws: `Refusal` with the line where the file is broken, and what the two throw.
  func scan(
    _ tell: (Double) throws(Refusal) -> Void = { (_) throws(Refusal) in },
    _ body: (CSVRecord) throws(Refusal) -> Bool
  ) throws(Refusal) {
    let file = try InflatedFile(path)
    var buffer: [UInt8] = []
    var state = State()
    var isAtEnd = false
    var piece = CSVScanner.firstPiece
    while !isAtEnd {
      try tell(Double(file.offset) / Double(max(1, file.size)))
      isAtEnd = try CSVScanner.fill(&buffer, piece, from: file)
      piece = min(2 * piece, CSVScanner.largestPiece)
      if state.isFirst {
        try CSVScanner.dropMark(&buffer, path)
        CSVScanner.dropRemarks(&buffer, &state)
      }
      state.isFirst = false
      let used = try scan(buffer, &state, isAtEnd: isAtEnd, body)
      guard let used else { return }
      buffer.removeFirst(used)
      guard buffer.count <= CSVScanner.longest else { throw .tooLong(path, state, CSVScanner.longest) }
    }
  }

  /// Appends the next piece of the file; whether that was the last.
  private static func fill(_ buffer: inout [UInt8], _ piece: Int, from file: InflatedFile) throws(Refusal) -> Bool {
    let count = buffer.count
    // Zeros from an array are copied at once, from a sequence one by one.
    buffer += [UInt8](repeating: 0, count: piece)
    let result = buffer.withUnsafeMutableBufferPointer { buffer in
      Result { () throws(Refusal) in try file.read(into: UnsafeMutableBufferPointer(rebasing: buffer[count...])) }
    }
    let got = try result.get()
    buffer.removeLast(piece - got)
    return got < piece
  }

  fileprivate struct State {
    var line = 1
    var isFirst = true
    /// The line on which the quote was opened that is still open.
    var quoteLine = 1
    var isQuoteOpen = false
  }

  /// The mark that some programs put before UTF-8 (a BOM) is none of the first field.
  private static func dropMark(_ buffer: inout [UInt8], _ path: String) throws(Refusal) {
    if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { buffer.removeFirst(3) }
    // A UTF-32 that begins with its lowest byte begins as UTF-16 does.
    let marks: [(bytes: [UInt8], name: String)] = [
      ([0xFF, 0xFE, 0, 0], "UTF-32"), ([0, 0, 0xFE, 0xFF], "UTF-32"),
      ([0xFF, 0xFE], "UTF-16"), ([0xFE, 0xFF], "UTF-16"),
    ]
    if let mark = marks.first(where: { buffer.starts(with: $0.bytes) }) {
      throw Refusal("\(path) is a text in \(mark.name); save it as UTF-8")
    }
  }

  /// Lines at the beginning that are no records: `# a comment` without a separator, and Excel's `sep=;`.
  private static func dropRemarks(_ buffer: inout [UInt8], _ state: inout State) {
    while let end = buffer.firstIndex(of: newline) {
      let line = buffer[..<end].filter { $0 != `return` }
      let isComment = line.first == UInt8(ascii: "#") && !line.contains { CSVSeparator.all.contains($0) }
      let isSeparator = state.line == 1 && line.count == 5 && line.starts(with: Array("sep=".utf8))
      guard isComment || isSeparator else { return }
      buffer.removeFirst(end + 1)
      state.line += 1
    }
  }

  /// Hands over the records that are whole; how many bytes they took, or nil when `body` has had enough.
  private func scan(
    _ buffer: [UInt8], _ state: inout State, isAtEnd: Bool, _ body: (CSVRecord) throws(Refusal) -> Bool
  ) throws(Refusal) -> Int? {
    let result = buffer.withUnsafeBufferPointer { bytes in
      Result { () throws(Refusal) -> Int? in
        var (place, fields) = (0, [CSVRecord.Field]())
        while place < bytes.count {
          let before = state
          guard let next = try record(bytes, from: place, &fields, &state, isAtEnd: isAtEnd) else {
            let isOpen = state.isQuoteOpen
            if isAtEnd, isOpen { throw .openQuote(path, state.quoteLine) }
            (state.line, state.isQuoteOpen) = (before.line, isOpen)
            return place
          }
          let record = CSVRecord(bytes: bytes, fields: fields, line: before.line)
          if !record.isBlank, try !body(record) { return nil }
          place = next
        }
        return place
      }
    }
    return try result.get()
  }

  /// Reads one record; where the next one begins, or nil when this one is not whole yet.
  private func record(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ fields: inout [CSVRecord.Field], _ state: inout State,
    isAtEnd: Bool
  ) throws(Refusal) -> Int? {
    fields.removeAll(keepingCapacity: true)
    state.isQuoteOpen = false
    var place = start
    while true {
      var field = CSVRecord.Field(start: place, end: place)
      if place < bytes.count, bytes[place] == CSVScanner.quote {
        guard let end = try quoted(bytes, &field, &state, isAtEnd: isAtEnd) else { return nil }
        place = end
      } else {
        place = try plain(bytes, from: place, state)
        field.end = place
      }
      fields.append(field)
      if place >= bytes.count { return isAtEnd ? place : nil }
      if bytes[place] == separator {
        place += 1
        continue
      }
      // A CR at the end of the buffer may be half of CRLF.
      if bytes[place] == CSVScanner.return, place + 1 == bytes.count, !isAtEnd { return nil }
      let isPair =
        bytes[place] == CSVScanner.return && place + 1 < bytes.count && bytes[place + 1] == CSVScanner.newline
      state.line += 1
      return place + (isPair ? 2 : 1)
    }
  }

  /// The end of a field without quotes.
  private func plain(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ state: State) throws(Refusal) -> Int {
    var place = start
    while place < bytes.count {
      let byte = bytes[place]
      if byte == separator || byte == CSVScanner.newline || byte == CSVScanner.return { break }
      if byte == 0 { throw .zeroByte(path, state.line) }
      place += 1
    }
    return place
  }

  /// Reads a field in quotes; where what follows it begins, or nil when its end is not there yet.
  private func quoted(
    _ bytes: UnsafeBufferPointer<UInt8>, _ field: inout CSVRecord.Field, _ state: inout State, isAtEnd: Bool
  ) throws(Refusal) -> Int? {
    (state.quoteLine, state.isQuoteOpen) = (state.line, true)
    field.start += 1
    field.isQuoted = true
    var place = field.start
    while place < bytes.count {
      let byte = bytes[place]
      if byte == 0 { throw .zeroByte(path, state.line) }
      if byte == CSVScanner.newline { state.line += 1 }
      guard byte == CSVScanner.quote else {
        place += 1
        continue
      }
      guard place + 1 < bytes.count || isAtEnd else { return nil }
      if place + 1 < bytes.count, bytes[place + 1] == CSVScanner.quote {
        field.hasDoubledQuotes = true
        place += 2
        continue
      }
      field.end = place
      state.isQuoteOpen = false
      let isEnd =
        place + 1 == bytes.count || [separator, CSVScanner.newline, CSVScanner.return].contains(bytes[place + 1])
      guard isEnd else { throw .textBehindQuote(path, state.line) }
      return place + 1
    }
    return nil
  }
}

extension Refusal {
  fileprivate static func openQuote(_ path: String, _ line: Int) -> Refusal {
    Refusal("\(path), line \(line): a quote is opened and never closed")
  }
  fileprivate static func textBehindQuote(_ path: String, _ line: Int) -> Refusal {
    Refusal(
      "\(path), line \(line): text follows a closing quote; a quote inside quotes is doubled, as in \"a \"\"b\"\"\"")
  }
  fileprivate static func zeroByte(_ path: String, _ line: Int) -> Refusal {
    Refusal("\(path), line \(line): a zero byte, which no text has")
  }
  fileprivate static func tooLong(_ path: String, _ state: CSVScanner.State, _ limit: Int) -> Refusal {
    let what =
      state.isQuoteOpen
      ? "the quote opened on line \(state.quoteLine) is not closed within \(limit >> 20) MB"
      : "this record is longer than \(limit >> 20) MB"
    return Refusal("\(path), line \(state.line): \(what)")
  }
}
