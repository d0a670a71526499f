/// What `--json` gives of each command, for those who read it by a program.
public enum ResultSchema {
  private static let layers = """
    {layers:[{name:text output:[integer] parameters:integer}] parameters:integer trainable:integer \
    memory:{batch:integer training:integer inference:integer}}
    """
  private static let column = "{name:text count:integer minimum:number mean:number deviation:number maximum:number}"
  private static let epoch = "{epoch:integer learning_rate:number seconds:number +}"
  private static let resumed = "{name:text commands:integer undo:integer ran:integer left:integer}"
  private static let residual = "{index:integer true:any predicted:any residual:any}"

  /// What each command gives, as `ResultType` reads it; a test runs every example against it.
  static let notations: [String: String] = [
    "load": "{name:text train:integer test:integer shape:[integer] classes:integer}",
    "data": """
      {name:text origin:text train:integer test:integer shape:[integer] type:text range:[number] zeros:number \
      missing:integer labels:[text] train_counts:[integer] test_counts:[integer] values:[\(column)] columns:[\(column)]}
      """,
    "show data": "{split:text examples:[{index:integer class*:integer value*:any}]}",
    "add": layers, "remove": layers, "summary": layers, "show network": layers,
    "compile": "{optimizer:text learning_rate:number loss:text metrics:[text] +}",
    "reset": "{parameters:integer}", "seed": "{seed:any}",
    "fit": """
      {epochs*:integer batch*:integer interrupted*:flag stopped*:text? best*:integer? history:any folds*:[{+}] \
      mean*:{+} deviation*:{+}}
      """,
    "compare": "{combinations:[{name:text history:[\(epoch)]}] left:integer}",
    "evaluate": "{split:text count:integer +}",
    "confusion": "{labels*:[text] matrix*:[[integer]] split*:text values*:[\(residual)]}",
    "report": """
      {classes*:[{class:text precision:number recall:number f1:number support:integer}] \
      confused*:[{true:integer predicted:integer count:integer}] values*:[{name:text count:integer +}] \
      worst*:[\(residual)]}
      """,
    "show errors": """
      {wrong*:integer errors:[{index:integer true:any predicted:any probability*:number true_probability*:number \
      output*:number true_output*:number residual*:any}]}
      """,
    "show example": """
      {index:integer split:text class*:integer label*:text shape:[integer] one_hot*:[integer] pixels*:[integer] \
      probabilities*:[number]? outputs*:[number] numbers*:[number] value*:any predicted*:any text*:text words*:any}
      """,
    "show curves": "{best:integer? history:[\(epoch)]}",
    "show weights": "{tensors:[{name:text shape:[integer] least:number most:number mean:number deviation:number}]}",
    "show activations": "{shape:[integer] values:[number]}",
    "show boundary": """
      {x:[number] y*:[number] columns*:integer rows*:integer labels*:[text] areas*:[number] predicted*:[number]}
      """,
    "predict": """
      {predictions:[{index*:integer file*:text split*:text class*:integer probabilities*:[number] outputs*:[number] \
      value*:any}]}
      """,
    "expect": "{metric:text value:number holds:flag}",
    "runs": "{runs*:any total*:integer differences*:any run*:any script*:[text]}", "show runs": "{runs:any}",
    "undo": "{undone:[text]}", "redo": "{redone:[text]}", "cells": "{cells:[{line:text seconds:number}]}",
    "sessions": """
      {sessions:[{name:text folder:text seconds:integer commands:integer data:text? network:text? epochs:integer \
      score:text? state:text}]}
      """,
    "resume": resumed, "sessions resume": resumed, "sessions rename": "{name:text}", "sessions remove": "{name:text}",
    "new": "{seed:text}", "edit": "any", "quit": "{}", "set": "{set*:text settings*:any}", "settings": "{settings:any}",
    "save session": "{file:text commands:integer files*:[text] omitted*:[text]}",
    "save data": "{file:text train:integer test:integer bytes:integer}",
    "save model": "{file:text layers:integer parameters:integer epochs*:integer bytes*:integer files*:[text]}",
    "load model": "{file:text layers:integer parameters:integer epochs*:integer updates*:integer}",
    "save weights": "{file:text tensors:integer bytes:integer}", "load weights": "{file:text tensors:integer}",
    "run": "{file:text commands:integer left:integer}",
    "help": """
      {topics*:[{name:text kind:text help:text usage:any formula:text? source:text? examples:[text] \
      parameters:[{name:text help:text expected:text default:text?}]}] keys*:[{key:text does:text}]}
      """,
  ]

  /// The schema of a command's result; nil for a command that says nothing of it.
  static func result(of command: String) -> JSON? { notations[command].flatMap { ResultType($0) }?.schema }

  /// The schema of a line that `sumi --json` prints; `$defs` has the results by their commands' names.
  public static var text: String {
    let error = "{message:text hint:text? column:integer? length:integer? place*:text}"
    let line = """
      {cell:integer line:text ok:flag seconds:number result*:any error*:\(error) further*:[\(error)] notes*:[text]}
      """
    guard case .object(let members)? = ResultType(line)?.schema else { return "{}" }
    let results = Commands.catalogue.forms.compactMap { form in result(of: form.name).map { (form.name, $0) } }
    let schema = JSON.object(
      [
        ("$schema", "https://json-schema.org/draft/2020-12/schema"), ("title", "A line of sumi --json"),
        ("description", "result is what $defs has for the command of the line"),
      ] + members + [("$defs", .object(results))])
    return schema.text + "\n"
  }
}
