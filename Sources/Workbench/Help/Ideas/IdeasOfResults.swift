extension Idea {
  /// What a network is judged by.
  static let ofResults: [Idea] = [
    Idea(
      "classification", or: ["classifier", "multiclass", "binary classification"],
      "Classification answers with one of several classes.",
      "The network gives a probability to each, and the largest is its answer. Its last layer has a unit for each "
        + "class and softmax, or one unit with sigmoid when there are two.",
      shows: "predict 0", chapter: 3, second: 4),
    Idea(
      "regression", or: ["value prediction"],
      "Regression answers with a value, such as a price, instead of a class.",
      "The last layer is linear, so that every number can come out, and the loss is the mean squared error. There is "
        + "no right or wrong, only near and far: the mean absolute error tells how far, in the value's own unit.",
      shows: "help mse", chapter: 3, second: 4),
    Idea(
      "accuracy", or: ["metric"], "Accuracy is the share of examples that the network classifies rightly.",
      "It is what people want to know, but it moves in jumps, so training makes the loss small instead. Where one "
        + "class is rare it misleads: who never says \"ill\" is right 99 times in 100 when one in 100 is.",
      shows: "evaluate", chapter: 2),
    Idea(
      "precision", or: ["recall", "f1", "precision and recall"],
      "Precision is how much of what was called a class is one; recall, how much of the class was found.",
      "Who calls everything a 7 finds every 7, with a precision of a tenth. f1 is high only where both are.",
      shows: "report", chapter: 4, second: 6),
    Idea(
      "confusion matrix", or: ["confusion"],
      "A confusion matrix counts for each true class, down, what the network took it for, across.",
      "The diagonal is right; everything beside it is a mistake with a name, such as 4s taken for 9s. It shows where "
        + "to look next: the pictures behind a single cell.",
      shows: "confusion"),
    Idea(
      "prediction", or: ["inference", "predict"], "A prediction is what the trained network says of an example.",
      "Nothing is learnt in it: no label is needed, dropout is off, and the weights stay. Its probabilities tell how "
        + "sure the network is, which is not always how right it is.",
      shows: "predict 0", chapter: 3, second: 4),
  ]
}
