import Grammar

/// Reads one kind of pickle and no other: a one-dimensional NumPy array of lists of whole numbers, as `numpy.save` of
/// NumPy 1 writes it in protocol 2 or 3. Keras's imdb.npz and reuters.npz hold such.
///
/// A pickle is a program, and running those of strangers is dangerous. Here every instruction and every name that is
/// not among the few below is refused by its name, and none of those calls anything.
package struct Pickle {
  private enum Value: Equatable {
    case mark, none, flag, text, tuple([Int])
    case number(Int)
    /// Its place among `lists`.
    case list(Int)
    case name(Name)
    /// The array, before and after its lists were put into it.
    case array, type
  }

  /// The names that may be called, with the modules that they may come from.
  private enum Name: String, CaseIterable {
    case reconstruct = "_reconstruct", array = "ndarray", type = "dtype", encode

    var modules: [String] {
      switch self {
      case .reconstruct: ["numpy.core.multiarray", "numpy._core.multiarray"]
      case .array, .type: ["numpy"]
      case .encode: ["_codecs"]
      }
    }
  }

  /// A list on its way: of numbers, or of other lists.
  private struct List {
    var numbers: [Int32] = []
    var lists: [Int] = []
  }

  private let bytes: [UInt8]
  private let path: String
  private var place = 0
  private var stack: [Value] = []
  private var memo: [Int: Value] = [:]
  private var lists: [List] = []
  /// The list that the array was built from.
  private var content: Int?

  /// The lists of a pickle.
  /// - Parameters:
  ///   - path: for messages.
  ///   - count: how many lists there have to be.
  /// - Throws: `Refusal` that names what is not as expected.
  package static func lists(_ bytes: [UInt8], path: String, count: Int) throws(Refusal) -> NumberLists {
    var pickle = Pickle(bytes, path)
    while try pickle.step() {}
    guard pickle.place == bytes.count else { throw pickle.refusal("something follows its end") }
    guard pickle.stack == [.array], let content = pickle.content else { throw pickle.refusal("it holds no array") }
    let list = pickle.lists[content]
    guard list.lists.count == count, list.numbers.isEmpty else {
      throw pickle.refusal(
        "its array has \(max(list.lists.count, list.numbers.count)) elements, expected \(count) lists")
    }
    // Every number takes two bytes at least; a list that stands in many places at once would be a bomb.
    let total = list.lists.reduce(0) { $0 + pickle.lists[$1].numbers.count }
    guard total <= bytes.count else { throw pickle.refusal("the same list stands in it many times") }
    var all = NumberLists()
    for inner in list.lists {
      guard pickle.lists[inner].lists.isEmpty else {
        throw pickle.refusal("a list holds lists; expected whole numbers")
      }
      all.append(pickle.lists[inner].numbers)
    }
    return all
  }

  private init(_ bytes: [UInt8], _ path: String) { (self.bytes, self.path) = (bytes, path) }

  /// Does one instruction; false at the end. Codes are those of Python's pickletools.
  private mutating func step() throws(Refusal) -> Bool {
    let code = try byte()
    switch code {
    case UInt8(ascii: "K"): push(.number(try number(1)))
    case UInt8(ascii: "M"): push(.number(try number(2)))
    case UInt8(ascii: "J"): push(.number(Int(Int32(truncatingIfNeeded: try number(4)))))
    case UInt8(ascii: "]"): try begin()
    case UInt8(ascii: "("): push(.mark)
    case UInt8(ascii: "e"): try append(try popToMark())
    case UInt8(ascii: "a"): try append([try pop()])
    case UInt8(ascii: "q"): memo[try number(1)] = try top()
    case UInt8(ascii: "r"): memo[try number(4)] = try top()
    case UInt8(ascii: "h"): push(try recall(try number(1)))
    case UInt8(ascii: "j"): push(try recall(try number(4)))
    case 0x80: try checkVersion()
    case UInt8(ascii: "c"): push(.name(try global()))
    case UInt8(ascii: "X"): try skip(try number(4)); push(.text)
    case UInt8(ascii: "U"), UInt8(ascii: "C"): try skip(try number(1)); push(.text)
    case UInt8(ascii: "T"), UInt8(ascii: "B"): try skip(try number(4)); push(.text)
    case UInt8(ascii: "N"): push(.none)
    case 0x88, 0x89: push(.flag)
    case 0x85, 0x86, 0x87: try tuple(Int(code) - 0x84)
    case UInt8(ascii: "t"): let all = try popToMark(); push(tuple(all))
    case UInt8(ascii: "R"): try call()
    case UInt8(ascii: "b"): try build()
    case UInt8(ascii: "."): return false
    default:
      throw refusal("it uses the instruction \(PickleInstruction.name(code)), which lists of numbers do not need")
    }
    return true
  }
}

/// What the instructions do.
extension Pickle {
  private mutating func push(_ value: Value) { stack.append(value) }

  private mutating func pop() throws(Refusal) -> Value {
    guard let value = stack.popLast() else { throw refusal("it takes what is not there") }
    return value
  }

  private func top() throws(Refusal) -> Value {
    guard let value = stack.last else { throw refusal("it takes what is not there") }
    return value
  }

  private mutating func popToMark() throws(Refusal) -> [Value] {
    guard let mark = stack.lastIndex(of: .mark) else { throw refusal("it takes what is not there") }
    defer { stack.removeSubrange(mark...) }
    return Array(stack[(mark + 1)...])
  }

  private func recall(_ index: Int) throws(Refusal) -> Value {
    guard let value = memo[index] else { throw refusal("it takes what is not there") }
    return value
  }

  private mutating func begin() throws(Refusal) {
    lists.append(List())
    push(.list(lists.count - 1))
  }

  private mutating func append(_ values: [Value]) throws(Refusal) {
    guard case .list(let index) = try top() else { throw refusal("it appends to what is no list") }
    for value in values {
      switch value {
      case .number(let number):
        guard let small = Int32(exactly: number) else { throw refusal("the number \(number) is too large") }
        lists[index].numbers.append(small)
      case .list(let inner) where inner != index: lists[index].lists.append(inner)
      default: throw refusal("a list holds something else than whole numbers")
      }
    }
    if !lists[index].numbers.isEmpty, !lists[index].lists.isEmpty {
      throw refusal("a list holds both numbers and lists")
    }
  }

  private mutating func tuple(_ count: Int) throws(Refusal) {
    guard stack.count >= count else { throw refusal("it takes what is not there") }
    let values = Array(stack.suffix(count))
    stack.removeLast(count)
    push(tuple(values))
  }

  /// Of a tuple only the lists matter, by their places.
  private func tuple(_ values: [Value]) -> Value {
    .tuple(values.compactMap { if case .list(let index) = $0 { index } else { nil } })
  }

  /// A call of one of the names: an empty array, the type of its elements, or a text's bytes. Nothing is called.
  private mutating func call() throws(Refusal) {
    guard case .tuple = try pop(), case .name(let name) = try pop() else {
      throw refusal("it calls what cannot be called")
    }
    switch name {
    case .reconstruct: push(.array)
    case .type: push(.type)
    case .encode: push(.text)
    case .array: throw refusal("it calls ndarray")
    }
  }

  /// Puts the state into the array or its type.
  private mutating func build() throws(Refusal) {
    guard case .tuple(let inner) = try pop() else { throw refusal("it builds from what is no tuple") }
    switch try top() {
    case .type: return
    case .array:
      guard inner.count == 1, content == nil else { throw refusal("its array is not of lists") }
      content = inner[0]
    default: throw refusal("it builds what is no array")
    }
  }

  private func refusal(_ what: String) -> Refusal {
    Refusal("\(path) is no pickle of lists of numbers, the only kind that is read: \(what)")
  }
}

/// What follows an instruction.
extension Pickle {
  private mutating func byte() throws(Refusal) -> UInt8 {
    guard place < bytes.count else { throw refusal("it is cut off") }
    place += 1
    return bytes[place - 1]
  }

  private mutating func number(_ count: Int) throws(Refusal) -> Int {
    guard place + count <= bytes.count else { throw refusal("it is cut off") }
    defer { place += count }
    return bytes.number(place, count)
  }

  private mutating func skip(_ count: Int) throws(Refusal) {
    guard count <= bytes.count - place else { throw refusal("it is cut off") }
    place += count
  }

  private mutating func checkVersion() throws(Refusal) {
    let version = try byte()
    guard version == 2 || version == 3 else { throw refusal("it is of protocol \(version), expected 2 or 3") }
  }

  private mutating func line() throws(Refusal) -> String {
    guard let end = bytes[place...].prefix(200).firstIndex(of: UInt8(ascii: "\n")) else {
      throw refusal("it is cut off")
    }
    defer { place = end + 1 }
    return String(decoding: bytes[place..<end], as: UTF8.self)
  }

  private mutating func global() throws(Refusal) -> Name {
    let (module, name) = (try line(), try line())
    guard let known = Name(rawValue: name), known.modules.contains(module) else {
      throw refusal("it asks for \("\(module).\(name)".visible), which lists of numbers do not need")
    }
    return known
  }
}
