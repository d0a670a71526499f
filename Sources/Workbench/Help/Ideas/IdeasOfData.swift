extension Idea {
  /// What goes into a network.
  static let ofData: [Idea] = [
    Idea(
      "example", or: ["sample", "input"], "An example is one thing to learn from, such as one picture of a digit.",
      "A network gets it as numbers in a fixed shape: a picture of 28×28 pixels is 784 numbers. It learns from "
        + "thousands of them, each with the right answer beside it.",
      shows: "show example 0", chapter: 2),
    Idea(
      "label", or: ["target", "class", "ground truth"], "A label is the right answer to an example.",
      "In classification it is a class, one of a few that are known beforehand. Training compares the network's "
        + "answer with it; testing counts how often both agree.",
      shows: "data", chapter: 2),
    Idea(
      "one-hot", or: ["one hot encoding", "categorical encoding", "to_categorical"],
      "A one-hot row writes a class as numbers: 1 at its own place and 0 at all others.",
      "Of ten digits, a 3 is 0 0 0 1 0 0 0 0 0 0. So it has the shape of the network's ten probabilities, and the "
        + "two can be subtracted and compared; no class counts as larger than another.",
      shows: "show example 0", chapter: 3, second: 4),
    Idea(
      "normalisation", or: ["scaling", "standardisation", "rescaling"],
      "Normalisation brings inputs into a small, common range before a network sees them.",
      "Pixels from 0 to 255 would make the first sums, and so the first steps, far too large. Pictures come here as "
        + "numbers from 0 to 1 already, so they need no further division by 255.",
      shows: "data", chapter: 4, second: 4),
    Idea(
      "test set", or: ["test examples", "hold out", "generalisation"],
      "The test set is what the network never sees while it learns.",
      "Only there can one measure whether it has learnt something about the world, or just its training examples. "
        + "Who chooses settings by the test set begins to learn from it, too: use validation for that.",
      shows: "evaluate test", chapter: 2),
    Idea(
      "validation", or: ["validation set", "validation split", "cross-validation"],
      "Validation measures the network during training, on examples kept apart for it.",
      "It tells after each epoch whether the network still gets better at what it has not seen. Settings and the "
        + "number of epochs are chosen by it, so that the test set stays untouched until the end.",
      shows: "fit 1 128 validation=0.1", chapter: 4, second: 5),
    Idea(
      "augmentation", or: ["data augmentation"],
      "Augmentation shows every example a little changed each time: moved, turned or stretched.",
      "A seven that is moved is still a seven, so nothing wrong is learnt, and nothing can be learnt by heart. It "
        + "works in training only; while testing, pictures stay as they are.",
      shows: "help random_translation", chapter: 5, second: 8),
    Idea(
      "seed", or: ["random numbers", "reproducibility"], "A seed is the number that all random choices follow from.",
      "First weights, the order of examples and dropout are drawn at random, but the same seed draws the same again. "
        + "So a session can be replayed to the same numbers, and two settings compared from the same start.",
      shows: "seed 1"),
  ]
}
