import Engine
import Foundation
import TestSupport
import Testing

@testable import Workbench

@Suite("Models in files")
struct ModelFileTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private static var compiled: [String] {
    let schedules = Schedules.catalogue.forms.compactMap { $0.examples.first { $0.hasPrefix("compile") } }
    return Optimizers.catalogue.forms.map { "compile \($0.name)" } + schedules
      + ["compile adam clipnorm=1 weight_decay=0.01 loss=mse metrics=accuracy,mae"]
  }

  @Test(
    "the next epoch after save model and load model elsewhere has the bits of one without them", arguments: compiled)
  func goesOn(compile: String) throws {
    var whole = Bench()
    for line in [
      "load digits train=120 test=30", "add dense 8 relu", "add dropout 0.2", "add batchnorm", "add dense 10 softmax",
    ] {
      whole.run(line)
    }
    whole.run(compile)
    whole.run("fit 2 32")
    let path = folder["model.safetensors"]
    whole.run("save model \(path)")
    whole.run("fit 2 32")
    var other = Bench(.empty, seed: 99)
    other.run("load digits train=120 test=30")
    // Another seed draws other digits.
    other = Bench(
      session: {
        var session = other.session; session.dataset = whole.session.dataset; return session
      }())
    other.run("load model \(path)")
    other.run("fit 2 32")
    #expect(Learnt(other.session) == Learnt(whole.session))
    #expect(other.session.history == whole.session.history)
    #expect(other.session.random == whole.session.random)
  }

  private func saved() throws -> [UInt8] {
    var bench = Bench(.trained)
    bench.run("save model \(folder["model.safetensors"])")
    return try folder.bytes("model.safetensors")
  }

  private func refusal(of bytes: [UInt8]) throws -> String {
    let path = try folder.write(bytes, to: "bad.safetensors")
    var bench = Bench(.trained)
    let before = Footprint(bench.session)
    let diagnostic = try bench.refuse("load model \(path)")
    #expect(Footprint(bench.session) == before)
    return diagnostic.message
  }

  private func replacing(_ old: String, _ new: String) throws -> [UInt8] {
    let bytes = try saved()
    let length = Int(bytes[0]) | Int(bytes[1]) << 8 | Int(bytes[2]) << 16
    let header = String(decoding: bytes[8..<8 + length], as: UTF8.self)
    try #require(header.contains(old), "\(header.prefix(600))")
    let changed = Array(header.replacingOccurrences(of: old, with: new).utf8)
    return withUnsafeBytes(of: UInt64(changed.count).littleEndian) { Array($0) } + changed + bytes[(8 + length)...]
  }

  @Test(
    "what no model of this program is, is refused by name, and nothing changes",
    arguments: [
      (#"\"version\":1"#, #"\"version\":7"#, "of version 7, and this program knows versions up to 1"),
      (#"dense 16 relu"#, #"lambda x"#, #""lambda x" is no layer of this program"#),
      (#"dense 16 relu"#, #"dense 17 relu"#, "expected 784×17"),
      (
        #"\"compile\":\"compile rmsprop"#, #"\"compile\":\"run evil.sumi; compile rmsprop"#,
        "is nothing that this program can do"
      ),
      (#"\"compile\":\"compile rmsprop"#, #"\"compile\":\"quit"#, "is nothing that this program can do"),
      (#"\"input\":[28,28]"#, #"\"input\":[28000000,28000000]"#, "the description of its model is damaged"),
      (#"\"random\":\""#, #"\"random\":\"-"#, "the description of its model is damaged"),
      (#"slot0.1.dense.bias"#, #"slot9.1.dense.bias"#, "lacks"),
    ])
  func foreign(old: String, new: String, says: String) throws {
    let message = try refusal(of: try replacing(old, new))
    #expect(message.contains(says), "\(message)")
  }

  @Test("a file of weights says so, with the line that reads it")
  func weights() throws {
    var bench = Bench(.trained)
    bench.run("save weights \(folder["w.safetensors"])")
    let diagnostic = try bench.refuse("load model \(folder["w.safetensors"])")
    #expect(diagnostic.message.contains("holds weights"))
    #expect(diagnostic.hint?.hasPrefix("load weights ") == true)
  }

  @Test("a file cut off or with a bit flipped in its header is refused, or is a model all the same")
  func damaged() throws {
    let bytes = try saved()
    let header = Int(bytes[0]) | Int(bytes[1]) << 8 | Int(bytes[2]) << 16
    for length in stride(from: 0, to: bytes.count, by: 1 + bytes.count / 60) {
      _ = try refusal(of: Array(bytes[..<length]))
    }
    for place in stride(from: 0, to: 8 + header, by: 1 + header / 150) {
      var flipped = bytes
      flipped[place] ^= UInt8(1 << (place % 8))
      let path = try folder.write(flipped, to: "flipped.safetensors")
      var bench = Bench(.trained)
      let before = Footprint(bench.session)
      if bench.outcome("load model \(path)")?.diagnostic != nil { #expect(Footprint(bench.session) == before) }
    }
  }
}
