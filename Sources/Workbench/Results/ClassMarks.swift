/// A character for each class, to stand for it where there is no room for its name.
enum ClassMarks {
  /// The first character of each name behind what all names begin with, or a later one where another class has that.
  static func of(_ names: [String]) -> [Character] {
    let first = names.first ?? ""
    let common = names.count < 2 ? 0 : names.map { $0.commonPrefix(with: first).count }.min() ?? 0
    let rest = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    var used: Set<Character> = []
    return names.map { name in
      let mark = (name.dropFirst(common) + name + rest).first { !$0.isWhitespace && !used.contains($0) } ?? "•"
      used.insert(mark)
      return mark
    }
  }
}

extension String {
  fileprivate func commonPrefix(with other: String) -> Substring {
    prefix(zip(self, other).prefix { $0 == $1 }.count)
  }
}
