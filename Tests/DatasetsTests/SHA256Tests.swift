import Testing

@testable import Datasets

@Suite struct SHA256Tests {
  private func digest(_ pieces: [String]) -> String {
    var hash = SHA256()
    for piece in pieces { Array(piece.utf8).withUnsafeBytes { hash.update($0) } }
    return hash.hexadecimal()
  }

  /// NIST, "Descriptions of SHA-2", one- and two-block messages.
  @Test func `the digests of the standard's examples`() {
    #expect(digest(["abc"]) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      digest(["abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"])
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(digest([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test func `pieces give the digest of the whole`() { #expect(digest(["a", "", "bc"]) == digest(["abc"])) }
}
