import Engine
import Grammar

/// What a session did, step by step, as far as a program for another library can do it too.
public struct SessionProgram: Sendable {
  /// Where a program finds its examples.
  public enum Source: Equatable, Sendable {
    /// A set that Keras fetches, by its name there, with the words that are kept of texts.
    case keras(String, words: Int?)
    /// An archive of arrays beside the program.
    case archive(String)
  }

  /// A data set as a program loads it.
  public struct Data: Equatable, Sendable {
    public let source: Source
    /// The first examples that are kept of a set that Keras fetches; nil for all.
    public let (train, test): (Int?, Int?)
    /// Whether numbers are bytes, which stand for 0 to 1.
    public let isBytes: Bool

    public init(_ source: Source, train: Int? = nil, test: Int? = nil, isBytes: Bool) {
      (self.source, self.train, self.test, self.isBytes) = (source, train, test, isBytes)
    }
  }

  public enum Step: Sendable {
    case seed(UInt64)
    case load(Data)
    case network(Network)
    /// No network any more.
    case cleared
    /// Numbers of a file in the place of the network's, by the names of its tensors.
    case weights(file: String)
    case compile(Trainer, Targets.Kind)
    /// New first weights.
    case reset
    case fit(Training)
    case evaluate(isTest: Bool)
    case confusion(isTest: Bool, classes: Int)
    /// Some test examples by their numbers, or all of a part.
    case predict(isTest: Bool, [ClosedRange<Int>]?)
    case expect(Condition)
    /// What has no counterpart, and why; it stands there as a comment.
    case nothing(String)
  }

  /// A line of the session, and what is done for it.
  public struct Part: Sendable {
    public let narration: [String]
    public let line: String
    public let steps: [Step]

    public init(narration: [String], line: String, steps: [Step]) {
      (self.narration, self.line, self.steps) = (narration, line, steps)
    }
  }

  public let parts: [Part]
  /// The file beside the program with the learnt weights; nil where the program trains.
  public let weights: String?

  public init(parts: [Part], weights: String? = nil) { (self.parts, self.weights) = (parts, weights) }

  /// The lines that no program does, each with the reason.
  public var omissions: [(line: String, reason: String)] {
    parts.flatMap { part in
      part.steps.compactMap { if case .nothing(let reason) = $0 { (part.line, reason) } else { nil } }
    }
  }
}

extension SessionProgram.Step {
  var isFit: Bool { if case .fit = self { true } else { false } }

  /// Whether the network has other weights behind it.
  var changesWeights: Bool {
    switch self {
    case .network, .weights, .reset, .fit: true
    default: false
    }
  }
}
