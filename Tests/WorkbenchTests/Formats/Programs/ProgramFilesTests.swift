import TestSupport
import Testing

@testable import Workbench

@Suite("Sessions as programs")
struct ProgramFilesTests {
  @Test("a session becomes a program for Keras, line by line, with its examples beside it")
  func sessionForKeras() throws {
    let folder = try Folder()
    var bench = Bench(.trained)
    bench.run("evaluate")
    bench.run("save session \(folder["work.py"])")
    #expect(folder.names == ["work.npz", "work.py"])
    let text = try folder.text("work.py")
    for line in [
      "# load digits train=300 test=100", "data = np.load(BESIDE / \"work.npz\")",
      "    keras.layers.Dense(units=16, activation=\"relu\"),",
      "optimizer = keras.optimizers.RMSprop(learning_rate=0.001)", "# fit 2 64",
      "    x_train, t_train, epochs=2, batch_size=64,",
      "figures = model.evaluate(x_test, t_test, batch_size=512, return_dict=True)",
    ] {
      #expect(text.contains(line + "\n"), "\(line)")
    }
  }

  @Test("where what stands beside it is another's, nothing is written, and the line that forces it is the session's")
  func another() throws {
    let folder = try Folder()
    try folder.write("mine", to: "work.npz")
    var bench = Bench(.trained)
    let refused = try bench.refuse("save session \(folder["work.py"])")
    #expect(refused.message.contains("work.npz is there already"))
    #expect(refused.hint == "save session \(folder["work.py"]) force=yes" && folder.names == ["work.npz"])
    bench.run("save session \(folder["work.py"]) force=yes")
    #expect(folder.names == ["work.npz", "work.py"])
  }

  @Test("a session becomes a program for PyTorch")
  func sessionForTorch() throws {
    let folder = try Folder()
    var bench = Bench(.trained)
    bench.run("save session \(folder["work.py"]) to=torch")
    let text = try folder.text("work.py")
    #expect(text.contains("    nn.Linear(784, 16),\n    nn.ReLU(),\n    nn.Linear(16, 10),\n    nn.Softmax(dim=1),\n"))
    #expect(text.contains("optimizer = torch.optim.RMSprop(model.parameters(), lr=0.001, alpha=0.9, eps=1e-07)\n"))
  }

  @Test("with weights=yes what was learnt is beside the program, and takes the place of training")
  func weightsBesideIt() throws {
    let folder = try Folder()
    var bench = Bench(.trained)
    bench.run("save session \(folder["work.py"]) weights=yes")
    #expect(folder.names == ["work.npz", "work.py", "work.weights.npz"])
    #expect(try folder.text("work.py").contains("TRAINS = False\n"))
  }

  @Test("a model becomes a program that makes it, with its weights beside it unless they are not wanted")
  func model() throws {
    let folder = try Folder()
    var bench = Bench(.trained)
    bench.run("save model \(folder["model.py"])")
    #expect(folder.names == ["model.py", "model.weights.npz"])
    bench.run("save model \(folder["bare.py"]) weights=no")
    #expect(!folder.names.contains("bare.weights.npz"))
  }

  @Test("lines that a program cannot do are named, and stand in it as comments")
  func omissions() throws {
    let folder = try Folder()
    var bench = Bench(.trained)
    bench.run("fit 1 64 folds=2")
    let answer = bench.run("save session \(folder["work.py"])")
    let notes = (answer?.notes ?? []).map(\.text)
    #expect(notes == ["not in the program: fit 1 64 folds=2 (K-fold validation, which leaves the network as it was)"])
    #expect(try folder.text("work.py").contains("# fit 1 64 folds=2\n#   not done here: K-fold validation"))
  }

  @Test("layers that change after training are refused, and nothing is written")
  func changedLayers() throws {
    let folder = try Folder()
    var bench = Bench(.trained)
    bench.run("remove")
    bench.run("add dense 10 softmax")
    let refused = try bench.refuse("save session \(folder["work.py"])")
    #expect(refused.message.hasPrefix("remove changes a network that has been trained"))
    #expect(folder.names.isEmpty)
  }

  @Test("what PyTorch does not have is refused by its name")
  func inexpressible() throws {
    let folder = try Folder()
    var bench = Bench(.loaded)
    for line in ["add random_rotation 0.1", "add flatten", "add dense 10 softmax", "compile adam"] { bench.run(line) }
    let refused = try bench.refuse("save session \(folder["work.py"]) to=torch")
    #expect(
      refused.message
        == "random_rotation cannot be put into PyTorch's words: PyTorch itself turns no pictures; torchvision does")
    bench.run("save session \(folder["work.py"])")
  }

  @Test("a program that Python would take for a module is refused, with another name", arguments: [
    "keras", "torch", "numpy", "json", "pathlib", "csv", "typing",
  ])
  func moduleNames(name: String) throws {
    let folder = try Folder()
    var bench = Bench(.trained)
    for (line, rest) in [("save session", " to=torch weights=yes"), ("save session", ""), ("save model", " to=torch")] {
      let refused = try bench.refuse("\(line) \(folder["\(name).py"])\(rest)")
      #expect(
        refused.message == "\(name).py would take the place of Python's module \(name) in every program of its folder")
      #expect(refused.hint == "\(line) \(folder["my_\(name).py"])\(rest)")
    }
    #expect(folder.names.isEmpty)
    bench.run("save session \(folder["my_\(name).py"])")
  }

  @Test("to= and weights= are refused where no program is written")
  func options() throws {
    let folder = try Folder()
    var bench = Bench(.trained)
    let refused = try bench.refuse("save session \(folder["a.sumi"]) to=torch")
    #expect(refused.message.hasPrefix("to= and weights= are for programs"))
    #expect(folder.names.isEmpty)
  }

  @Test("words of save model that have no effect on a file are refused, and nothing is written", arguments: [
    ("m.onnx weights=no", "weights=no is for programs", "m.py weights=no"),
    ("m.safetensors weights=no", "weights=no is for programs", "m.py weights=no"),
    ("m.keras to=torch", "to=torch is for programs", "m.py to=torch"),
    ("m.keras pixels=yes", "pixels=yes is for a model of ONNX", "m.onnx pixels=yes"),
    ("m.py pixels=yes", "pixels=yes is for a model of ONNX", "m.onnx pixels=yes"),
  ])
  func idleWords(words: String, says: String, hint: String) throws {
    let folder = try Folder()
    var bench = Bench(.trained)
    let refused = try bench.refuse("save model \(folder[words])")
    #expect(refused.message.hasPrefix(says) && refused.hint == "save model \(folder[hint])")
    #expect(folder.names.isEmpty)
  }

  @Test("narration stays comments, whatever it holds")
  func narration() throws {
    let folder = try Folder()
    var bench = Bench(.empty)
    let lines = ["# words \u{1B}[2J", "", "load digits train=50 test=20", "add dense 10 softmax", "compile adam"]
    try folder.write(lines.joined(separator: "\n"), to: "a.sumi")
    bench.run("run \(folder["a.sumi"])")
    bench.run("save session \(folder["a.py"])")
    #expect(try folder.text("a.py").contains("\n# words [2J\n"))
  }
}
