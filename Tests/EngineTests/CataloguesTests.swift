import Foundation
import Grammar
import Testing

@testable import Engine

/// What holds for every catalogue of the engine.
@Suite struct CataloguesTests {
  /// A catalogue with the folder whose files it lists.
  struct Listing: Sendable, CustomTestStringConvertible {
    let folder: String
    let types: [String]
    let names: [String]
    /// Reads a line and writes the value's line.
    let again: @Sendable (String) throws -> String?
    /// Those that stand for a value by their name alone.
    let plain: [String]

    init<Value: Sendable>(_ folder: String, _ types: [Any.Type], _ catalogue: Catalogue<Value>) {
      self.folder = folder
      self.types = types.map { String(describing: $0) }
      names = catalogue.forms.map(\.name)
      again = { catalogue.line(try catalogue.value($0)) }
      plain = catalogue.forms.filter { $0.plain != nil }.map(\.name)
    }

    var testDescription: String { folder }
  }

  static let listings = [
    Listing("Layers", Layers.all, Layers.catalogue),
    Listing("Activations", Activations.all, Activations.catalogue),
    Listing("Losses", Losses.all, Losses.catalogue),
    Listing("Optimizers", Optimizers.all, Optimizers.catalogue),
    Listing("Initializers", Initializers.all, Initializers.catalogue),
    Listing("Metrics", Metrics.all, Metrics.catalogue),
    Listing("Schedules", Schedules.all, Schedules.catalogue),
  ]

  /// The names of the Swift files in a folder of the engine's sources, and in folders inside it, that declare a form,
  /// without their ending; others hold what those of the folder share.
  static func files(_ folder: String) throws -> Set<String> {
    let engine = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Engine/\(folder)").standardized
    let all = FileManager.default.enumerator(at: engine, includingPropertiesForKeys: nil)
    let files = (all?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
    let declaring = try files.filter { file in
      let name = file.deletingPathExtension().lastPathComponent
      return try String(contentsOf: file, encoding: .utf8).contains("static let form = Form<\(name)>")
    }
    return Set(declaring.map { $0.deletingPathExtension().lastPathComponent })
  }

  @Test("every file of a folder is listed in its catalogue, and nothing else", arguments: listings)
  func complete(listing: Listing) throws {
    let files = try Self.files(listing.folder)
    #expect(files.subtracting(listing.types).sorted() == [], "files that no catalogue lists")
    #expect(Set(listing.types).subtracting(files).sorted() == [], "types without a file of their own")
  }

  @Test("no name is given twice", arguments: listings)
  func unique(listing: Listing) {
    #expect(Set(listing.names).count == listing.names.count)
  }

  @Test("a line reads into a value that writes the same line", arguments: [
    ("Layers", "dense 8 relu"), ("Layers", "dense 8 \"leaky_relu negative_slope=0.1\" use_bias=no l2=0.01"),
    ("Layers", "dense 8 kernel_initializer=\"random_normal stddev=0.1\" bias_initializer=ones"),
    ("Layers", "dropout 0.25"), ("Layers", "activation elu alpha=0.5"),
    ("Losses", "categorical_crossentropy label_smoothing=0.1"), ("Losses", "huber delta=0.5"),
    ("Losses", "binary_crossentropy label_smoothing=0.1"), ("Schedules", "exponential 2 0.5 staircase=yes"),
    ("Schedules", "cosine 10batches warmup=0.5 alpha=0.1"), ("Schedules", "one_cycle 3 0.2"),
    ("Schedules", "reduce_on_plateau factor=0.5 patience=2 min_delta=0 cooldown=1 min_lr=0.001"),
    ("Optimizers", "sgd learning_rate=0.1 momentum=0.9 nesterov=yes"),
    ("Optimizers", "rmsprop rho=0.8 momentum=0.5 centered=yes"),
    ("Optimizers", "adam beta_1=0.8 beta_2=0.9 epsilon=0.001 amsgrad=yes"),
    ("Optimizers", "adamw learning_rate=0.01 beta_1=0.8 beta_2=0.9 epsilon=0.001 amsgrad=yes"),
    ("Optimizers", "adagrad initial_accumulator_value=0 epsilon=0.001"),
    ("Optimizers", "adadelta learning_rate=1 rho=0.9 epsilon=0.001"),
    ("Optimizers", "adamax beta_1=0.8 beta_2=0.9 epsilon=0.001"),
    ("Optimizers", "nadam beta_1=0.8 beta_2=0.9 epsilon=0.001"), ("Optimizers", "lion beta_1=0.8 beta_2=0.9"),
    ("Initializers", "random_normal mean=1 stddev=0.5"), ("Initializers", "random_uniform minval=-1 maxval=2"),
    ("Initializers", "orthogonal gain=2"), ("Metrics", "top_k_accuracy k=3"),
  ])
  func written(pair: (String, String)) throws {
    let listing = try #require(Self.listings.first { $0.folder == pair.0 })
    #expect(try listing.again(pair.1) == pair.1)
  }

  @Test("a name alone reads into a value that writes the name alone", arguments: listings)
  func plain(listing: Listing) throws {
    #expect(!listing.plain.isEmpty)
    for name in listing.plain { #expect(try listing.again(name) == name) }
  }

  @Test("a number out of range is refused", arguments: [
    ("Activations", "leaky_relu negative_slope=-1"), ("Losses", "huber delta=0"),
    ("Losses", "categorical_crossentropy label_smoothing=1.5"), ("Optimizers", "adam beta_1=1"),
    ("Optimizers", "adagrad initial_accumulator_value=-0.1"), ("Optimizers", "sgd lr=0"),
    ("Schedules", "cosine 0"), ("Schedules", "cosine -1"), ("Schedules", "step 0batches"),
    ("Schedules", "one_cycle nan"), ("Schedules", "cosine 1 alpha=2"), ("Schedules", "reduce_on_plateau factor=1"),
    ("Initializers", "random_normal stddev=-1"), ("Metrics", "top_k_accuracy k=0"),
  ])
  func range(pair: (String, String)) throws {
    let listing = try #require(Self.listings.first { $0.folder == pair.0 })
    #expect(throws: Misread.self) { try listing.again(pair.1) }
  }
}
