import Datasets
import Engine
import Pictures

/// One example of numbers or words as the network gets it: its columns or its text, what it is, and the prediction.
struct NumbersOutput: Answer {
  /// Numbers that are listed at most.
  private static let most = 100

  let index: Int
  let split: Split
  let dataset: Dataset
  /// The shape in which the first layer gets it; nil before there is one.
  let input: Shape?
  let predictions: Predictions?

  private var examples: Examples { split == .test ? dataset.test : dataset.train }
  private var truth: String { ExampleTable(dataset: dataset, split: split).truth(index) }

  var held: HeldArrays { examples.held }

  /// Places and numbers that are not 0.
  private var entries: [(place: Int, number: Float)] {
    examples.numbers(of: index).enumerated().filter { dataset.texts == nil || $0.element != 0 }.map {
      ($0.offset, $0.element)
    }
  }

  var json: JSON {
    var members: [(String, JSON)] = [("index", .integer(index)), ("split", .text(split.rawValue))]
    if dataset.targets.isClasses {
      members += [("class", .integer(examples.labels[index])), ("label", .text(truth))]
    } else {
      let width = examples.targets.width
      members.append(("value", ValueTable.json(examples.targets.numbers[index * width..<(index + 1) * width])))
    }
    members.append(("shape", .list(examples.shape.extents.map(JSON.integer))))
    if let texts = dataset.texts {
      members.append(("words", .list(texts.numbers(of: index, inTest: split == .test).map(JSON.integer))))
      members.append(("text", texts.hasWords ? .text(texts.text(of: index, inTest: split == .test)) : .null))
    } else {
      members.append(("numbers", .list(entries.map { .float($0.number) })))
    }
    if dataset.targets.isClasses {
      members.append(predictions?.classOutputs(index).json ?? ("probabilities", .null))
    } else {
      members.append(("predicted", predictions.map { ValueTable.json($0.outputs(index)) } ?? .null))
    }
    return .object(members)
  }

  var pictures: [any Picture] {
    var lines = [Line("\(split.rawValue) #\(index)", .bold)]
    if let texts = dataset.texts, texts.hasWords {
      lines += [Line("text: ", .bold) + Line(texts.text(of: index, inTest: split == .test))]
    }
    lines.append(Line("given: ", .bold) + Line("\(input.map { "\($0)" } ?? "\(examples.shape)"), float32\(kind)"))
    lines.append(
      Line("\(dataset.target ?? (dataset.targets.isClasses ? "label" : "value")): ", .bold) + Line(truth, Style(.blue)))
    var pictures: [any Picture] = [Paragraph(lines)]
    if dataset.texts == nil { pictures.append(numbers) }
    if examples.shape.rank >= 2 {
      pictures.insert(TileGrid([examples.tile(index, [Line(truth, Style(.blue))])]), at: 0)
    }
    guard let predictions else { return pictures }
    if dataset.targets.isClasses {
      let bars = ClassBars.picture(dataset.classes, predictions.classOutputs(index), label: examples.labels[index])
      return pictures + [Paragraph(Line()), bars] as [any Picture]
    }
    return pictures + [Paragraph(Line()), ValueTable(predictions: predictions, dataset: dataset).table([index])]
      as [any Picture]
  }

  private var kind: String {
    dataset.texts == nil ? "" : ": 1 at the place of each of its \(entries.count) words, 0 elsewhere"
  }

  private var numbers: Table {
    let shown = entries.prefix(NumbersOutput.most)
    func name(_ place: Int) -> String { dataset.columns.indices.contains(place) ? dataset.columns[place] : "\(place)" }
    return Table(
      [.init("column", leansRight: false), .init("number")],
      rows: shown.map { [Line(name($0.place)), Line(ValueTable.text($0.number))] },
      values: shown.map { [name($0.place), "\($0.number)"] })
  }
}
