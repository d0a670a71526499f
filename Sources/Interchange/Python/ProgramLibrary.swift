import Engine
import Grammar

/// The library that a program is written for.
public enum ProgramLibrary: String, CaseIterable, Sendable {
  case keras, torch

  public var help: String {
    switch self {
    case .keras: "Keras 3, on any of its backends"
    case .torch: "PyTorch"
    }
  }

  /// The program of a session.
  public func bytes(_ session: SessionProgram) throws(Refusal) -> [UInt8] {
    switch self {
    case .keras: try KerasProgram.bytes(session)
    case .torch: try TorchProgram.bytes(session)
    }
  }

  /// The program of a network, with what `compile` chose.
  public func bytes(
    _ network: Network, _ trainer: Trainer?, _ targets: Targets.Kind, weights: String?
  ) throws(Refusal) -> [UInt8] {
    switch self {
    case .keras: try KerasProgram.bytes(network, trainer, targets, weights: weights)
    case .torch: try TorchProgram.bytes(network, trainer, targets, weights: weights)
    }
  }
}
