import Testing

@testable import Images

@Suite("Photos in colour")
struct ColourPhotoTests {
  private let photo = ColourPhoto(width: 2, height: 1, colours: [255, 0, 0, 0, 0, 255])

  @Test func `a photo of its own size stays as it is, and a smaller one has the mean`() {
    #expect(photo.resized(width: 2, height: 1) == photo.colours)
    #expect(photo.resized(width: 1, height: 1) == [128, 0, 128])
    #expect(photo.resized(width: 4, height: 1) == [255, 0, 0, 255, 0, 0, 0, 0, 255, 0, 0, 255])
  }

  @Test func `grey is where all three are the same`() {
    #expect(!photo.isGrey)
    #expect(ColourPhoto(width: 1, height: 2, colours: [7, 7, 7, 9, 9, 9]).isGrey)
  }

  @Test func `a photo is turned upright in all its colours`() {
    let turned = Orientation.halfTurn.upright(photo)
    #expect(turned.colours == [0, 0, 255, 255, 0, 0])
    let quarter = Orientation.quarterTurn.upright(photo)
    #expect(quarter.width == 1 && quarter.height == 2)
  }

  @Test func `what is no picture is refused`() {
    #expect(throws: Unreadable.self) { try ColourPhoto(Array("hello".utf8)) }
    #expect(throws: Unreadable.self) { try ColourPhoto(PNG.signature) }
    #expect(throws: Unreadable.self) { try ColourPhoto(JPEG.signature) }
  }
}
