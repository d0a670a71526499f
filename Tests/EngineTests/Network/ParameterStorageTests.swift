import Testing

@testable import Engine

@Suite struct ParameterStorageTests {
  @Test("a copy goes its own way")
  func copies() {
    var first = ParameterStorage([1, 2, 3])
    let second = first
    first[1] = 5
    #expect(Array(first) == [1, 5, 3])
    #expect(Array(second) == [1, 2, 3])
    var third = second
    third.withUnsafeMutableBufferPointer { $0[0] = 9 }
    #expect(second[0] == 1)
    #expect(third != second)
    third.replaceSubrange(0..<2, with: [1, 2])
    #expect(third == second)
  }

  @Test("numbers that are added stand behind those that were there")
  func appends() {
    var numbers = ParameterStorage([1, 2])
    numbers.append(repeating: 7, count: 3)
    #expect(Array(numbers) == [1, 2, 7, 7, 7])
    #expect(ParameterStorage().isEmpty)
  }

  @Test("memory begins at a line of the cache, whatever the length", arguments: [0, 1, 17, 1000, 100_000])
  func aligned(count: Int) {
    var numbers = ParameterStorage(repeating: 0, count: count)
    numbers.withUnsafeMutableBufferPointer { buffer in
      #expect(buffer.baseAddress.map { Int(bitPattern: $0) % Workspace.alignment == 0 } == true)
    }
  }
}
