import Glibc

/// Reads a whole file, up to a limit that is checked before memory is taken.
public enum FileReader {
  /// - Throws: `FileError` when it is missing, not a file, larger than `limit` bytes, or cannot be read.
  public static func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
    let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { throw FileError(path, .unreadable, code: errno) }
    defer { close(file) }
    let status = try status(of: file, path)
    guard status.isFile else { throw FileError(path, status.isFolder ? .folder : .notAFile) }
    return try read(file, status, limit: limit, path)
  }

  /// Reads a file, or a pipe or terminal to its end, as scripts come.
  /// - Parameter isStopRequested: asked now and then while nothing comes.
  /// - Throws: `FileError` as `read`, and when a stream gives more than `limit` bytes.
  public static func readStream(
    _ path: String, limit: Int, isStopRequested: () -> Bool = { false }
  ) throws(FileError) -> [UInt8] {
    // Standard input may be a socket or another person's terminal, which cannot be opened by name.
    let file = path == "/dev/stdin" ? fcntl(0, F_DUPFD_CLOEXEC, 3) : open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { throw FileError(path, .unreadable, code: errno) }
    defer { close(file) }
    let status = try status(of: file, path)
    if status.isFile { return try read(file, status, limit: limit, path) }
    guard status.isPipe || isatty(file) == 1 else { throw FileError(path, status.isFolder ? .folder : .notAFile) }
    return try readToEnd(file, limit: limit, isStopRequested, path)
  }

  /// Whether it is a pipe or a device, which can be read only once.
  public static func isStream(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && [S_IFIFO, S_IFCHR, S_IFSOCK].contains(status.st_mode & S_IFMT)
  }

  private static func status(of file: Int32, _ path: String) throws(FileError) -> stat {
    var status = stat()
    guard fstat(file, &status) == 0 else { throw FileError(path, .unreadable, code: errno) }
    return status
  }

  private static func read(_ file: Int32, _ status: stat, limit: Int, _ path: String) throws(FileError) -> [UInt8] {
    let size = Int(status.st_size)
    guard size <= limit else { throw FileError(path, .tooLarge(size: size, limit: limit)) }
    var failure: Int32?
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
      while filled < size {
        let count = Glibc.read(file, buffer.baseAddress.map { $0 + filled }, size - filled)
        if count > 0 { filled += count } else if count == 0 { break } else if errno != EINTR {
          failure = errno
          break
        }
      }
    }
    if let failure { throw FileError(path, .unreadable, code: failure) }
    return bytes
  }

  /// A pipe without a writer counts as open until one has come and gone, so poll decides when there is something.
  private static func readToEnd(
    _ file: Int32, limit: Int, _ isStopRequested: () -> Bool, _ path: String
  ) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while bytes.count <= limit {
      if isStopRequested() { throw FileError(path, .stopped) }
      var awaited = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
      guard poll(&awaited, 1, 200) > 0 else { continue }
      let count = Glibc.read(file, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count > 0 { bytes += chunk[..<count] } else if errno != EINTR, errno != EAGAIN {
        throw FileError(path, .unreadable, code: errno)
      }
    }
    throw FileError(path, .tooLarge(size: nil, limit: limit))
  }
}

extension stat {
  /// Whether it is an ordinary file.
  var isFile: Bool { st_mode & S_IFMT == S_IFREG }
  var isFolder: Bool { st_mode & S_IFMT == S_IFDIR }
  var isPipe: Bool { st_mode & S_IFMT == S_IFIFO }
}
