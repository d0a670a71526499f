import Engine
import FoundationEssentials
import Grammar
import Schemas

/// Numbers of a model of ONNX, in single precision whatever they are there.
package struct ONNXTensor: Sendable {
  package let shape: [Int]
  package let values: [Float]

  package init(shape: [Int], values: [Float]) { (self.shape, self.values) = (shape, values) }

  /// - Parameter what: for messages: `net.onnx: initializer w`.
  /// - Throws: `Refusal` when it is of another type, or its bytes are not what its shape asks for or in another file.
  package init(_ tensor: Onnx_TensorProto, what: String) throws(Refusal) {
    guard tensor.dataLocation != .external, tensor.externalData.isEmpty else {
      throw Refusal(
        "\(what) has its numbers in another file, and only those in the model itself are read; PyTorch keeps them in "
          + "it with torch.onnx.export(…, external_data=False)")
    }
    shape = tensor.dims.map { Int($0) }
    guard shape.allSatisfy({ $0 >= 0 }), let count = Shape.count(shape) else { throw .wrongShape(what, tensor) }
    guard let type = Onnx_TensorProto.DataType(rawValue: Int(tensor.dataType)),
      let numbers = ONNXTensor.numbers(tensor, type)
    else { throw .wrongType(what, Int(tensor.dataType)) }
    guard numbers.count == count else { throw .wrongCount(what, numbers.count, count) }
    values = numbers
  }

  /// The numbers, raw or in the field of their type; nil for types that are not read.
  private static func numbers(_ tensor: Onnx_TensorProto, _ type: Onnx_TensorProto.DataType) -> [Float]? {
    let raw = tensor.rawData
    switch type {
    case .float: return raw.isEmpty ? tensor.floatData : words(raw, UInt32.self) { Float(bitPattern: $0) }
    case .double:
      let double: (UInt64) -> Float = { Float(Double(bitPattern: $0)) }
      return raw.isEmpty ? tensor.doubleData.map { Float($0) } : words(raw, UInt64.self, double)
    case .float16:
      let half: (UInt16) -> Float = { Float(Float16(bitPattern: $0)) }
      return raw.isEmpty ? tensor.int32Data.map { half(UInt16(truncatingIfNeeded: $0)) } : words(raw, UInt16.self, half)
    case .bfloat16:
      let brain: (UInt16) -> Float = { Float(bitPattern: UInt32($0) << 16) }
      if !raw.isEmpty { return words(raw, UInt16.self, brain) }
      return tensor.int32Data.map { brain(UInt16(truncatingIfNeeded: $0)) }
    case .int64:
      return raw.isEmpty ? tensor.int64Data.map { Float($0) } : words(raw, UInt64.self) { Float(Int64(bitPattern: $0)) }
    case .int32, .bool:
      if raw.isEmpty { return tensor.int32Data.map { Float($0) } }
      return type == .bool
        ? words(raw, UInt8.self) { Float($0) } : words(raw, UInt32.self) { Float(Int32(bitPattern: $0)) }
    default: return nil
    }
  }

  /// Raw numbers are little-endian, whatever the processor; nil where bytes are left over.
  private static func words<Word: FixedWidthInteger>(
    _ bytes: Data, _ type: Word.Type, _ read: (Word) -> Float
  ) -> [Float]? {
    guard bytes.count % MemoryLayout<Word>.size == 0 else { return nil }
    return bytes.withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count, by: MemoryLayout<Word>.size).map {
        read(Word(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: Word.self)))
      }
    }
  }

  /// The numbers as whole ones; nil where one is not whole, or too large.
  package var integers: [Int]? {
    let whole = values.compactMap { Int(exactly: $0) }
    return whole.count == values.count ? whole : nil
  }

  /// The only number; nil where there are others.
  package var scalar: Float? { values.count == 1 ? values[0] : nil }
}

extension Refusal {
  fileprivate static func wrongShape(_ what: String, _ tensor: Onnx_TensorProto) -> Refusal {
    Refusal("\(what) has a shape that nothing has: \(tensor.dims.prefix(8).map(String.init).joined(separator: "×"))")
  }
  fileprivate static func wrongType(_ what: String, _ type: Int) -> Refusal {
    Refusal("\(what) holds numbers of type \(type); expected floats, doubles, halves or whole numbers")
  }
  fileprivate static func wrongCount(_ what: String, _ got: Int, _ expected: Int) -> Refusal {
    Refusal("\(what) holds \(got) numbers, and its shape asks for \(expected)")
  }
}
