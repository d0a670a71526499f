import Datasets
import Engine
import Files
import Grammar
import Pictures

/// Builds a session again from its journal: its lines run once more, with checkpoints in the place of training.
struct SessionRestore {
  /// Results of cells are made again that took no longer than this, and no longer together than that; seconds.
  private static let (longestCell, longest) = (0.3, 3.0)
  /// Bytes of checkpoints that are read, for `undo`; the latest is read whatever its size.
  private static let bound = 512 << 20

  /// A line in which the program ended so often is not run again by itself.
  private static let mostEnds = 3

  private let contents: JournalContents
  private let files: CheckpointFiles
  private let host: Host
  private var restored: RestoredSession
  /// The models of cells, by their place.
  private var models: [Int: ModelFile] = [:]
  /// The place of the last model.
  private var last = -1
  /// Whether the weights are those that the session had at this place.
  private var isKnown = true
  private var seconds = 0.0

  /// - Throws: `Refusal` when another program is at the session, its journal cannot be read, or its data are gone.
  static func run(_ kept: KeptSession, _ host: Host) throws(Refusal) -> RestoredSession {
    let folder = JournalFolder(kept.folder)
    let lock: FileLock?
    do throws(FileError) { lock = kept.state == .running ? nil : try folder.take() } catch { throw Refusal(error) }
    guard let lock else { throw host.journal?.title == kept.title ? .isThisOne(kept) : .isRunning(kept) }
    TemporaryFile.sweep(folder.path)
    var restore = try SessionRestore(folder, lock, host)
    try restore.run()
    return restore.restored
  }

  private init(_ folder: JournalFolder, _ lock: FileLock, _ host: Host) throws(Refusal) {
    contents = try JournalContents(folder.journal)
    files = CheckpointFiles(folder.path) { _ in }
    var host = host
    host.paths = host.paths.beside(script: folder.journal)
    self.host = host
    restored = RestoredSession(
      session: Session(seed: contents.seed), folder: folder, lock: lock, length: contents.length)
  }

  private mutating func run() throws(Refusal) {
    if contents.isDamaged {
      restored.notes.append(
        "the journal is damaged behind \(counted(contents.cells.count, "command")); what comes after is lost")
    }
    readModels()
    for index in contents.cells.indices {
      let line = host.paths.here(contents.cells[index].line)
      guard try take(index, line) else {
        restored.rest = contents.cells[index...].flatMap { $0.narration + [host.paths.here($0.line)] }
        restored.notes.append("what \(line) learnt is not there any more, so it is trained again")
        break
      }
    }
    stand()
    goOn()
    if !isKnown { restored.session.past = [] }
    restored.session.estimate = .unknown
    // What the session wrote is its own.
    for cell in restored.session.cells {
      guard let statement = try? Statement(cell.line) else { continue }
      host.noteSources(of: statement.command)
      for file in statement.written {
        if let path = try? host.path(file) { host.knownFiles.note(path) }
      }
    }
  }

  /// Reads the models that cells led to, the last ones first.
  private mutating func readModels() {
    var bytes = 0
    for index in contents.cells.indices.reversed() {
      let path = files.path(contents.cells[index].key)
      guard let size = FileStamp(path)?.size, models.isEmpty || bytes + size <= SessionRestore.bound else { continue }
      guard let model = model(path) else { continue }
      bytes += size
      models[index] = model
      last = max(last, index)
    }
  }

  /// A model's file; nil, which is told, when it is damaged.
  private mutating func model(_ path: String) -> ModelFile? {
    guard FileStamp(path) != nil else { return nil }
    do throws(Refusal) {
      return try ModelFile(host.read(path, limit: LoadModel.largest, as: .safetensors, what: "model"), path: path)
    } catch {
      restored.notes.append("a checkpoint cannot be used: \(volatile: error.message)")
      return nil
    }
  }

  /// Brings the session one cell further; false when that wants training that no checkpoint is there for.
  private mutating func take(_ index: Int, _ line: String) throws(Refusal) -> Bool {
    let cell = contents.cells[index]
    guard let statement = try? Statement(line) else { throw .unknownLine(line) }
    var before = restored.session
    // What comes before weights that are not known cannot be gone back to.
    if !isKnown { before.past = [] }
    var draft = before
    draft.narration = cell.narration
    var answer: (any Answer)?
    if let model = models[index] {
      if var dataset = draft.dataset {
        _ = try model.match(&dataset, restored.folder.path, hint: nil)
        draft.dataset = dataset
      }
      draft.take(model)
      draft.hasUnsavedTraining = statement.command is Fit
      isKnown = true
    } else if statement.command.wantsCheckpoint {
      guard last > index else { return false }
      isKnown = false
      draft.learntFrom = draft.dataset.map(ModelDescription.Data.init)
    } else if type(of: statement.command).effect == .undoable, !(statement.command is Fit) {
      do throws(Refusal) { answer = try statement.command.run(&draft, host) } catch { throw lost(error, index, line) }
      checkDigest(cell, draft)
    } else {
      // Folds among them: all that they leave are figures, which the journal has.
      answer = result(of: statement, cell, &draft)
      if statement.command is SaveModel || statement.command is SaveWeights { draft.hasUnsavedTraining = false }
    }
    draft.record(statement, answer ?? Remark(""), before: before, host.paths, seconds: cell.seconds.value)
    if answer == nil, let last = draft.cells.indices.last { draft.cells[last].answer = nil }
    restored.session = draft
    restored.keys.append(cell.key)
    return true
  }

  /// The result of a line that changes nothing, where it costs little; nil otherwise, as after a long session.
  private mutating func result(
    of statement: Statement, _ cell: JournalRecord.CellRecord, _ draft: inout Session
  ) -> (any Answer)? {
    let cost = cell.seconds.value
    guard isKnown, statement.command.written.isEmpty, cost <= SessionRestore.longestCell,
      seconds + cost <= SessionRestore.longest
    else { return nil }
    seconds += cost
    var trial = draft
    guard let answer = try? statement.command.run(&trial, host) else { return nil }
    draft = trial
    return answer
  }

  /// Notes when a person's own files hold other examples than they did.
  private mutating func checkDigest(_ cell: JournalRecord.CellRecord, _ session: Session) {
    guard let bytes = try? FileReader.read(files.digestPath(cell.key), limit: 64), let dataset = session.dataset,
      dataset.fingerprint() != String(decoding: bytes, as: UTF8.self)
    else { return }
    restored.notes.append(
      "\(dataset.name) holds other examples now than when the session was kept; figures will differ")
  }

  /// A line that cannot run any more, with what can still be had.
  private func lost(_ refusal: Refusal, _ index: Int, _ line: String) -> Refusal {
    let model = last < 0 ? nil : files.path(contents.cells[last].key)
    let hint = model.map { "load model \(ArgumentType<String>.quote($0))" } ?? refusal.hint
    let rest = model == nil ? "" : "; its network with all it has learnt can be had without them"
    return Refusal("the session stops at \(line): \(refusal.message)\(rest)", hint: hint)
  }

  /// What does not follow from the lines.
  private mutating func stand() {
    guard let status = contents.status(behind: restored.keys.count) else { return }
    if let random = UInt64(status.random) { restored.session.random = Random(seed: random) }
    restored.session.narration = restored.rest.isEmpty ? status.narration : []
    restored.session.hasUnsavedTraining = !status.isSaved
    restored.session.evaluation = status.evaluation?.score
    restored.session.evaluated = Split(rawValue: status.evaluated) ?? .test
    restored.session.foldFigures = status.folds.map { Figure($0.name, $0.value.value) }
  }

  /// What was cut off goes on, and what waited behind it, unless it has ended the program again and again.
  private mutating func goOn() {
    let waiting = contents.waiting.map { host.paths.here($0) }
    guard let cut = contents.cut.last.map({ host.paths.here($0) }) else { return restored.rest += waiting }
    if restored.rest.isEmpty { restored.session.narration = contents.narration }
    let path = files.unfinishedPath(after: restored.keys.last ?? "0")
    if let model = model(path), let (line, state) = model.run {
      restored.session.brokenOff = BrokenOffFit(line: line, state: state)
    } else if contents.cut.count >= SessionRestore.mostEnds {
      restored.notes.append(
        "the program ended in \(cut) \(contents.cut.count) times, so it is not run again by itself")
      if let note = Replay.note(of: waiting.filter { !Script.isBlank($0) }) { restored.notes.append(Line(note)) }
      return restored.nextLine = cut
    }
    if !restored.rest.isEmpty { restored.rest += contents.narration }
    restored.rest += [cut] + waiting
  }
}

extension Refusal {
  fileprivate static func isThisOne(_ kept: KeptSession) -> Refusal {
    Refusal("the session \(kept.title) is this one", hint: "sessions")
  }
  fileprivate static func isRunning(_ kept: KeptSession) -> Refusal {
    Refusal("another program is at the session \(kept.title)", hint: "sessions")
  }
  fileprivate static func unknownLine(_ line: String) -> Refusal {
    Refusal("the session holds a line that this program does not know: \(line)", hint: "sessions")
  }
}
