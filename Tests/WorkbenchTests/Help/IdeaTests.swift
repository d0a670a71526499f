import Testing

@testable import Workbench

@Suite struct IdeaTests {
  @Test("help answers ideas however a person writes them", arguments: [
    "one-hot", "one hot", "onehot", "loss", "epoch", "epochs", "batch", "gradient descent", "overfitting", "accuracy",
    "confusion matrix", "softmax", "normalisation", "normalization", "convolution", "convolutions", "validation",
    "learning rate", "dropout", "regularization", "activation", "optimizer", "backpropagation", "regression", "Neuron",
  ])
  func found(name: String) throws {
    var bench = Bench(.trained)
    let outcome = try bench.told("help \(name)")
    #expect(outcome.diagnostic == nil && outcome.text.contains("see it here"), "\(outcome.text)")
  }

  @Test("an idea is three sentences, the first of which says what it is", arguments: Idea.all)
  func length(idea: Idea) {
    let text = "\(idea.meaning) \(idea.more)"
    let sentences = text.split(separator: ". ")
    #expect(sentences.count == 3, "\(text)")
    #expect(idea.meaning.hasSuffix(".") && idea.more.hasSuffix(".") && text.count < 420, "\(idea.name): \(text.count)")
  }

  @Test func `no two ideas answer to the same name`() {
    for idea in Idea.all {
      for name in [idea.name] + idea.otherNames {
        #expect(Idea.all.filter { $0.isMeant(by: name) }.map(\.name) == [idea.name], "\(name)")
      }
    }
  }

  @Test("what shows it runs here and now, at every stage of a session", arguments: Bench.Stage.allCases)
  func here(stage: Bench.Stage) throws {
    for idea in Idea.all {
      var bench = Bench(stage)
      let help = try bench.told("help \(idea.name)")
      let line = try #require(help.nextLine, "\(idea.name)")
      let small = line == "load digits" ? "load digits train=300 test=100" : line
      #expect(bench.outcome(small)?.diagnostic == nil, "\(idea.name), \(stage): \(line)")
    }
  }

  @Test func `a name of several things tells the idea first`() throws {
    var bench = Bench()
    let text = try #require(bench.outcome("help softmax")?.text)
    let (idea, activation) = (text.firstRange(of: "softmax   idea"), text.firstRange(of: "exp(xᵢ)"))
    #expect(try #require(idea).lowerBound < #require(activation).lowerBound)
  }

  @Test func `Keras's name of a layer finds the layer`() throws {
    var bench = Bench()
    let text = try #require(bench.outcome("help MaxPooling2D")?.text)
    #expect(text.contains("maxpool2d"))
  }

  @Test func `the book is named by chapter only`() throws {
    var bench = Bench()
    let text = try #require(bench.outcome("help overfitting")?.text)
    #expect(text.contains("Deep Learning with Python, chapter 4 (5 in the second edition)"))
  }
}
