extension Idea {
  /// What a network is made of.
  static let ofNetworks: [Idea] = [
    Idea(
      "network", or: ["neural network", "model", "deep learning"],
      "A network is a chain of layers that turns an example into an answer.",
      "Each layer takes numbers and gives new ones; its weights decide which. Deep means that there are several, each "
        + "working on what the one before has found.",
      shows: "show network", chapter: 1),
    Idea(
      "layer", or: ["dense layer", "fully connected"], "A layer is one step of a network: numbers in, numbers out.",
      "A dense layer connects every input to every unit; others look at neighbours, or leave numbers out. What a layer "
        + "knows are its weights, and training changes them.",
      shows: "summary", chapter: 2),
    Idea(
      "unit", or: ["neuron", "node"],
      "A unit adds up its inputs, each times a weight of its own, and passes the sum on.",
      "A sum is large where the inputs look like the weights, so each unit looks for one pattern. With more units a "
        + "layer can look for more, and can also learn more by heart.",
      shows: "show weights 1", chapter: 2),
    Idea(
      "weight", or: ["parameter", "kernel", "bias", "trainable"], "Weights are the numbers that a network learns.",
      "They are drawn at random at first, and each training step changes all of them a little. A bias is the weight "
        + "that is added to a sum whatever the inputs are.",
      shows: "show weights 1", chapter: 2),
    Idea(
      "initialisation", or: ["initializer", "random weights", "glorot"],
      "Initialisation draws the first weights, since from equal ones all units would learn the same.",
      "Their size matters: too large and sums explode from layer to layer, too small and they vanish. The usual rules "
        + "choose it by the number of inputs, and outputs, of the layer.",
      shows: "help initializers"),
    Idea(
      "activation", or: ["activation function", "nonlinearity", "relu"],
      "An activation is a bend that follows a layer's sums, such as relu: negative becomes 0.",
      "Without it many layers would be no more than one, since sums of sums are sums. The last layer's activation "
        + "gives the answer its form: softmax for classes, none for values.",
      shows: "show activations 1 0", chapter: 3, second: 4),
    Idea(
      "softmax", or: ["probability", "probabilities", "logits"],
      "Softmax turns a row of sums into probabilities: all positive, 1 together.",
      "The largest sum gets the largest share, and differences grow exponentially. It belongs once, after the last "
        + "layer of a classifier, on sums of either sign.",
      shows: "predict 0", chapter: 2),
    Idea(
      "convolution", or: ["conv2d", "convnet", "cnn", "filter", "feature map"],
      "A convolution slides small kernels over a picture and notes where their pattern is.",
      "A pattern is learnt once for all places, with few weights: 3×3 pixels instead of all 784. A second convolution "
        + "finds patterns of patterns, so edges become corners, and corners become digits.",
      shows: "help conv2d", chapter: 5, second: 8),
    Idea(
      "pooling", or: ["max pooling", "downsampling"],
      "Pooling makes pictures smaller by keeping one number of each small window.",
      "The largest says whether a pattern was there at all; where exactly matters less and less. What follows has "
        + "less to compute, and sees more of the picture at once.",
      shows: "help maxpool2d", chapter: 5, second: 8),
    Idea(
      "dropout", "Dropout silences a share of the numbers between two layers while training, others each time.",
      "So no unit can rely on a single other one, and the network learns what holds more generally. While testing "
        + "nothing is left out, so the figures there may well be better than those of training.",
      shows: "help overfitting", chapter: 4, second: 5),
    Idea(
      "batch normalisation", or: ["batchnorm"],
      "Batch normalisation brings each channel to mean 0 and variance 1 over the batch, between layers.",
      "The next layer always gets numbers of the size it is used to, so larger steps do no harm. Outside training it "
        + "uses averages that it kept, so one example's answer does not depend on its neighbours.",
      shows: "help layers", chapter: 7, second: 9),
  ]
}
