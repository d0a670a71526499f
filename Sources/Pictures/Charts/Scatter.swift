/// Points in the plane, over regions or with a line through them, with axes and numbers.
public struct Scatter: Picture {
  /// Points of one kind: their name, their mark and their style tell them from others, also without colour.
  public struct Group: Sendable {
    let name: String
    let mark: Character
    let style: Style
    let points: [(x: Double, y: Double)]

    /// - Parameter points: those that are not finite are left out.
    public init(_ name: String, mark: Character, _ style: Style = .plain, points: [(x: Double, y: Double)]) {
      self.name = name
      self.mark = mark
      self.style = style
      self.points = points.filter { $0.x.isFinite && $0.y.isFinite }
    }
  }

  /// What each place of the plane is taken for, and how surely.
  public struct Regions: Sendable {
    let x: ClosedRange<Double>
    let y: ClosedRange<Double>
    let columns: Int
    let rows: Int
    /// The group of each place, row by row from above, and 0 … 1.
    let places: [(group: Int, certainty: Double)]

    /// - Precondition: there are columns × rows places.
    public init(
      x: ClosedRange<Double>, y: ClosedRange<Double>, columns: Int, rows: Int, places: [(group: Int, certainty: Double)]
    ) {
      precondition(places.count == columns * rows, "there is a place for every column and row")
      (self.x, self.y, self.columns, self.rows, self.places) = (x, y, columns, rows, places)
    }

    /// The place that holds a point of the plane.
    func place(_ x: Double, _ y: Double) -> (group: Int, certainty: Double)? {
      guard self.x.contains(x), self.y.contains(y), columns > 0, rows > 0 else { return nil }
      let across = (x - self.x.lowerBound) / (self.x.upperBound - self.x.lowerBound)
      let down = (self.y.upperBound - y) / (self.y.upperBound - self.y.lowerBound)
      let column = (0...columns - 1).clamping(across * Double(columns), .down)
      return places[(0...rows - 1).clamping(down * Double(rows), .down) * columns + column]
    }
  }

  /// A line through the plane, from left to right.
  public struct Path: Sendable {
    let name: String
    let style: Style
    let points: [(x: Double, y: Double)]

    public init(_ name: String, _ style: Style, points: [(x: Double, y: Double)]) {
      self.name = name
      self.style = style
      self.points = points.filter { $0.x.isFinite && $0.y.isFinite }
    }
  }

  let title: String
  let axes: (x: String, y: String)
  let groups: [Group]
  let regions: Regions?
  let path: Path?
  public let table: Table?

  /// - Parameters:
  ///   - axes: what the axes are called.
  ///   - table: the same in words, for files that hold a table.
  public init(
    _ title: String, axes: (x: String, y: String), _ groups: [Group], regions: Regions? = nil, path: Path? = nil,
    table: Table? = nil
  ) {
    self.title = title
    self.axes = axes
    self.groups = groups
    self.regions = regions
    self.path = path
    self.table = table
  }

  public var isGraphic: Bool { scales(steps: 4) != nil }

  /// Both axes; nil when there is nothing to draw.
  func scales(steps: Int) -> (x: Scale, y: Scale)? {
    var points = groups.flatMap(\.points) + (path?.points ?? [])
    if let regions {
      points += [(regions.x.lowerBound, regions.y.lowerBound), (regions.x.upperBound, regions.y.upperBound)]
    }
    guard let x = Scatter.range(points.map(\.x)), let y = Scatter.range(points.map(\.y)) else { return nil }
    // Regions end where their plane does; an axis beyond would show nothing.
    let horizontal =
      regions.map { Scale(within: $0.x, steps: steps) } ?? Scale(x.lowerBound, x.upperBound, steps: steps)
    let vertical = regions.map { Scale(within: $0.y, steps: steps) } ?? Scale(y.lowerBound, y.upperBound, steps: steps)
    return (horizontal, vertical)
  }

  private static func range(_ values: [Double]) -> ClosedRange<Double>? {
    guard let minimum = values.min(), let maximum = values.max() else { return nil }
    return minimum...maximum
  }

  /// Colours of regions and of the points in them, told from each other also by the colour-blind (Okabe, Ito 2008).
  private static let inks: [UInt32] = [
    0x0072B2, 0xE69F00, 0x009E73, 0xCC79A7, 0x56B4E9, 0xD55E00, 0x8C6BB1, 0x999933, 0x882255, 0x44AA99,
  ]

  /// The style of a class's points.
  public static func style(_ index: Int) -> Style { Style(.ink(ink(index))) }

  static func ink(_ index: Int) -> Ink { Ink(hex: inks[abs(index) % inks.count]) }

  /// The colour of a region: the paper where nothing is sure, the class's where it is.
  func ink(_ place: (group: Int, certainty: Double), _ theme: Theme) -> Ink {
    theme.paper.mixed(with: Scatter.ink(place.group), 0.12 + 0.38 * place.certainty)
  }

  /// The same for cells of a terminal: stronger, since its 256 colours hold too few pale ones to tell all classes
  /// apart.
  func cellInk(_ place: (group: Int, certainty: Double), _ theme: Theme) -> Ink {
    theme.paper.mixed(with: Scatter.ink(place.group), 0.12 + 0.63 * place.certainty)
  }
}
