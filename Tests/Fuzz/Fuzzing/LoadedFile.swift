import Datasets
import Engine
import Grammar

/// A line that loads a file of one's own: the data set that comes of it, scaled, or a refusal.
///
/// What the session does around it is left out, as it takes longer than all of this; `FuzzedSession` has it.
struct LoadedFile: Sendable {
  private static let threads = Threads(count: 1)

  private let source: any Source
  private let scaling: Scaling
  private let test: TestPart?

  /// - Parameter line: what follows the word `load`, without what belongs to every source.
  init?<Item: Source>(_ form: Form<Item>, _ line: String, scale: Scaling = .none, test: TestPart? = nil) {
    guard let words = try? Words(line), let head = words.all.first,
      let source = try? form.read(Arguments(head: head, words: words.all[...], end: words.end))
    else { return nil }
    self.source = source
    scaling = scale
    self.test = test
  }

  func load() {
    var context = LoadContext(environment: [:], threads: LoadedFile.threads)
    context.seed = 1
    switch test {
    case .part(let part): context.testPart = part
    case .file(let name): context.testFile = name
    case nil: break
    }
    guard let dataset = try? source.load(context), let scaled = try? dataset.scaled(scaling) else { return }
    _ = scaled.fingerprint()
  }
}
