import Engine
import Files
import Grammar

/// An array of numbers in NumPy's format, in C's order; or one of Python's objects, of which only the pickle is kept.
package struct NPY {
  let path: String
  let header: NPYHeader
  package let shape: Shape
  /// The numbers as they are in the file, in C's order; an object array's pickle.
  let bytes: [UInt8]

  /// The pickle of an array of Python's objects.
  /// - Throws: `Refusal` when there are numbers, or no array.
  init(objects content: [UInt8], path: String) throws(Refusal) {
    self.path = path
    header = try NPYHeader(content, path)
    shape = Shape(header.shape)
    guard header.isObjects else { throw Refusal("\(path) is no array of lists; its shape is \(shape)") }
    bytes = Array(content[header.end...])
  }

  /// - Parameter path: for messages.
  /// - Throws: `Refusal` when the array is cut off, too long, or of something that cannot be read.
  package init(_ content: [UInt8], path: String) throws(Refusal) {
    self.path = path
    header = try NPYHeader(content, path)
    shape = Shape(header.shape)
    guard !header.isObjects else { throw Refusal("\(path) is an array of Python objects; expected numbers") }
    let there = content.count - header.end
    guard let need = header.byteCount, need <= there else {
      throw Refusal("\(path) is cut off: its header says \(shape), and \(there) bytes follow")
    }
    guard need == there else {
      throw Refusal("\(path) is too long: its header says \(shape), and \(there) bytes follow")
    }
    let numbers = Array(content[header.end...])
    bytes = header.isFortran && header.shape.count > 1 ? NPY.turned(numbers, header) : numbers
  }

  /// Reads a file.
  init(file path: String) throws(Refusal) {
    let content: [UInt8]
    do throws(FileError) { content = try FileReader.read(path, limit: Machine.available / 2) } catch {
      throw Refusal(error)
    }
    if let kind = FileKind(content), kind != .npy { throw .foreign(path, kind, "NumPy array (.npy)") }
    try self.init(content, path: path)
  }

  /// From Fortran's order, where the first index runs fastest, into C's, where the last does.
  private static func turned(_ bytes: [UInt8], _ header: NPYHeader) -> [UInt8] {
    var turned = [UInt8](repeating: 0, count: bytes.count)
    let (extents, width) = (header.shape, header.width)
    var strides = [Int](repeating: width, count: extents.count)
    for axis in extents.indices.dropFirst() { strides[axis] = strides[axis - 1] * extents[axis - 1] }
    var index = [Int](repeating: 0, count: extents.count)
    var source = 0
    for target in stride(from: 0, to: bytes.count, by: width) {
      for byte in 0..<width { turned[target + byte] = bytes[source + byte] }
      var axis = extents.count - 1
      while axis >= 0 {
        index[axis] += 1
        source += strides[axis]
        if index[axis] < extents[axis] { break }
        source -= strides[axis] * extents[axis]
        index[axis] = 0
        axis -= 1
      }
    }
    return turned
  }

  /// Whether it holds bytes 0 … 255, as images do.
  var isBytes: Bool { header.kind == "u" && header.width == 1 }
  package var isFloats: Bool { header.kind == "f" }

  /// The numbers in single precision.
  package func floats() -> [Float] {
    switch (header.kind, header.width) {
    case ("f", 8): words(UInt64.self) { Float(Double(bitPattern: $0)) }
    case ("f", 4): words(UInt32.self) { Float(bitPattern: $0) }
    case ("f", _): words(UInt16.self, NPY.half)
    case ("i", 8): words(UInt64.self) { Float(Int64(bitPattern: $0)) }
    case ("i", 4): words(UInt32.self) { Float(Int32(bitPattern: $0)) }
    case ("i", 2): words(UInt16.self) { Float(Int16(bitPattern: $0)) }
    case ("i", _): words(UInt8.self) { Float(Int8(bitPattern: $0)) }
    case ("u", 8): words(UInt64.self) { Float($0) }
    case ("u", 4): words(UInt32.self) { Float($0) }
    case ("u", 2): words(UInt16.self) { Float($0) }
    default: words(UInt8.self) { Float($0) }
    }
  }

  /// One number in double precision, which a number beyond single precision still is; nil where it is not kept so.
  func double(_ index: Int) -> Double? {
    guard header.kind == "f", header.width == 8, index >= 0, index < bytes.count / 8 else { return nil }
    let word = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self) }
    return Double(bitPattern: header.isBigEndian ? UInt64(bigEndian: word) : UInt64(littleEndian: word))
  }

  /// The first number whose digits single precision does not keep, though double precision does.
  package func firstLost() -> Double? {
    guard header.width == 8 || (header.width == 4 && header.kind != "f") else { return nil }
    if header.kind == "f" { return words(UInt64.self) { Double(bitPattern: $0) }.first(where: CSVNumbers.loses) }
    return integers()?.lazy.map { Double($0) }.first(where: CSVNumbers.loses)
  }

  /// The numbers as whole ones; nil where one is not whole or does not fit.
  package func integers() -> [Int]? {
    if header.kind == "f" {
      let numbers = header.width == 8 ? words(UInt64.self) { Double(bitPattern: $0) } : floats().map(Double.init)
      let whole = numbers.compactMap { Int(exactly: $0) }
      return whole.count == numbers.count ? whole : nil
    }
    let isSigned = header.kind == "i"
    switch header.width {
    case 8:
      let whole = words(UInt64.self) { isSigned ? Int(bitPattern: UInt($0)) : Int(exactly: $0) }
      return whole.contains(nil) ? nil : whole.compactMap { $0 }
    case 4: return words(UInt32.self) { isSigned ? Int(Int32(bitPattern: $0)) : Int($0) }
    case 2: return words(UInt16.self) { isSigned ? Int(Int16(bitPattern: $0)) : Int($0) }
    default: return words(UInt8.self) { isSigned ? Int(Int8(bitPattern: $0)) : Int($0) }
    }
  }

  private func words<Word: FixedWidthInteger, Number>(_ type: Word.Type, _ read: (Word) -> Number) -> [Number] {
    let isBig = header.isBigEndian
    return bytes.withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count, by: MemoryLayout<Word>.size).map { place in
        let word = bytes.loadUnaligned(fromByteOffset: place, as: Word.self)
        return read(isBig ? Word(bigEndian: word) : Word(littleEndian: word))
      }
    }
  }

  /// A number of half precision (IEEE 754 binary16): a sign, 5 bits of exponent, 10 of fraction.
  private static func half(_ bits: UInt16) -> Float {
    let (sign, exponent, fraction) = (UInt32(bits >> 15) << 31, Int(bits >> 10 & 31), UInt32(bits & 1023))
    switch exponent {
    case 0: return Float(bitPattern: sign) + (sign == 0 ? 1 : -1) * Float(fraction) * 0x1p-24
    case 31: return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
    default: return Float(bitPattern: sign | UInt32(exponent + 112) << 23 | fraction << 13)
    }
  }
}
