import CKernels
import Glibc
import Grammar

/// The hot loops of the engine, which are compiled for several levels of processor.
public enum Kernels {
  /// A level of processor, named after the instructions that it has to have.
  public enum Level: String, CaseIterable, Sendable {
    /// Whatever every processor of this kind has.
    case plain
    /// 64-bit ARM.
    case neon
    /// x86-64-v3: AVX2 and FMA.
    case v3
    /// x86-64-v4: AVX-512.
    case v4

    /// Its kernels; nil where this processor cannot run them.
    var table: kernel_table? { kernel_table_of(number)?.pointee }

    private var number: kernel_level {
      switch self {
      case .plain: KERNEL_PLAIN
      case .neon: KERNEL_NEON
      case .v3: KERNEL_V3
      case .v4: KERNEL_V4
      }
    }
  }

  /// The environment variable that forces a level.
  static let variable = "SUMI_KERNELS"

  /// The levels that this processor can run, the least first.
  public static var available: [Level] { Level.allCases.filter { $0.table != nil } }

  /// The level in use: the highest there is, or the one that `SUMI_KERNELS` names if it is available.
  public static let level: Level = (try? chosen(getenv(variable).map { String(cString: $0) })) ?? best

  private static var best: Level { available.last ?? .plain }

  /// The level that a person asked for; the best when they did not.
  /// - Throws: `Refusal` when there is no such level, or this processor cannot run it.
  static func chosen(_ name: String?) throws(Refusal) -> Level {
    guard let name, !name.isEmpty else { return best }
    guard let level = Level(rawValue: name), available.contains(level) else { throw .noLevel(name, available) }
    return level
  }

  /// Multiplies and adds as fast as the processor can, and nothing else.
  /// - Parameter factors: what is multiplied by, what is added, and what it comes to, which is written.
  /// - Returns: how many operations that were.
  public static func peak(rounds: Int, _ factors: inout [Float]) -> Int {
    precondition(factors.count == 3, "two factors and a result")
    return kernels.peak(rounds, &factors)
  }

  /// Holds the environment's choice against what there is.
  /// - Throws: `Refusal` when `SUMI_KERNELS` names a level that cannot be had.
  public static func check(_ environment: [String: String]) throws(Refusal) { _ = try chosen(environment[variable]) }
}

/// The kernels of the level in use.
let kernels: kernel_table = {
  guard let table = Kernels.level.table else { preconditionFailure("every processor can run the plain level") }
  return table
}()

extension Refusal {
  fileprivate static func noLevel(_ name: String, _ available: [Kernels.Level]) -> Refusal {
    let names = available.map(\.rawValue).joined(separator: ", ")
    let what = Kernels.Level(rawValue: name) == nil ? "there is no such level" : "this processor cannot run it"
    return Refusal(
      "\(Kernels.variable)=\(name.debugDescription): \(what); it can run \(names)",
      hint: "\(Kernels.variable)=\(available.last?.rawValue ?? "plain")")
  }
}
