import Datasets
import Engine
import Files
import Grammar

/// Keeps a session on the disk while it goes: each line before it runs, what it came to afterwards, and checkpoints.
///
/// A writer that is not eager writes nothing before the program is cut off, and all there is then.
struct JournalWriter {
  /// The files of a session that this program is at.
  private struct Open {
    let folder: JournalFolder
    let file: JournalFile
    let lock: FileLock
    let checkpoints: CheckpointFiles
  }

  let sessions: KeptSessions
  var isEager: Bool
  /// Takes what went wrong beside the work.
  private let warn: @Sendable (FileError) -> Void
  private var open: Open?
  /// What the journal holds.
  private var cells = SharedList<Cell>()
  private var keys: [String] = []
  private var status: JournalRecord.Status?
  private var waiting = WaitingLines()
  /// When the last record was to be on the disk.
  private var synced = ContinuousClock.now - pause - pause
  private static let pause = Duration.milliseconds(20)
  /// Whether the last entry is of a line that has come to nothing yet.
  private var isPending = false
  private var run: UnfinishedFit?
  /// Whether the program has said how it ends.
  private var isClosed = false
  /// Whether the run was stopped because the program ends.
  private var isRunCut = false

  init(_ sessions: KeptSessions, isEager: Bool, warn: @escaping @Sendable (FileError) -> Void) {
    (self.sessions, self.isEager, self.warn) = (sessions, isEager, warn)
  }

  /// A line runs now.
  mutating func begin(_ statement: Statement, _ session: Session) throws(FileError) {
    run = nil
    guard leaves(statement) else { return }
    let line = statement.waiting.here(statement.line)
    func intent(left: [String]?) -> JournalRecord.Intent {
      let narration = session.narration.isEmpty ? nil : session.narration
      return JournalRecord.Intent(line: line, narration: narration, left: left, cells: session.cells.count)
    }
    var whole: JournalRecord.Intent { intent(left: statement.waiting.lines) }
    let fit = statement.command as? Fit
    let isLong = fit?.wantsCheckpoint == true
    if isLong, let fit { run = UnfinishedFit(line: Fit.form.line(fit) ?? line, intent: whole, before: session) }
    guard isEager else { return }
    // A line that runs a script may have gone back to an earlier state for it.
    if session.cells.commonPrefix(with: cells) < cells.count {
      try note(session, JournalRecord.Status(session), isStopped: true, isSynced: false)
    }
    let files = try opened(session)
    // To list what waits before each line of a long script would take the square of its length.
    let entry = statement.waiting.follow(waiting) ? intent(left: nil) : whole
    waiting = statement.waiting
    try append(JournalRecord(will: placed(entry, files)), to: files, isSynced: isLong)
    isPending = true
  }

  /// A run can be gone on with from here.
  mutating func keep(_ state: Checkpoint) {
    guard run != nil else { return }
    run?.latest = state
    guard let run, let open else { return }
    open.checkpoints.writeUnfinished(after: key) { run.model(state) }
  }

  /// A line is over.
  /// - Parameter isEnding: whether the program is about to end, so that a run that was stopped is not over.
  mutating func end(_ outcome: Outcome, _ session: Session, isEnding: Bool) throws(FileError) {
    // What ran the line of the run that was cut is over too, and has nothing to say of it.
    if isRunCut { return }
    if isEnding, run != nil, (outcome.answer as? FitAnswer)?.outcome.end == .interrupted {
      isRunCut = true
      return
    }
    run = nil
    guard isEager else { return }
    let status = JournalRecord.Status(session)
    let isChanged = session.cells != cells || status != self.status
    guard isPending || (isChanged && !(open == nil && session.isEmpty)) else { return }
    try note(session, status, isStopped: outcome.endsScript, isSynced: isChanged)
  }

  /// The line that runs is given up.
  mutating func dropRun(_ session: Session) throws(FileError) {
    run = nil
    if isPending { try note(session, JournalRecord.Status(session), isStopped: true, isSynced: true) }
  }

  /// The program ends; the name of the session where it can be gone on with.
  mutating func close(_ end: KeptSession.End, _ session: Session) throws(FileError) -> String? {
    defer { giveUp() }
    if !isEager { guard !isClosed, end == .cutOff, try writeAll(session) else { return nil } }
    isClosed = true
    guard let open else { return nil }
    guard !cells.isEmpty || isPending else {
      open.folder.remove()
      return nil
    }
    open.checkpoints.wait()
    try open.file.append(JournalRecord(ended: end), isSynced: true)
    open.folder.markTold(false)
    sessions.sweep(leaving: KeptSessions.maximum - 1)
    return open.folder.title
  }

  /// Goes on with a session that was built again, in its own journal; the one before stays as it is.
  mutating func adopt(_ restored: RestoredSession, _ present: Session) throws(FileError) {
    if let open, !cells.isEmpty {
      try open.file.append(JournalRecord(ended: present.hasUnsavedTraining ? .left : .ended), isSynced: true)
      try open.file.predate()
    } else {
      open?.folder.remove()
    }
    let file = try JournalFile(restored.folder.journal, keeping: restored.length)
    open = Open(
      folder: restored.folder, file: file, lock: restored.lock,
      checkpoints: CheckpointFiles(restored.folder.path, warn: warn))
    // Should this program be cut off too, that is news again.
    restored.folder.markTold(false)
    (cells, keys) = (restored.session.cells, restored.keys)
    (status, waiting, isPending, run, isEager) = (nil, WaitingLines(), false, nil, true)
  }

  /// Stops keeping anything, as it cannot be kept; what may be kept in the end begins anew.
  mutating func giveUp() {
    (open, isEager, run, isPending) = (nil, false, nil, false)
    (cells, keys, status, waiting) = (SharedList<Cell>(), [], nil, WaitingLines())
  }

  /// Lets go of the files once all that was handed over is written.
  mutating func letGo() {
    open?.checkpoints.wait()
    giveUp()
  }

  /// Calls the session what the person's file is called.
  func name(_ name: String) throws(FileError) { try open?.folder.rename(name) }

  var title: String? { open?.folder.title }
}

extension JournalWriter {
  /// The key of the last cell, as the files of unfinished runs have it.
  private var key: String { keys.last ?? "0" }

  /// Whether an entry is made before a line: of a script each has one, so that what waits behind it is known, but for
  /// those that run lines themselves.
  private func leaves(_ statement: Statement) -> Bool {
    if type(of: statement.command).effect != .meta { return true }
    let command = statement.command
    let runsLines = command is Run || command is Edit || command is Resume || command is ResumeSession
    return !runsLines && statement.waiting.parts.contains { $0.position < $0.entries.count }
  }

  /// The files, made at the first need.
  private mutating func opened(_ session: Session) throws(FileError) -> Open {
    if let open { return open }
    let folder = try sessions.make()
    do throws(FileError) {
      guard let lock = try folder.take() else { throw FileError(folder.path, .unwritable) }
      let file = try JournalFile(folder.journal)
      let began = JournalRecord.Began(seed: String(session.seed.number), isSeedDrawn: session.seed.isDrawn)
      try file.append(JournalRecord(began: began), isSynced: false)
      let opened = Open(
        folder: folder, file: file, lock: lock, checkpoints: CheckpointFiles(folder.path, warn: warn))
      open = opened
      opened.checkpoints.later { [sessions] in sessions.sweep(leaving: KeptSessions.maximum - 1) }
      return opened
    } catch {
      folder.remove()
      throw error
    }
  }

  /// Writes what the session has come to, and the model that its last cell led to.
  private mutating func note(
    _ session: Session, _ status: JournalRecord.Status, isStopped: Bool, isSynced: Bool
  ) throws(FileError) {
    let kept = session.cells.commonPrefix(with: cells)
    let files = try opened(session)
    keys.removeLast(keys.count - kept)
    let new = session.cells[kept...]
    for cell in new { keys.append(JournalWriter.key(of: cell, after: key)) }
    let records = zip(new, keys[kept...]).map {
      JournalRecord.CellRecord($0, key: $1, at: files.folder.journal)
    }
    let state = JournalRecord.State(keep: kept, cells: records, status: status, isStopped: isStopped)
    try append(JournalRecord(state: state), to: files, isSynced: isSynced)
    (cells, self.status, isPending) = (session.cells, status, false)
    if isStopped { waiting = WaitingLines() }
    if !new.isEmpty { keepFiles(session, files) }
  }

  /// Appends a record. Lines that come faster than somebody types them share one wait for the disk.
  private mutating func append(_ record: JournalRecord, to files: Open, isSynced: Bool) throws(FileError) {
    let now = ContinuousClock.now
    let isTyped = now - synced > JournalWriter.pause
    try files.file.append(record, isSynced: isSynced && isTyped)
    guard isSynced else { return }
    synced = now
    if !isTyped { files.checkpoints.syncSoon(files.file) }
  }

  /// Keeps what the last line led to, where it cannot be had again at once.
  private func keepFiles(_ session: Session, _ files: Open) {
    guard let cell = session.cells.last, let command = (try? Statement(cell.line))?.command else { return }
    if command.wantsCheckpoint, FileStamp(files.checkpoints.path(key)) == nil, let model = try? ModelFile(session) {
      files.checkpoints.write(model, as: key)
    }
    if command is Load, !command.inputs.isEmpty, let dataset = session.dataset {
      files.checkpoints.writeDigest(key) { dataset.fingerprint() }
    }
  }

  /// Writes all of a session that was not kept while it went; false when there is nothing that would be lost.
  private mutating func writeAll(_ present: Session) throws(FileError) -> Bool {
    let cut = isRunCut ? run : nil
    let session = cut?.before ?? present
    guard cut != nil || present.hasUnsavedTraining else { return false }
    let files = try opened(session)
    try note(session, JournalRecord.Status(session), isStopped: true, isSynced: cut == nil)
    if !session.history.isEmpty, let model = try? ModelFile(session) { files.checkpoints.write(model, as: key) }
    if let cut {
      try files.file.append(JournalRecord(will: placed(cut.intent, files)), isSynced: true)
      if let state = cut.latest { files.checkpoints.writeUnfinished(after: key) { cut.model(state) } }
    }
    return true
  }

  /// The same with the names of files as they are found from the journal's folder.
  private func placed(_ intent: JournalRecord.Intent, _ files: Open) -> JournalRecord.Intent {
    intent.map { PathResolver.line($0, inScriptAt: files.folder.journal) }
  }

  /// A name for what a cell led to: of all cells before it, and of the time it took, so that a line that runs again
  /// has another.
  private static func key(of cell: Cell, after key: String) -> String {
    var hash = SHA256()
    for part in [key, cell.line, "\(cell.seconds)"] { Array((part + "\n").utf8).withUnsafeBytes { hash.update($0) } }
    return String(hash.hexadecimal().prefix(16))
  }
}
