extension Idea {
  /// How a network learns.
  static let ofTraining: [Idea] = [
    Idea(
      "training", or: ["learning", "fitting"],
      "Training shows a network examples, and changes its weights so that its answers become less wrong.",
      "It goes in many small steps: answer, compare with the label, change all weights a little. Nobody tells the "
        + "network what to look for; it follows from the examples.",
      shows: "fit 1 128", chapter: 1),
    Idea(
      "loss", or: ["loss function", "cost", "objective", "crossentropy", "cross-entropy", "error function"],
      "The loss says in one number how wrong the network's answers are; training makes it small.",
      "For classes it is crossentropy, the surprise at the true label: 0 when that got probability 1, and large when "
        + "the network was sure of another. It tells more than accuracy, which does not see how sure an answer was.",
      shows: "help losses", chapter: 2),
    Idea(
      "gradient", or: ["slope", "derivative"],
      "The gradient tells for each weight how the loss would change if that weight grew a little.",
      "It is a slope in as many directions as there are weights. A step against it makes the loss smaller, as long as "
        + "the step is short.",
      shows: "help sgd", chapter: 2),
    Idea(
      "gradient descent", or: ["sgd", "stochastic gradient descent", "descent"],
      "Gradient descent goes downhill on the loss: each step moves all weights against their slope.",
      "It is called stochastic when the slope is that of a batch, not of all examples: rougher, but thousands of times "
        + "faster. How long a step is, the learning rate says.",
      shows: "compile sgd lr=0.1", chapter: 2),
    Idea(
      "backpropagation", or: ["backprop", "backward pass", "chain rule"],
      "Backpropagation finds the gradient of all weights at once, from the last layer back to the first.",
      "Each layer is told how the loss changes with its outputs, and works out the same for its weights and inputs: "
        + "the chain rule of calculus. It costs about twice what the answer itself costs.",
      shows: "fit 1 128", chapter: 2),
    Idea(
      "optimizer", or: ["optimiser", "momentum", "adam"], "The optimizer turns gradients into steps of the weights.",
      "Plain descent takes the gradient times the learning rate; momentum keeps rolling in the direction of before; "
        + "rmsprop and adam give each weight a step of its own. A good one needs fewer epochs; where they end is "
        + "often much the same.",
      shows: "help optimizers", chapter: 2),
    Idea(
      "learning rate", or: ["lr", "step size"], "The learning rate is how far each step goes along the gradient.",
      "Too small, and training takes for ever; too large, and it jumps over the valley and the loss rises. A schedule "
        + "begins with long steps and ends with short ones.",
      shows: "compile rmsprop lr=0.01", chapter: 2),
    Idea(
      "epoch", "An epoch is one pass over all training examples.",
      "With 60,000 examples in batches of 128 it has 469 steps. A network usually needs several; too many, and it "
        + "begins to learn by heart.",
      shows: "fit 1 128", chapter: 2),
    Idea(
      "batch", or: ["mini-batch", "batch size"], "A batch is the group of examples that one step learns from.",
      "Its mean gradient is less rough than that of one example, and a processor works on many at once. Larger "
        + "batches make fewer, surer steps in an epoch, so they often want a larger learning rate.",
      shows: "fit 1 32", chapter: 2),
    Idea(
      "overfitting", or: ["overfit", "learning by heart", "memorising", "underfitting"],
      "Overfitting is learning by heart: ever better on training examples, no better on others.",
      "It shows where the loss of training goes on falling and that of validation rises. More examples help most; "
        + "then dropout, augmentation, regularisation, a smaller network, or to stop in time.",
      shows: "fit 1 128 validation=0.25", chapter: 4, second: 5),
    Idea(
      "regularisation", or: ["l2", "l1", "weight decay", "weight regularization"],
      "Regularisation makes a network prefer simple answers, so that it learns less by heart.",
      "An l2 penalty adds the squares of the weights to the loss, so that none grows without need; l1 brings many to "
        + "exactly 0. Dropout and stopping early work to the same end.",
      shows: "help dense", chapter: 4, second: 5),
    Idea(
      "early stopping", or: ["patience", "restore best"],
      "Early stopping ends training when validation has not got better for some epochs.",
      "That number is called the patience. The weights of the best epoch can be brought back, as the last ones have "
        + "learnt by heart meanwhile.",
      shows: "fit 3 128 validation=0.1 patience=1 restore_best=yes", chapter: 7, second: 7),
  ]
}
