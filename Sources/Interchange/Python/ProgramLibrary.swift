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

  private var program: any LibraryProgram.Type {
    switch self {
    case .keras: KerasProgram.self
    case .torch: TorchProgram.self
    }
  }

  /// The program of a session.
  public func bytes(_ session: SessionProgram) throws(Refusal) -> [UInt8] { try program.bytes(session) }

  /// The program of a network, with what `compile` chose.
  public func bytes(
    _ network: Network, _ trainer: Trainer?, _ targets: Targets.Kind, weights: String?
  ) throws(Refusal) -> [UInt8] {
    try program.bytes(network, trainer, targets, weights: weights)
  }
}
