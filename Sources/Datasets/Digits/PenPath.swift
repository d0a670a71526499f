import Engine

/// The way of the pen over the sheet: points close enough to be joined by straight lines.
struct PenPath {
  /// A place of the pen.
  struct Point {
    var x: Float
    var y: Float

    /// Share by which the line is wider here than usual.
    var thickening: Float

    /// Whether the pen came here through the air.
    var beginsStroke: Bool
  }

  /// Most points of a path, and most knots of a stroke.
  static let capacity = 192
  static let knotCapacity = 16

  /// Straight pieces from one knot to the next.
  static let piecesPerSpan = 5

  private let points: UnsafeMutableBufferPointer<Point>
  private(set) var count = 0

  /// An empty path that is written into `points`, room for `capacity`.
  init(points: UnsafeMutableBufferPointer<Point>) { self.points = points }

  subscript(index: Int) -> Point { points[index] }

  /// Adds a template's strokes as a hand writes them.
  mutating func write(_ template: DigitTemplate, by hand: Hand, random: inout Random) {
    withUnsafeTemporaryAllocation(of: PlacedKnot.self, capacity: PenPath.knotCapacity) { room in
      for stroke in template.strokes {
        let knots = UnsafeMutableBufferPointer(rebasing: room[..<stroke.count])
        place(stroke, in: knots, by: hand, random: &random)
        giveDirections(knots)
        draw(knots, by: hand, random: &random)
      }
    }
  }

  /// Puts each knot near its place: the stroke as a whole astray, each knot astray mostly as the one before it.
  private func place(
    _ stroke: [Knot], in knots: UnsafeMutableBufferPointer<PlacedKnot>, by hand: Hand,
    random: inout Random
  ) {
    let shiftX = hand.sloppiness * random.bell()
    let shiftY = hand.sloppiness * random.bell()
    var strayX: Float = 0
    var strayY: Float = 0
    for (index, knot) in stroke.enumerated() {
      strayX = 0.75 * strayX + 0.9 * hand.sloppiness * random.bell()
      strayY = 0.75 * strayY + 0.9 * hand.sloppiness * random.bell()
      let place = hand.place(knot.x + shiftX + strayX, knot.y + shiftY + strayY)
      let roundness = knot.turnsSharply ? hand.roundness : 1
      knots.initializeElement(
        at: index, to: PlacedKnot(x: place.x, y: place.y, roundness: roundness))
    }
    let last = knots.count - 1
    stretch(&knots[0], from: knots[1], random: &random)
    stretch(&knots[last], from: knots[last - 1], random: &random)
  }

  /// Lets a stroke begin or end early or late.
  private func stretch(_ end: inout PlacedKnot, from neighbour: PlacedKnot, random: inout Random) {
    let length = 1 + 0.20 * random.bell()
    end.x = neighbour.x + (end.x - neighbour.x) * length
    end.y = neighbour.y + (end.y - neighbour.y) * length
  }

  private func giveDirections(_ knots: UnsafeMutableBufferPointer<PlacedKnot>) {
    let last = knots.count - 1
    for index in 1..<last { knots[index].turn(from: knots[index - 1], to: knots[index + 1]) }
    knots[0].end(beside: knots[1], sign: 1)
    knots[last].end(beside: knots[last - 1], sign: -1)
  }

  /// Adds the points of a stroke through its knots.
  private mutating func draw(
    _ knots: UnsafeMutableBufferPointer<PlacedKnot>, by hand: Hand, random: inout Random
  ) {
    append(
      Point(x: knots[0].x, y: knots[0].y, thickening: -hand.pressure, beginsStroke: true))
    for index in 1..<knots.count {
      for piece in 1...PenPath.piecesPerSpan {
        let part = Float(piece) / Float(PenPath.piecesPerSpan)
        let place = between(knots[index - 1], knots[index], part)
        let done = (Float(index - 1) + part) / Float(knots.count - 1)
        append(
          Point(
            x: place.x + hand.tremor * random.bell(), y: place.y + hand.tremor * random.bell(),
            thickening: hand.pressure * (2 * done - 1), beginsStroke: false))
      }
    }
  }

  /// The cubic Hermite curve from one knot to the next, at t from 0 to 1.
  private func between(_ start: PlacedKnot, _ end: PlacedKnot, _ t: Float) -> (x: Float, y: Float) {
    let u = 1 - t
    let length = start.way(to: end).length
    let atStart = u * u * (1 + 2 * t)
    let atEnd = t * t * (1 + 2 * u)
    let leaving = u * u * t * length * start.roundness
    let arriving = t * t * u * length * end.roundness
    return (
      atStart * start.x + atEnd * end.x + leaving * start.directionX - arriving * end.directionX,
      atStart * start.y + atEnd * end.y + leaving * start.directionY - arriving * end.directionY
    )
  }

  private mutating func append(_ point: Point) {
    points.initializeElement(at: count, to: point)
    count += 1
  }

  /// Stretches and moves the path to the middle of a square that it fills but for a margin on all sides.
  func fit(side: Float, margin: Float) {
    var (lowX, highX, lowY, highY) = (points[0].x, points[0].x, points[0].y, points[0].y)
    for index in 1..<count {
      lowX = min(lowX, points[index].x)
      highX = max(highX, points[index].x)
      lowY = min(lowY, points[index].y)
      highY = max(highY, points[index].y)
    }
    // A path is never a single point, but the least extent keeps the scale finite by arithmetic, not by trust.
    let scale = (side - 2 * margin) / max(highX - lowX, highY - lowY, 0.001)
    for index in 0..<count {
      points[index].x = (points[index].x - (lowX + highX) / 2) * scale + side / 2
      points[index].y = (points[index].y - (lowY + highY) / 2) * scale + side / 2
    }
  }
}
