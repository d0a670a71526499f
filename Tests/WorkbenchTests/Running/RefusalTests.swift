import Grammar
import TestSupport
import Testing

@testable import Workbench

@Suite("Lines that are refused")
struct RefusalTests {
  @Test("a refused line says what is wrong, where and what to type, and changes nothing", arguments: misread + refused)
  func refuses(_ bad: BadLine) throws {
    var bench = Bench(bad.stage)
    let before = Footprint(bench.session)
    let diagnostic = try bench.refuse(bad.typed)
    for part in bad.says { #expect(diagnostic.message.contains(part), "\(diagnostic.message)") }
    #expect(diagnostic.hint == bad.hint)
    #expect(!diagnostic.message.hasSuffix("."))
    let marked = diagnostic.span.map { span in
      String(Array(bad.typed).dropFirst(span.start).prefix(span.length))
    }
    #expect(marked == bad.at, "the caret stands under \(marked ?? "nothing")")
    #expect(Footprint(bench.session) == before)
  }

  /// Lines that cannot be understood: the caret shows the word; behind the line it stands under nothing ("").
  static let misread: [BadLine] = [
    BadLine(.empty, "foo", says: "no command is called \"foo\"", at: "foo", hint: "help"),
    BadLine(.empty, "evalute", says: "did you mean evaluate?", at: "evalute"),
    BadLine(.empty, "  LOAD digits", says: "did you mean load?", at: "LOAD"),
    BadLine(.empty, "show", says: "show what? expected data, errors, example", at: ""),
    BadLine(.empty, "show errrors", says: "did you mean show errors?", at: "errrors"),
    BadLine(.empty, "save wieghts x", says: "did you mean save weights?", at: "wieghts"),
    BadLine(.empty, "load", says: "a word is missing, data set", "digits", at: "", hint: "load digits"),
    BadLine(.empty, "load digts", says: "no data set is called \"digts\"; did you mean digits?", at: "digts"),
    BadLine(.empty, "load digits train=0", says: "train: expected a whole number, 1 or more, not \"0\"", at: "0"),
    BadLine(.empty, "load digits train=-3", says: "not \"-3\"", at: "-3"),
    BadLine(.empty, "load digits trian=3", says: "did you mean train?", at: "trian"),
    BadLine(.empty, "load train=3 digits", says: "\"digits\" must stand before train=", at: "digits"),
    BadLine(.empty, "seed", says: "a word is missing, number", at: "", hint: "seed 42"),
    BadLine(.empty, "seed -1", says: "expected a whole number, 0 or more, not \"-1\"", at: "-1"),
    BadLine(.empty, "seed 99999999999999999999", says: "99999999999999999999", at: "99999999999999999999"),
    BadLine(.loaded, "add", says: "a word is missing, layer", at: "", hint: "add dense 512 relu"),
    BadLine(.loaded, "add dnse 512 relu", says: "no layer is called \"dnse\"; did you mean dense?", at: "dnse"),
    BadLine(
      .loaded, "add dense", says: "a word is missing, units: expected a whole number, 1 or more", at: "",
      hint: "add dense 512 relu"),
    BadLine(.loaded, "add dense -1", says: "units: expected a whole number, 1 or more, not \"-1\"", at: "-1"),
    BadLine(.loaded, "add dense 1e3", says: "not \"1e3\"", at: "1e3"),
    BadLine(.loaded, "add dense ٥", says: "not \"٥\"", at: "٥"),
    BadLine(.loaded, "add dense 99999999999999999999", says: "expected a whole number", at: "99999999999999999999"),
    BadLine(.loaded, "add dense 5 rellu", says: "no activation is called \"rellu\"; did you mean relu?", at: "rellu"),
    BadLine(.loaded, "add dense 5 relu 7", says: "dense takes no further word, but there is \"7\"", at: "7"),
    BadLine(.loaded, "add dense 5 foo=1", says: "no parameter of dense is called \"foo\"", "units", at: "foo"),
    BadLine(.loaded, "add dense 5 unist=1", says: "did you mean units?", at: "unist"),
    BadLine(.loaded, "add dense 5 units=3", says: "units is given twice", at: "units"),
    BadLine(.loaded, "add dense units=3 units=4", says: "units is given twice", at: "units"),
    BadLine(.loaded, "add dense activation=relu 5", says: "\"5\" must stand before activation=", at: "5"),
    BadLine(.loaded, "add dense 5 \"relu foo=1\"", says: "relu takes no foo=", at: "\"relu foo=1\""),
    BadLine(.loaded, "add dense 5 \"'relu\"", says: "never closed", at: "\"'relu\""),
    BadLine(.loaded, "add dense 5 \"relu > x.csv\"", says: "no activation", at: "\"relu > x.csv\""),
    BadLine(.loaded, "add dropout 1", says: "rate: expected a number from 0 to below 1, not \"1\"", at: "1"),
    BadLine(.loaded, "add dropout nan", says: "not \"nan\"", at: "nan"),
    BadLine(.built, "compile", says: "a word is missing, optimizer", at: "", hint: "compile rmsprop"),
    BadLine(.built, "compile rmsprp", says: "no optimizer is called \"rmsprp\"; did you mean rmsprop?", at: "rmsprp"),
    BadLine(.built, "compile rmsprop lr=0", says: "learning_rate: expected a number above 0, not \"0\"", at: "0"),
    BadLine(.built, "compile rmsprop lr=inf", says: "not \"inf\"", at: "inf"),
    BadLine(.built, "compile rmsprop lr=1e400", says: "not \"1e400\"", at: "1e400"),
    BadLine(.built, "compile rmsprop lr=", says: "not \"\"", at: ""),
    BadLine(.built, "compile rmsprop loss=mes", says: "did you mean mse?", at: "mes"),
    BadLine(.built, "compile rmsprop metrics=", says: "no metric is called \"\"", at: ""),
    BadLine(
      .built, "compile rmsprop metrics=accuracy,accuracy", says: "accuracy is given twice", at: "accuracy,accuracy"),
    BadLine(.compiled, "fit", says: "a word is missing, epochs", at: "", hint: "fit 2 128"),
    BadLine(
      .compiled, "fit 1 schedule=cosine", says: "a word is missing, length", at: "cosine",
      hint: "fit 2 128 schedule=\"cosine 2\""),
    BadLine(
      .compiled, "compile sgd schedule=step", says: "a word is missing, length", at: "step",
      hint: "fit 2 128 schedule=\"step 1 0.5\""),
    BadLine(.compiled, "fit 0", says: "epochs: expected a whole number from 1 to 1000000, not \"0\"", at: "0"),
    BadLine(.compiled, "fit 1.5", says: "not \"1.5\"", at: "1.5"),
    BadLine(.compiled, "fit 9999999", says: "not \"9999999\"", at: "9999999"),
    BadLine(.compiled, "fit 1 0", says: "batch: expected a whole number, 1 or more, not \"0\"", at: "0"),
    BadLine(.compiled, "fit 1 32 64", says: "fit takes no further word", at: "64"),
    BadLine(.compiled, "fit 1 validation=1", says: "validation: expected", "below 1", at: "1"),
    BadLine(.compiled, "fit 1 shuffle=maybe", says: "shuffle: expected yes or no, not \"maybe\"", at: "maybe"),
    BadLine(
      .compiled, "fit 1 until=accuracy", says: "until: expected a metric", at: "accuracy"),
    BadLine(
      .compiled, "fit 1 until=accuracy > 0.9", says: "until: expected a metric", at: "accuracy",
      hint: "fit 1 until=\"accuracy > 0.9\""),
    BadLine(.trained, "evaluate tst", says: "no part of a data set is called \"tst\"; did you mean test?", at: "tst"),
    BadLine(.trained, "show errors 0", says: "count: expected a whole number from 1 to 10000", at: "0"),
    BadLine(
      .trained, "show errors order=best", says: "no order is called \"best\"; there are: index, worst", at: "best"),
    BadLine(.trained, "predict", says: "a word is missing, index", at: "", hint: "predict 0"),
    BadLine(
      .trained, "predict 1 x",
      says: "index: expected a whole number, 0 or more, a range such as 0..99, test, train, or a file ending in "
        + ".png, .jpg or .csv, not \"x\"",
      at: "x"),
    BadLine(
      .trained, "expect accuracy > 0.5", says: "condition: expected a metric", at: "accuracy",
      hint: "expect \"accuracy > 0.5\""),
    BadLine(.trained, "expect accuracy >= x", says: "a number after it", at: "accuracy >= x"),
    BadLine(.trained, "expect >= 1", says: "expected a metric before >=", at: ">= 1"),
    BadLine(.trained, "remove x", says: "expected a layer's number from 1, last, or all, not \"x\"", at: "x"),
    BadLine(.trained, "remove 0", says: "not \"0\"", at: "0"),
    BadLine(.trained, "set color no", says: "no setting is called \"color\"; did you mean colour?", at: "color"),
    BadLine(.trained, "set threads 0", says: "from 1 to 1024, or auto, not \"0\"", at: "0"),
    BadLine(.trained, "undo 0", says: "count: expected a whole number from 1 to 1000", at: "0"),
    BadLine(.trained, "save weights \"\"", says: "expected a file ending in .safetensors, .npz or .weights.h5, not \"\"", at: "\"\""),
    BadLine(.trained, "quit now", says: "quit takes no further word", at: "now"),
    BadLine(.trained, "data > x.bmp", says: "expected one of .png .svg .pdf .txt .csv .json .md .html", at: "x.bmp"),
    BadLine(.trained, "data > csv", says: "the file's ending chooses the form", at: "csv"),
    BadLine(.trained, "data >", says: "a file's name is missing after >", at: ">", hint: "data > result.csv"),
    BadLine(.trained, "data > a.csv b", says: "nothing may follow the file's name", at: "b"),
    BadLine(.trained, "> a.csv", says: "a command is missing before >", at: ">", hint: "help"),
    BadLine(.trained, "data \"", says: "a quote is opened here and never closed; expected another \"", at: "\""),
    BadLine(.trained, "data 'x", says: "expected another '", at: "'x"),
    BadLine(.trained, "\u{1b}[2J", says: "no command is called", at: "\u{1b}[2J", hint: "help"),
  ]

  /// Lines that are understood and cannot be done: no caret, but what to type where there is something.
  static let refused: [BadLine] = [
    BadLine(.empty, "add dense 5", says: "there is no data set yet", hint: "load digits"),
    BadLine(.empty, "fit 1", says: "there is no data set yet", hint: "load digits"),
    BadLine(.empty, "compile rmsprop", says: "there is no data set yet", hint: "load digits"),
    BadLine(.empty, "summary", says: "there is no data set yet", hint: "load digits"),
    BadLine(.empty, "data", says: "there is no data set yet", hint: "load digits"),
    BadLine(.empty, "undo", says: "there is nothing to undo"),
    BadLine(.empty, "redo", says: "there is nothing to redo"),
    BadLine(.empty, "expect loss < 1", says: "nothing has been measured yet", hint: "load digits"),
    BadLine(.empty, "help xyzzy", says: "there is no help on \"xyzzy\"", hint: "help"),
    BadLine(.empty, "help dnse", says: "did you mean dense?", hint: "help"),
    BadLine(.empty, "load mnist", says: "MNIST is not on this machine", "nowhere", hint: "load digits"),
    BadLine(.empty, "run /nowhere/x.sumi", says: "/nowhere/x.sumi cannot be read: No such file or directory"),
    BadLine(.empty, "run /tmp", says: "/tmp is a folder"),
    BadLine(.empty, "run /dev/null", says: "/dev/null is not a file"),
    BadLine(.loaded, "fit 1", says: "the network has no layers yet", hint: "add dense 10 softmax"),
    BadLine(.loaded, "compile rmsprop", says: "the network has no layers yet", hint: "add dense 10 softmax"),
    BadLine(.loaded, "evaluate", says: "the network has no layers yet", hint: "add dense 10 softmax"),
    BadLine(.loaded, "save weights x.safetensors", says: "the network has no layers yet", hint: "add dense 10 softmax"),
    BadLine(
      .loaded, "add dense 1000000000", says: "dense layer needs 13 TB of memory, and there are", hint: "help dense"),
    BadLine(.loaded, "add dense 9223372036854775807", says: "more than 9.2 EB", hint: "help dense"),
    BadLine(.loaded, "show data class=seven", says: "no class is called \"seven\"; there are: 0, 1, 2"),
    BadLine(.loaded, "show example 100", says: "there is no test example 100: they go from 0 to 99"),
    BadLine(.built, "fit 1", says: "the network has no optimizer and no loss yet", hint: "compile rmsprop"),
    BadLine(.built, "evaluate", says: "the network has no optimizer and no loss yet", hint: "compile rmsprop"),
    BadLine(
      .built, "compile rmsprop loss=binary_crossentropy metrics=accuracy > /nowhere/x.json",
      says: "/nowhere/x.json cannot be written: No such file or directory"),
    BadLine(.compiled, "fit 1 until=\"acuracy>=1\"", says: "no figure is called \"acuracy\"; did you mean accuracy?"),
    BadLine(.compiled, "fit 1 validation=0.9999999", says: "leaves none to train on", hint: "fit 1 validation=0.1"),
    BadLine(.trained, "remove 3", says: "there is no layer 3: the network has 2", hint: "remove 2"),
    BadLine(.trained, "undo 6", says: "undo 6 goes too far: there are 5", hint: "undo 5"),
    BadLine(.trained, "predict 3 100", says: "there is no test example 100: they go from 0 to 99"),
    BadLine(.trained, "predict 9223372036854775807", says: "there is no test example 9223372036854775807"),
    BadLine(.trained, "show errors true=11", says: "no class is called \"11\""),
    BadLine(.trained, "expect acuracy >= 0", says: "no figure is called \"acuracy\"; did you mean accuracy?"),
    BadLine(.trained, "expect loss < 0", says: "expected loss < 0.0, but loss is "),
    BadLine(
      .trained, "save session x.txt", says: "expected a file ending in .sumi", at: "x.txt",
      hint: "save session x.sumi"),
    BadLine(
      .trained, "save weights /nowhere/x.safetensors",
      says: "/nowhere/x.safetensors cannot be written: No such file or directory"),
    BadLine(.trained, "save weights /proc/x.safetensors", says: "/proc/x.safetensors cannot be written"),
    BadLine(
      .trained, "save weights /dev/full",
      says: "the file's ending chooses the form; expected a file ending in .safetensors",
      at: "/dev/full", hint: "save weights /dev/full.safetensors"),
    BadLine(
      .trained, "save weights m.h5", says: "weights cannot be written as .h5; expected a file ending in .safetensors",
      at: "m.h5", hint: "save weights m.weights.h5"),
    BadLine(
      .trained, "save weights \"my model.keras\"", says: "as .keras", at: "\"my model.keras\"",
      hint: "save weights \"my model.safetensors\""),
    BadLine(
      .trained, "save weights .npz", says: "expected a file ending in", at: ".npz",
      hint: "save weights .npz.safetensors"),
    BadLine(
      .trained, "load weights ~nobody-is-called-so/x", says: "nobody is called nobody-is-called-so on this machine"),
    BadLine(
      .trained, "evaluate > ~nobody-is-called-so/x.csv", says: "nobody is called nobody-is-called-so on this machine"),
    BadLine(.trained, "load weights /nowhere", says: "/nowhere cannot be read: No such file or directory"),
    BadLine(.trained, "fit 1 > /nowhere/x.csv", says: "/nowhere/x.csv cannot be written: No such file or directory"),
    BadLine(.trained, "fit 1 > /proc/x.csv", says: "/proc/x.csv cannot be written"),
    BadLine(.trained, "add dense 5 > /nowhere/x.txt", says: "/nowhere/x.txt cannot be written"),
    BadLine(.trained, "show errors > /nowhere.d/x.csv", says: "cannot be written"),
    BadLine(.trained, "seed 5 > /nowhere/x.csv", says: "cannot be written"),
  ]

  @Test("a line of a million characters is refused in a message that can be read")
  func endlessLine() throws {
    var bench = Bench(.loaded)
    for line in [String(repeating: "x", count: 1_000_000), "add dense " + String(repeating: "9", count: 1_000_000)] {
      let diagnostic = try bench.refuse(line)
      #expect(diagnostic.message.count < 2000)
      #expect(diagnostic.lines.allSatisfy { $0.text.count < 2000 })
    }
  }

  @Test("blank lines and comments are no commands", arguments: ["", "   ", "\t", "# load", "  # x", "\\\n  "])
  func nothing(line: String) {
    var bench = Bench()
    let outcome = bench.outcome(line)
    #expect(outcome == nil)
    #expect(bench.runner.next == 1)
  }

  @Test("cells count every line that ran, refused ones too")
  func numbers() {
    var bench = Bench()
    let cells = ["seed 1", "foo", "# nothing", "help"].map { bench.outcome($0)?.cell }
    #expect(cells == [1, 2, nil, 3])
  }

  @Test("a refused result file discards what the command did: a picture that is no table cannot be CSV")
  func noTable() throws {
    let folder = try Folder()
    var bench = Bench(.loaded)
    let before = Footprint(bench.session)
    let diagnostic = try bench.refuse("seed 5 > \(folder["x.csv"])")
    #expect(diagnostic.message.contains("so it cannot be CSV"))
    #expect(Footprint(bench.session) == before)
    #expect(folder.names == [])
  }
}
