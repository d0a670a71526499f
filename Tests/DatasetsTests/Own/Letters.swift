extension String {
  /// Its letters in turn, over and over.
  func letter(_ index: Int) -> Character { Array(self)[index % count] }
}
