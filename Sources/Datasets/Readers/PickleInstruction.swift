/// The instructions of pickles that lists of numbers do not need, by their names in Python's pickletools.
enum PickleInstruction {
  /// What Python calls an instruction; its code where it is none.
  static func name(_ code: UInt8) -> String { names[code] ?? "0x" + String(code, radix: 16) }

  private static let names: [UInt8: String] = [
    0x28: "MARK", 0x30: "POP", 0x31: "POP_MARK", 0x32: "DUP", 0x46: "FLOAT", 0x47: "BINFLOAT", 0x49: "INT",
    0x4C: "LONG", 0x50: "PERSID", 0x51: "BINPERSID", 0x53: "STRING", 0x56: "UNICODE", 0x64: "DICT", 0x67: "GET",
    0x69: "INST", 0x6C: "LIST", 0x6F: "OBJ", 0x70: "PUT", 0x73: "SETITEM", 0x75: "SETITEMS", 0x7D: "EMPTY_DICT",
    0x29: "EMPTY_TUPLE", 0x81: "NEWOBJ", 0x82: "EXT1", 0x83: "EXT2", 0x84: "EXT4", 0x8A: "LONG1", 0x8B: "LONG4",
    0x8C: "SHORT_BINUNICODE", 0x8F: "EMPTY_SET", 0x92: "NEWOBJ_EX", 0x93: "STACK_GLOBAL", 0x94: "MEMOIZE",
    0x95: "FRAME",
  ]
}
