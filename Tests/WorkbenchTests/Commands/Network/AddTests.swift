import Grammar
import Testing

@testable import Workbench

@Suite struct AddTests {
  /// Layers that do not fit what is before them, with what has to be said and the command that mends it.
  struct Misfit: Sendable, CustomStringConvertible {
    let before: [String]
    let typed: String
    let says: [String]
    let hint: String

    init(_ before: String..., typed: String, says: String..., hint: String) {
      (self.before, self.typed, self.says, self.hint) = (before, typed, says, hint)
    }

    var description: String { (before + [typed]).joined(separator: "; ") }
  }

  static let misfits = [
    Misfit("maxpool2d 2", typed: "dense 10", says: "dense needs one row", "14×14×1", hint: "add flatten"),
    Misfit(
      typed: "conv2d 4 30", says: "conv2d's kernel of 30×30 pixels is larger", "28×28×1", "needs 30×30×1 or more",
      hint: "add conv2d 4 30 padding=same"),
    Misfit(
      "conv2d 4 3", typed: "conv2d 4 27 relu", says: "conv2d's kernel of 27×27", "26×26×4", "needs 27×27×4 or more",
      hint: "add conv2d 4 27 relu padding=same"),
    Misfit(
      typed: "conv2d 4 3 dilation=14", says: "kernel of 29×29 pixels", "28×28×1",
      hint: "add conv2d 4 3 padding=same dilation=14"),
    Misfit(
      typed: "depthwise_conv2d 3x29", says: "depthwise_conv2d's kernel of 3×29",
      hint: "add depthwise_conv2d 3x29 padding=same"),
    Misfit(typed: "maxpool2d 29", says: "maxpool2d's window of 29×29", hint: "add maxpool2d 29 padding=same"),
    Misfit(typed: "avgpool2d 40", says: "avgpool2d's window of 40×40", hint: "add avgpool2d 40 padding=same"),
    Misfit(
      "flatten", typed: "conv2d 4 3", says: "conv2d needs images, height × width × channels, and gets 784",
      hint: "add reshape 28 28 1"),
    Misfit(typed: "reshape 3 3", says: "reshape to 3×3 needs 9 numbers", "gets 784", hint: "add reshape 784"),
    Misfit("flatten", typed: "globalavgpool2d", says: "needs images", "gets 784", hint: "add reshape 28 28 1"),
  ]

  @Test(
    "a layer that does not fit is refused with what it got, what it needs, and a command that mends it",
    arguments: misfits)
  func misfit(_ misfit: Misfit) throws {
    var bench = Bench(.loaded)
    for line in misfit.before { bench.run("add \(line)") }
    let before = Footprint(bench.session)
    let diagnostic = try bench.refuse("add \(misfit.typed)")
    for part in misfit.says { #expect(diagnostic.message.contains(part), "\(diagnostic.message)") }
    #expect(diagnostic.hint == misfit.hint)
    #expect(Footprint(bench.session) == before)
    bench.run(misfit.hint)
    if !misfit.hint.contains(misfit.typed.prefix(5)) { bench.run("add \(misfit.typed)") }
  }

  @Test(
    "a number out of range is refused with the range",
    arguments: [
      ("dropout 1", "rate: expected a number from 0 to below 1"), ("dropout -0.1", "rate: expected"),
      ("spatial_dropout2d 1", "rate: expected"), ("gaussian_noise -1", "stddev: expected"),
      ("conv2d 0 3", "filters: expected a whole number, 1 or more"), ("conv2d 4 0", "kernel: expected"),
      ("conv2d 4 3 strides=0", "strides: expected"), ("maxpool2d 0", "pool_size: expected"),
      ("dense 4 l2=-1", "l2: expected"), ("batchnorm epsilon=0", "epsilon: expected a number above 0"),
      ("random_rotation 2", "factor: expected a number from 0 to 1"), ("reshape 0", "extent: expected"),
    ])
  func range(line: String, says: String) throws {
    var bench = Bench(.loaded)
    let diagnostic = try bench.refuse("add \(line)")
    #expect(diagnostic.message.contains(says), "\(diagnostic.message)")
    #expect(diagnostic.span != nil)
    #expect(bench.session.network?.layers.isEmpty == true)
  }

  @Test("strides and dilation above 1 are refused together, as in Keras")
  func stridesAndDilation() throws {
    var bench = Bench(.loaded)
    let diagnostic = try bench.refuse("add conv2d 4 3 strides=2 dilation=2")
    #expect(diagnostic.message.contains("not both at once"))
    bench.run("add conv2d 4 3 dilation_rate=2")
  }
}
