/// The bytes of whole numbers, the lowest first, as zip archives and NumPy's arrays have them.
func little<Word: FixedWidthInteger>(_ words: [Word]) -> [UInt8] {
  words.flatMap { word in withUnsafeBytes(of: word.littleEndian) { [UInt8]($0) } }
}
