#!/usr/bin/env python3
"""Makes the small files that tests of HDF5 and of Keras's files read: make_goldens.py hdf5|keras|tf

hdf5: sound and hostile HDF5 files, by h5py 3.16.0 (HDF5 2.0.0) in formats that HDF5 1.10 reads.
keras: models by Keras 3.15.1 on PyTorch 2.13.0, and `keras.json`, what they predict and lose next.
tf: models by tf.keras 2.15.0 (TensorFlow 2.15.1), and `tf.json`, the same.
"""
import json
import os
import sys
from pathlib import Path

import h5py
import numpy as np

HERE = Path(__file__).parent


def hdf5():
    """Files of one array each, named for what is special about them."""
    numbers = np.arange(6, dtype="float32").reshape(2, 3) / 4

    def file(name, **options):
        return h5py.File(HERE / f"{name}.h5", "w", **options)

    for name, kind in dict(big_endian=">f4", double="<f8", half="<f2", bytes="u1", long=">i8").items():
        with file(name) as f:
            f["a"] = (numbers * 4).astype(kind)
    with file("packed", libver=("v110", "v110")) as f:
        f.create_dataset("a", data=numbers, chunks=(1, 2), compression="gzip", shuffle=True, fletcher32=True)
    with file("external_link") as f:
        f["a"] = h5py.ExternalLink("/etc/passwd", "/a")
    with file("soft_link") as f:
        f["a"] = h5py.SoftLink("/b")
    with file("external_storage") as f:
        f.create_dataset("a", (4,), "u1", external=[("/etc/passwd", 0, 4)])
    with file("virtual", libver=("v110", "v110")) as f:
        layout = h5py.VirtualLayout((4,), "f4")
        layout[:] = h5py.VirtualSource("/etc/passwd", "a", (4,))
        f.create_virtual_dataset("a", layout)
    with file("unknown_filter") as f:
        f.create_dataset("a", data=np.zeros(100, "float32"), compression="lzf")
    with file("huge_empty") as f:
        f.create_dataset("a", (1 << 40,), "f4", chunks=(1 << 16,))
    with file("huge_axes") as f:
        f.create_dataset("a", (1 << 31, 1 << 31, 1 << 31), "f4", chunks=(1, 1, 16))
    with file("bomb") as f:
        f.create_dataset("a", (1 << 36,), "f4", chunks=(1 << 10,), compression="gzip")[:1024] = 1
    with file("texts") as f:
        f["a"] = ["one", "two"]
    with file("compound") as f:
        f["a"] = np.zeros(2, [("x", "f4"), ("y", "f4")])
    with file("empty") as f:
        f["a"] = h5py.Empty("f4")
    with file("cycle") as f:
        f.create_group("a")["b"] = f["/"]
    with file("control") as f:
        f["a\x1b[2J\u202e"] = h5py.SoftLink("/b")
    with file("attributes") as f:
        f.create_group("g").attrs["layer_names"] = [b"one", b"three"]
        f.attrs["keras_version"] = "3.15.1"
        for part in range(2):
            f.attrs[f"weight_names{part}"] = [f"{part}a", f"{part}b"]


def model(keras):
    layers = keras.layers
    return keras.Sequential([
        layers.Input((4, 4)) if hasattr(layers, "Input") else keras.Input((4, 4)), layers.Reshape((4, 4, 1)),
        layers.Conv2D(2, 2, activation="relu"), layers.Flatten(), layers.BatchNormalization(),
        layers.Dense(3, activation="softmax"),
    ])


def data():
    """16 examples of 4×4 and a class of 3, from one formula."""
    x = (np.arange(256, dtype="float32") * 37 % 101 / 101).reshape(16, 4, 4)
    return x, np.arange(16) % 3


def save(keras, name, results):
    x, y = data()
    keras.utils.set_random_seed(1)
    m = model(keras)
    m.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    m.fit(x, y, epochs=2, batch_size=8, shuffle=False, verbose=0)
    m.save(HERE / f"{name}.keras")
    m.save(HERE / f"{name}.h5")
    m.save_weights(HERE / f"{name}.weights.h5")
    outputs = m.predict(x[:4], verbose=0).astype(float).tolist()
    losses = m.fit(x, y, epochs=2, batch_size=8, shuffle=False, verbose=0).history["loss"]
    results[name] = {"outputs": outputs, "losses": [float(loss) for loss in losses]}


def keras3():
    os.environ["KERAS_BACKEND"] = "torch"
    import keras

    results = {}
    save(keras, "keras", results)
    inputs = keras.Input((3,))
    hidden = keras.layers.Dense(4, activation="tanh")(inputs)
    chain = keras.Model(inputs, keras.layers.Dense(2)(hidden))
    chain.save(HERE / "chain.keras")
    keras.Model(inputs, keras.layers.Add()([hidden, keras.layers.Dense(4)(hidden)])).save(HERE / "branches.keras")
    lambdas = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2), keras.layers.Lambda(lambda x: x + 1)])
    lambdas.save(HERE / "lambda.keras")
    (HERE / "keras.json").write_text(json.dumps(results))


def tf():
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    import tensorflow

    results = {}
    save(tensorflow.keras, "tf", results)
    (HERE / "tf.json").write_text(json.dumps(results))


{"hdf5": hdf5, "keras": keras3, "tf": tf}[sys.argv[1]]()
