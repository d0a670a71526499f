#!/usr/bin/env python3
"""Goes on in Keras with what was begun here, and begins what goes on here: run_keras_files.py FOLDER > RESULTS.json

For each NAME.npz (a data set) with NAME.keras (a model that was trained here), Keras loads the model, predicts the test
examples, trains two epochs without shuffling, and tells its losses. Then it saves what came of it as NAME.back.keras,
NAME.back.h5 and NAME.back.weights.h5, predicts again, trains two epochs more, and tells those losses too.
"""

import contextlib
import io
import json
import pathlib
import sys
import traceback
import warnings

import keras
import numpy as np


def targets(model, y):
    """Classes as the loss of a model takes them."""
    if y.dtype.kind == "f" or "Sparse" in type(model.loss).__name__:
        return y
    outputs = model.output_shape[-1]
    return y.reshape(-1, 1).astype("float32") if outputs == 1 else keras.utils.to_categorical(y, outputs)


def losses(model, x, y):
    history = model.fit(x, y, epochs=2, batch_size=32, shuffle=False, verbose=0)
    return [float(loss) for loss in history.history["loss"]]


def went_on(path):
    """What came of one model, or its error."""
    try:
        data = np.load(path)
        x, x_test = (data[name].astype("float32") / 255 for name in ("x_train", "x_test"))
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)
            model = keras.models.load_model(path.with_suffix(".keras"))
        y = targets(model, data["y_train"])
        result = {"outputs": model.predict(x_test, verbose=0).astype(float).tolist(), "losses": losses(model, x, y)}
        model.save(path.with_suffix(".back.keras"))
        model.save(path.with_suffix(".back.h5"))
        model.save_weights(path.with_suffix(".back.weights.h5"))
        result["outputsBack"] = model.predict(x_test, verbose=0).astype(float).tolist()
        result["lossesBack"] = losses(model, x, y)
        return result
    except Exception:
        return {"error": traceback.format_exc(limit=4)}


folder = pathlib.Path(sys.argv[1])
with contextlib.redirect_stdout(io.StringIO()):
    results = {path.stem: went_on(path) for path in sorted(folder.glob("*.npz"))}
json.dump(results, sys.stdout)
