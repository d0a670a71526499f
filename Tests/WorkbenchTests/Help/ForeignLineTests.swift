import Testing

@testable import Workbench

@Suite struct ForeignLineTests {
  @Test("what a person who knows Keras types is answered with the line that does it here", arguments: [
    ("model.add(Dense(512, activation='relu'))", "add dense 512 relu"),
    ("model.add(layers.Dense(10, activation=\"softmax\"))", "add dense 10 softmax"),
    ("network.add(layers.Dense(512, activation='relu', input_shape=(28 * 28,)))", "add dense 512 relu"),
    ("model.add(layers.Conv2D(32, (3, 3), activation='relu', input_shape=(28, 28, 1)))", "add conv2d 32 3 relu"),
    ("layers.Conv2D(filters=32, kernel_size=3, strides=2, padding='same'),", "add conv2d 32 3 strides=2 padding=same"),
    ("model.add(layers.MaxPooling2D((2, 2)))", "add maxpool2d"), ("model.add(Flatten())", "add flatten"),
    ("model.add(layers.Dropout(0.5))", "add dropout 0.5"),
    ("x = layers.BatchNormalization()(x)", "add batchnorm"),
    ("model.add(Activation('relu'))", "add activation relu"),
    ("model.add(Dense(10, kernel_regularizer=regularizers.l2(0.001), activation='relu'))", "add dense 10 relu"),
    (
      "model = keras.Sequential([layers.Dense(512, activation=\"relu\"), layers.Dense(10, activation=\"softmax\")])",
      "add dense 512 relu; add dense 10 softmax"
    ),
    ("model = keras.Sequential([", "add dense 512 relu"), ("model = models.Sequential()", "add dense 512 relu"),
    (
      "model.compile(optimizer='rmsprop', loss='categorical_crossentropy', metrics=['accuracy'])",
      "compile rmsprop loss=categorical_crossentropy metrics=accuracy"
    ),
    (
      "model.compile(optimizer=optimizers.RMSprop(learning_rate=1e-4), loss=\"mse\", metrics=[\"mae\"])",
      "compile rmsprop lr=1e-4 loss=mse metrics=mae"
    ),
    ("model.compile(keras.optimizers.Adam(0.01), 'sparse_categorical_crossentropy')",
      "compile adam lr=0.01 loss=sparse_categorical_crossentropy"),
    ("model.compile()", "compile rmsprop"),
    ("model.fit(epochs=5)", "fit 5"),
    ("history = model.fit(train_images, train_labels, epochs=5, batch_size=128)", "fit 5 128"),
    ("model.fit(x, y, 32, 5, validation_split=0.2)", "fit 5 32 validation=0.2"),
    ("model.fit(x, y, epochs=20, validation_data=(x_val, y_val))", "fit 20 validation=test"),
    ("model.evaluate", "evaluate"), ("test_loss, test_acc = model.evaluate(test_images, test_labels)", "evaluate"),
    ("model.summary()", "summary"), ("print(model.summary())", "summary"),
    ("predict_classes", "predict 0"), ("model.predict_classes(x[:10])", "predict 0"),
    (">>> model.predict(test_images)", "predict 0"), ("model.save('mnist.h5')", "save model mnist.keras"),
    ("import keras", "help"), ("from keras import layers", "help layers"), ("import tensorflow as tf", "help"),
    ("from keras.datasets import mnist", "load mnist"),
    ("(train_images, train_labels), (test_images, test_labels) = mnist.load_data()", "load mnist"),
    ("keras.datasets.mnist.load_data()", "load mnist"),
    ("train_images = train_images.reshape((60000, 28 * 28))", "data"),
    ("train_images = train_images.astype('float32') / 255", "data"),
    ("train_labels = to_categorical(train_labels)", "help one-hot"), ("plt.plot(epochs, loss, 'bo')", "show curves"),
    ("history.history", "show curves"), ("model.pop()", "remove"),
  ])
  func keras(typed: String, line: String) throws {
    var bench = Bench(.trained)
    let outcome = try bench.told(typed)
    let diagnostic = try #require(outcome.diagnostic)
    #expect(diagnostic.hint == line, "\(typed): \(diagnostic.hint ?? "nothing")")
    #expect(outcome.nextLine == line)
  }

  @Test("words of other shells are answered with a line", arguments: [
    ("?", "help"), ("ls", "cells"), ("exit", "quit"), ("clear", "new"), ("history", "cells"), ("plot", "show curves"),
    ("exit()", "quit"), ("plot loss", "show curves"),
  ])
  func shells(typed: String, line: String) throws {
    var bench = Bench(.trained)
    let next = try bench.refuse(typed).nextLine
    #expect(next == line)
  }

  @Test("what is taken with → runs", arguments: [
    "model.add(Dense(512, activation='relu'))", "model.summary()", "model.fit(epochs=1, batch_size=64)",
    "model.compile(optimizer='adam')", "model.evaluate(x, y)",
  ])
  func taken(typed: String) throws {
    var bench = Bench(.trained)
    let next = try bench.refuse(typed).nextLine
    let line = try #require(next)
    if line.hasPrefix("add") { bench.run("remove all") }
    bench.run(line)
  }

  @Test("a mistake in a line of Sumi's own stays what it is", arguments: [
    "add dnse 512", "compile rmsprp", "lod digits", "fit(", "save = 3", "model", "modelx.add", "x = 5", "((((((((",
    "model.add(", "model.add(model.add(model.add(", "a.b(c=d=e", "'", "import", "import antigravity", "…",
  ])
  func own(typed: String) throws {
    var bench = Bench(.trained)
    let message = try bench.refuse(typed).message
    #expect(!message.contains("Python"), "\(typed)")
  }

  @Test func `brackets without end are read in no time`() throws {
    var bench = Bench()
    let message = try bench.refuse("f" + String(repeating: "(", count: 4000)).message
    #expect(!message.isEmpty)
  }

  @Test("a quote or a bracket that nobody closed is a mistake and no crash", arguments: [
    "save(model digits'", "model.fit('", "model.add(Dense(\"", "x('a", "f('a',", "model.fit(epochs='5", "[", "f(['",
  ])
  func unclosed(line: String) {
    var bench = Bench()
    _ = bench.outcome(line)
    for length in 0...line.count { _ = ForeignLine.answer(String(line.prefix(length))) }
  }
}
