"""Makes the golden cases that KerasTests.swift replays: what Keras computes, for Sumi to reach.

Source: Keras 3.15.1 on TensorFlow 2.21.0 (CPU, float32), Python 3.11, numpy 2.4.
Data: the first 120 training and 40 test examples of Sumi's own `digits`, read from the program.
Every case starts from weights that Keras drew (seed 1), trains without shuffling in batches of 32,
the last one of 24, and keeps: each epoch's loss, the test loss, and the predictions of four examples.

usage: SUMI=path/to/sumi python make_goldens.py [CASE…]        (in an environment with tensorflow-cpu==2.21.0 keras==3.15.1)
writes: goldens.json and NAME.safetensors beside this script
"""
import json, os, struct, subprocess, sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["KERAS_BACKEND"] = "tensorflow"
import numpy as np
import keras
from keras import layers, losses, optimizers, regularizers

HERE = Path(__file__).parent
TRAIN, TEST, EPOCHS, BATCH = 120, 40, 3, 32
PREDICTED = [0, 7, 20, 39]


def digits():
    """Sumi's own examples, as bytes and classes."""
    lines = [f"load digits train={TRAIN} test={TEST}"]
    lines += [f"show example {i} train" for i in range(TRAIN)] + [f"show example {i} test" for i in range(TEST)]
    out = subprocess.run([os.environ["SUMI"], "--json", "-c", ";".join(lines)], check=True, capture_output=True, text=True)
    examples = [json.loads(line)["result"] for line in out.stdout.splitlines()[1:]]
    x = np.array([e["pixels"] for e in examples], "uint8").reshape(-1, 28, 28).astype("float32") / 255
    y = np.array([e["class"] for e in examples])
    return x[:TRAIN], y[:TRAIN], x[TRAIN:], y[TRAIN:]


def save(path, tensors):
    """Safetensors, float32: 8 bytes length, JSON header, bytes."""
    header, offset = {}, 0
    for name, value in tensors:
        size = value.size * 4
        header[name] = {"dtype": "F32", "shape": list(value.shape), "data_offsets": [offset, offset + size]}
        offset += size
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for _, value in tensors:
            file.write(np.ascontiguousarray(value, "<f4").tobytes())


def tensors(model, words):
    """The model's weights under Sumi's names; layers that Sumi does without (Reshape, Flatten in front) have none."""
    found, stack = [], [layer for layer in model.layers if not layer.name.startswith("hidden")]
    assert len(stack) == len(words), (len(stack), words)
    for number, (layer, line) in enumerate(zip(stack, words), 1):
        for weight in layer.weights:
            name = weight.name
            if name in ("seed_generator_state",):
                continue
            if isinstance(layer, layers.DepthwiseConv2D) and "kernel" in name:
                name = "kernel"
            found.append((f"{number}.{line.split()[0]}.{name}", weight.numpy()))
    return found


D = layers.Dense


def flat(*stack):
    return [layers.Flatten(name="hidden_flatten"), *stack]


def image(*stack):
    return [layers.Reshape((28, 28, 1), name="hidden_reshape"), *stack]


CASES = {}


def case(name, add, stack, compile="rmsprop", optimizer=None, loss="categorical_crossentropy", fit="", **options):
    """One case: Sumi's layers and words of compile and fit, and Keras's counterparts."""
    CASES[name] = dict(add=add, stack=stack, compile=compile, optimizer=optimizer, loss=loss, fit=fit, **options)


def small(first, last=None):
    """A pooled picture, a layer under test, an output: few weights."""
    return image(layers.AveragePooling2D(4), layers.Flatten(), *first, last or D(10, "softmax"))


SMALL = ["avgpool2d 4", "flatten"]

# Activations
for word, function in dict(
    linear="linear", relu="relu", leaky_relu="leaky_relu", elu="elu", selu="selu", gelu="gelu", silu="silu",
    sigmoid="sigmoid", hard_sigmoid="hard_sigmoid", tanh="tanh", softplus="softplus", softsign="softsign",
    exponential="exponential", softmax="softmax").items():
    case(f"activation_{word}", [*SMALL, f"dense 12 {word}", "dense 10 softmax"],
         lambda function=function: small([D(12, function)]))
case("activation_layer", [*SMALL, "dense 12", "activation tanh", "dense 10 softmax"],
     lambda: small([D(12), layers.Activation("tanh")]))

# Optimizers
for name, words, make in [
    ("sgd", "sgd lr=0.1", lambda: optimizers.SGD(0.1)),
    ("sgd_momentum", "sgd lr=0.05 momentum=0.9", lambda: optimizers.SGD(0.05, momentum=0.9)),
    ("sgd_nesterov", "sgd lr=0.05 momentum=0.9 nesterov=yes", lambda: optimizers.SGD(0.05, momentum=0.9, nesterov=True)),
    ("rmsprop", "rmsprop", lambda: optimizers.RMSprop()),
    ("rmsprop_momentum", "rmsprop momentum=0.5 rho=0.8", lambda: optimizers.RMSprop(momentum=0.5, rho=0.8)),
    ("rmsprop_centered", "rmsprop centered=yes momentum=0.3", lambda: optimizers.RMSprop(centered=True, momentum=0.3)),
    ("adam", "adam lr=0.01", lambda: optimizers.Adam(0.01)),
    ("adam_amsgrad", "adam lr=0.01 amsgrad=yes", lambda: optimizers.Adam(0.01, amsgrad=True)),
    ("adamw", "adamw lr=0.01 weight_decay=0.1", lambda: optimizers.AdamW(0.01, weight_decay=0.1)),
    ("adagrad", "adagrad lr=0.05", lambda: optimizers.Adagrad(0.05)),
    ("adadelta", "adadelta lr=1", lambda: optimizers.Adadelta(1.0)),
    ("adamax", "adamax lr=0.01", lambda: optimizers.Adamax(0.01)),
    ("nadam", "nadam lr=0.01", lambda: optimizers.Nadam(0.01)),
    ("lion", "lion lr=0.003", lambda: optimizers.Lion(0.003)),
    ("rmsprop_all", "rmsprop lr=0.01 rho=0.7 momentum=0.4 epsilon=0.01 centered=yes",
     lambda: optimizers.RMSprop(0.01, rho=0.7, momentum=0.4, epsilon=0.01, centered=True)),
    ("adam_all", "adam lr=0.02 beta_1=0.7 beta_2=0.95 epsilon=0.01 amsgrad=yes weight_decay=0.1 global_clipnorm=0.5",
     lambda: optimizers.Adam(0.02, 0.7, 0.95, 0.01, amsgrad=True, weight_decay=0.1, global_clipnorm=0.5)),
    ("adamw_all", "adamw lr=0.02 beta_1=0.7 beta_2=0.95 epsilon=0.01 amsgrad=yes clipvalue=0.05",
     lambda: optimizers.AdamW(0.02, beta_1=0.7, beta_2=0.95, epsilon=0.01, amsgrad=True, clipvalue=0.05)),
    ("adagrad_all", "adagrad lr=0.2 initial_accumulator_value=0.5 epsilon=0.1 clipnorm=0.2",
     lambda: optimizers.Adagrad(0.2, 0.5, 0.1, clipnorm=0.2)),
    ("adadelta_all", "adadelta lr=2 rho=0.8 epsilon=0.001 weight_decay=0.01",
     lambda: optimizers.Adadelta(2.0, 0.8, 0.001, weight_decay=0.01)),
    ("adamax_all", "adamax lr=0.02 beta_1=0.7 beta_2=0.9 epsilon=0.01",
     lambda: optimizers.Adamax(0.02, 0.7, 0.9, 0.01)),
    ("nadam_all", "nadam lr=0.02 beta_1=0.7 beta_2=0.9 epsilon=0.01", lambda: optimizers.Nadam(0.02, 0.7, 0.9, 0.01)),
    ("lion_all", "lion lr=0.002 beta_1=0.6 beta_2=0.8 weight_decay=0.5",
     lambda: optimizers.Lion(0.002, 0.6, 0.8, weight_decay=0.5)),
    ("clipnorm", "sgd lr=0.5 clipnorm=0.1", lambda: optimizers.SGD(0.5, clipnorm=0.1)),
    ("global_clipnorm", "sgd lr=0.5 global_clipnorm=0.1", lambda: optimizers.SGD(0.5, global_clipnorm=0.1)),
    ("clipvalue", "sgd lr=0.5 clipvalue=0.01", lambda: optimizers.SGD(0.5, clipvalue=0.01)),
    ("weight_decay", "adam lr=0.01 weight_decay=0.2", lambda: optimizers.Adam(0.01, weight_decay=0.2)),
]:
    case(f"optimizer_{name}", [*SMALL, "dense 12 relu", "dense 10 softmax"], lambda: small([D(12, "relu")]), words, make)

def on_probabilities(loss):
    """The loss of what comes out of the last activation.

    On TensorFlow, Keras 3.15 takes the logits of any softmax or sigmoid that it still sees (backend/tensorflow/nn.py,
    _get_logits), so a sigmoid in front of categorical_crossentropy counts as a softmax; on JAX and torch it does not.
    Sumi computes what the names say; a product with 1 keeps TensorFlow from seeing the activation.
    """
    return lambda truth, output: loss(truth, output * 1.0)


# Losses
for name, words, loss, last, activation in [
    ("categorical_crossentropy", "categorical_crossentropy", "categorical_crossentropy", "softmax", "softmax"),
    ("label_smoothing", '"categorical_crossentropy label_smoothing=0.1"',
     losses.CategoricalCrossentropy(label_smoothing=0.1), "softmax", "softmax"),
    ("categorical_crossentropy_on_sigmoid", "categorical_crossentropy",
     on_probabilities(losses.categorical_crossentropy), "sigmoid", "sigmoid"),
    ("sparse_categorical_crossentropy", "sparse_categorical_crossentropy", "categorical_crossentropy", "softmax", "softmax"),
    ("binary_crossentropy", "binary_crossentropy", "binary_crossentropy", "sigmoid", "sigmoid"),
    ("binary_crossentropy_on_softmax", "binary_crossentropy", on_probabilities(losses.binary_crossentropy),
     "softmax", "softmax"),
    ("mse", "mse", "mse", "linear", "linear"),
    ("mae", "mae", "mae", "sigmoid", "sigmoid"),
    ("huber", '"huber delta=0.3"', losses.Huber(delta=0.3), "linear", "linear"),
    ("kl_divergence", "kl_divergence", "kl_divergence", "softmax", "softmax"),
    ("hinge", "hinge", "hinge", "tanh", "tanh"),
    ("categorical_hinge", "categorical_hinge", "categorical_hinge", "linear", "linear"),
]:
    case(f"loss_{name}", [*SMALL, "dense 12 relu", f"dense 10 {last}"],
         lambda activation=activation: small([D(12, "relu")], D(10, activation)), f"rmsprop loss={words}", loss=loss)

case("loss_binary_label_smoothing", [*SMALL, "dense 12 relu", "dense 10 sigmoid"],
     lambda: small([D(12, "relu")], D(10, "sigmoid")), 'rmsprop loss="binary_crossentropy label_smoothing=0.2"',
     loss=losses.BinaryCrossentropy(label_smoothing=0.2))

# What fit can be told
case("fit_validation", [*SMALL, "dense 12 relu", "dense 10 softmax"], lambda: small([D(12, "relu")]),
     fit="validation=0.3", told=lambda y: dict(validation_split=0.3))
case("fit_class_weight", [*SMALL, "dense 12 relu", "dense 10 softmax"], lambda: small([D(12, "relu")]),
     fit="class_weight=balanced",
     told=lambda y: dict(class_weight={c: len(y) / (10 * int((y == c).sum())) for c in range(10) if (y == c).any()}))

# Regularizers
case("regularizer_l1", [*SMALL, "dense 12 relu l1=0.01", "dense 10 softmax"],
     lambda: small([D(12, "relu", kernel_regularizer=regularizers.L1(0.01))]))
case("regularizer_l2", [*SMALL, "dense 12 relu l2=0.02", "dense 10 softmax l1=0.001 l2=0.003"],
     lambda: small([D(12, "relu", kernel_regularizer=regularizers.L2(0.02))],
                   D(10, "softmax", kernel_regularizer=regularizers.L1L2(0.001, 0.003))))
case("no_bias", [*SMALL, "dense 12 relu use_bias=no", "dense 10 softmax"],
     lambda: small([D(12, "relu", use_bias=False)]))

# Schedules; 4 updates an epoch
for name, words, make in [
    ("constant", "constant", lambda: 0.05),
    ("exponential", "exponential 5batches 0.7", lambda: optimizers.schedules.ExponentialDecay(0.05, 5, 0.7)),
    ("step", "step 3batches 0.5", lambda: optimizers.schedules.ExponentialDecay(0.05, 3, 0.5, staircase=True)),
    ("cosine", "cosine 10batches alpha=0.1", lambda: optimizers.schedules.CosineDecay(0.05, 10, alpha=0.1)),
    ("cosine_warmup", "cosine 8batches warmup=4batches",
     lambda: optimizers.schedules.CosineDecay(0.0, 8, warmup_target=0.05, warmup_steps=4)),
]:
    case(f"schedule_{name}", [*SMALL, "dense 12 relu", "dense 10 softmax"], lambda: small([D(12, "relu")]),
         "sgd lr=0.05 momentum=0.9", lambda make=make: optimizers.SGD(make(), momentum=0.9), fit=f'schedule="{words}"')
case("schedule_reduce_on_plateau", [*SMALL, "dense 12 relu", "dense 10 softmax"], lambda: small([D(12, "relu")]),
     "sgd lr=1.5", lambda: optimizers.SGD(1.5), epochs=6, fit='schedule="reduce_on_plateau patience=1 factor=0.3"',
     callbacks=lambda: [keras.callbacks.ReduceLROnPlateau(monitor="loss", patience=1, factor=0.3)])

# Layers
for name, words, make in [
    ("conv2d", ["conv2d 4 3 relu"], lambda: [layers.Conv2D(4, 3, activation="relu")]),
    ("conv2d_same_strides", ["conv2d 4 3x5 tanh 2 same"],
     lambda: [layers.Conv2D(4, (3, 5), activation="tanh", strides=2, padding="same")]),
    ("conv2d_dilation", ["conv2d 4 3 relu dilation=2 use_bias=no l2=0.01"],
     lambda: [layers.Conv2D(4, 3, activation="relu", dilation_rate=2, use_bias=False, kernel_regularizer=regularizers.L2(0.01))]),
    ("depthwise_conv2d", ["conv2d 3 3 relu", "depthwise_conv2d 3 depth_multiplier=2"],
     lambda: [layers.Conv2D(3, 3, activation="relu"), layers.DepthwiseConv2D(3, depth_multiplier=2)]),
    ("maxpool2d", ["maxpool2d 2"], lambda: [layers.MaxPooling2D(2)]),
    ("maxpool2d_same", ["conv2d 2 3", "maxpool2d 3 strides=2 padding=same"],
     lambda: [layers.Conv2D(2, 3), layers.MaxPooling2D(3, strides=2, padding="same")]),
    ("avgpool2d_same", ["conv2d 2 3", "avgpool2d 3 strides=2 padding=same"],
     lambda: [layers.Conv2D(2, 3), layers.AveragePooling2D(3, strides=2, padding="same")]),
    ("zeropadding2d", ["conv2d 2 3 relu", "zeropadding2d 1", "conv2d 2 3"],
     lambda: [layers.Conv2D(2, 3, activation="relu"), layers.ZeroPadding2D(1), layers.Conv2D(2, 3)]),
    ("batchnorm", ["conv2d 3 3", "batchnorm", "activation relu"],
     lambda: [layers.Conv2D(3, 3), layers.BatchNormalization(), layers.Activation("relu")]),
    ("layernorm", ["conv2d 3 3", "layernorm"], lambda: [layers.Conv2D(3, 3), layers.LayerNormalization()]),
    ("conv2d_same_dilation", ["conv2d 4 3 dilation=2 padding=same"],
     lambda: [layers.Conv2D(4, 3, dilation_rate=2, padding="same")]),
    ("conv2d_uneven", ["conv2d 4 2x3 relu strides=3x1 l1=0.001"],
     lambda: [layers.Conv2D(4, (2, 3), activation="relu", strides=(3, 1), kernel_regularizer=regularizers.L1(0.001))]),
    ("depthwise_conv2d_same", ["conv2d 3 3", "depthwise_conv2d 3x5 relu strides=2 padding=same use_bias=no l2=0.01"],
     lambda: [layers.Conv2D(3, 3), layers.DepthwiseConv2D(
         (3, 5), activation="relu", strides=2, padding="same", use_bias=False,
         depthwise_regularizer=regularizers.L2(0.01))]),
    ("maxpool2d_uneven", ["conv2d 2 3", "maxpool2d 3x2 strides=1x2"],
     lambda: [layers.Conv2D(2, 3), layers.MaxPooling2D((3, 2), strides=(1, 2))]),
    ("avgpool2d_overlapping", ["conv2d 2 3", "avgpool2d 3x2 strides=2x1"],
     lambda: [layers.Conv2D(2, 3), layers.AveragePooling2D((3, 2), strides=(2, 1))]),
    ("zeropadding2d_uneven", ["zeropadding2d 2x1", "conv2d 2 3"], lambda: [layers.ZeroPadding2D((2, 1)), layers.Conv2D(2, 3)]),
    ("batchnorm_all", ["conv2d 3 3 use_bias=no", "batchnorm momentum=0.5 epsilon=0.1 center=no", "batchnorm scale=no"],
     lambda: [layers.Conv2D(3, 3, use_bias=False), layers.BatchNormalization(momentum=0.5, epsilon=0.1, center=False),
              layers.BatchNormalization(scale=False)]),
    ("layernorm_all", ["conv2d 3 3", "layernorm epsilon=0.1 center=no", "layernorm scale=no"],
     lambda: [layers.Conv2D(3, 3), layers.LayerNormalization(epsilon=0.1, center=False),
              layers.LayerNormalization(scale=False)]),
    ("rescaling", ["rescaling 2 offset=-1", "conv2d 2 3 relu"],
     lambda: [layers.Rescaling(2.0, offset=-1.0), layers.Conv2D(2, 3, activation="relu")]),
]:
    case(f"layer_{name}", ["avgpool2d 2", *words, "flatten", "dense 10 softmax"],
         lambda make=make: image(layers.AveragePooling2D(2), *make(), layers.Flatten(), D(10, "softmax")))
case("layer_globalavgpool2d", ["avgpool2d 2", "conv2d 6 3 relu", "globalavgpool2d", "dense 10 softmax"],
     lambda: image(layers.AveragePooling2D(2), layers.Conv2D(6, 3, activation="relu"), layers.GlobalAveragePooling2D(),
                   D(10, "softmax")))
case("layer_globalmaxpool2d", ["avgpool2d 2", "conv2d 6 3 relu", "globalmaxpool2d", "dense 10 softmax"],
     lambda: image(layers.AveragePooling2D(2), layers.Conv2D(6, 3, activation="relu"), layers.GlobalMaxPooling2D(),
                   D(10, "softmax")))
case("layer_reshape", ["avgpool2d 4", "flatten", "dense 32 relu", "reshape 4 4 2", "conv2d 3 3", "flatten", "dense 10 softmax"],
     lambda: image(layers.AveragePooling2D(4), layers.Flatten(), D(32, "relu"), layers.Reshape((4, 4, 2)),
                   layers.Conv2D(3, 3), layers.Flatten(), D(10, "softmax")))
case("layer_dropout_0", [*SMALL, "dropout 0", "dense 10 softmax"], lambda: small([layers.Dropout(0.0)]))

# Sequences: the rows of a picture are its steps
for name, words, make in [
    ("conv1d", ["conv1d 6 3 relu"], lambda: [layers.Conv1D(6, 3, activation="relu")]),
    ("conv1d_same_strides", ["conv1d 6 4 tanh 2 same"],
     lambda: [layers.Conv1D(6, 4, activation="tanh", strides=2, padding="same")]),
    ("conv1d_causal", ["conv1d 6 3 relu padding=causal dilation=2 l2=0.01", "conv1d 4 3 strides=3 padding=causal"],
     lambda: [layers.Conv1D(6, 3, activation="relu", padding="causal", dilation_rate=2,
                            kernel_regularizer=regularizers.L2(0.01)),
              layers.Conv1D(4, 3, strides=3, padding="causal")]),
    ("maxpool1d", ["conv1d 5 3", "maxpool1d 3 strides=2 padding=same"],
     lambda: [layers.Conv1D(5, 3), layers.MaxPooling1D(3, strides=2, padding="same")]),
    ("avgpool1d", ["conv1d 5 3", "avgpool1d 3 strides=2 padding=same"],
     lambda: [layers.Conv1D(5, 3), layers.AveragePooling1D(3, strides=2, padding="same")]),
]:
    case(f"layer_{name}", [*words, "flatten", "dense 10 softmax"],
         lambda make=make: [*make(), layers.Flatten(), D(10, "softmax")])
for word, pool in [("globalmaxpool1d", layers.GlobalMaxPooling1D), ("globalavgpool1d", layers.GlobalAveragePooling1D)]:
    case(f"layer_{word}", ["conv1d 12 5 relu", word, "dense 10 softmax"],
         lambda pool=pool: [layers.Conv1D(12, 5, activation="relu"), pool(), D(10, "softmax")])
case("activation_leaky_relu_slope", [*SMALL, 'dense 12 "leaky_relu negative_slope=0.05"', "dense 10 softmax"],
     lambda: small([D(12, lambda x: keras.activations.leaky_relu(x, negative_slope=0.05))]))

# Whole networks
case("network_dense", ["dense 16 relu", "dense 10 softmax"], lambda: flat(D(16, "relu"), D(10, "softmax")), "rmsprop")
case("network_deep", [*SMALL, "dense 24 elu", "batchnorm", "dense 16 silu", "layernorm", "dense 10 softmax"],
     lambda: small([D(24, "elu"), layers.BatchNormalization(), D(16, "silu"), layers.LayerNormalization()]),
     "adam lr=0.005", lambda: optimizers.Adam(0.005))
case("network_convnet", ["conv2d 4 3 relu", "maxpool2d 2", "conv2d 6 3 relu", "maxpool2d 2", "conv2d 6 3 relu", "flatten",
                         "dense 12 relu", "dense 10 softmax"],
     lambda: image(layers.Conv2D(4, 3, activation="relu"), layers.MaxPooling2D(2), layers.Conv2D(6, 3, activation="relu"),
                   layers.MaxPooling2D(2), layers.Conv2D(6, 3, activation="relu"), layers.Flatten(), D(12, "relu"),
                   D(10, "softmax")))
case("network_strided", ["conv2d 4 3 relu 2 same", "batchnorm", "conv2d 6 3 relu 2 same", "batchnorm", "globalavgpool2d",
                         "dense 10 softmax"],
     lambda: image(layers.Conv2D(4, 3, activation="relu", strides=2, padding="same"), layers.BatchNormalization(),
                   layers.Conv2D(6, 3, activation="relu", strides=2, padding="same"), layers.BatchNormalization(),
                   layers.GlobalAveragePooling2D(), D(10, "softmax")), "adam lr=0.01", lambda: optimizers.Adam(0.01))
case("network_regression", [*SMALL, "dense 16 tanh l2=0.001", "dense 10 sigmoid"],
     lambda: small([D(16, "tanh", kernel_regularizer=regularizers.L2(0.001))], D(10, "sigmoid")),
     "sgd lr=0.5 momentum=0.9 loss=mse", lambda: optimizers.SGD(0.5, momentum=0.9), loss="mse")


def main(only):
    xtr, ytr, xte, yte = digits()
    ttr, tte = keras.utils.to_categorical(ytr, 10), keras.utils.to_categorical(yte, 10)
    goldens = []
    for name, c in CASES.items():
        if only and name not in only:
            continue
        keras.utils.set_random_seed(1)
        model = keras.Sequential([keras.Input((28, 28)), *c["stack"]()])
        save(HERE / f"{name}.safetensors", tensors(model, c["add"]))
        optimizer = c["optimizer"]() if c["optimizer"] else c["compile"].split()[0]
        model.compile(optimizer=optimizer, loss=c["loss"], metrics=["accuracy"])
        epochs = c.get("epochs", EPOCHS)
        callbacks = c["callbacks"]() if "callbacks" in c else None
        told = c["told"](ytr) if "told" in c else {}
        history = model.fit(
            xtr, ttr, epochs=epochs, batch_size=BATCH, shuffle=False, verbose=0, callbacks=callbacks, **told)
        test = model.evaluate(xte, tte, verbose=0, batch_size=512)
        goldens.append(dict(
            name=name, add=c["add"], compile=c["compile"], fit=f"fit {epochs} {BATCH} shuffle=no {c['fit']}".strip(),
            losses=[float(v) for v in history.history["loss"]],
            validationLosses=[float(v) for v in history.history.get("val_loss", [])],
            accuracies=[float(v) for v in history.history["accuracy"]],
            testLoss=float(test[0]), testAccuracy=float(test[1]), predicted=PREDICTED,
            predictions=[[float(p) for p in row] for row in model.predict(xte[PREDICTED], verbose=0)]))
        print(name, goldens[-1]["losses"], flush=True)
    path = HERE / "goldens.json"
    made = {golden["name"]: golden for golden in goldens}
    before = json.loads(path.read_text()) if only else []
    kept = [made.pop(golden["name"], golden) for golden in before]
    path.write_text(json.dumps(kept + list(made.values()), indent=1) + "\n")


main(sys.argv[1:])
