#!/usr/bin/env python3
"""Lists the modules that programs import, directly or by what they import: list_modules.py > RESULTS.json"""

import contextlib
import io
import json
import sys

with contextlib.redirect_stdout(io.StringIO()):
    import keras
    import numpy as np
    import torch

    model = keras.Sequential([keras.layers.Input(shape=(2,)), keras.layers.Dense(2, activation="softmax")])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(np.zeros((4, 2)), np.zeros(4), verbose=1)
    torch.optim.Adam(torch.nn.Linear(2, 2).parameters())

# What C makes of nothing, as cython_runtime, is no file that Python looks for.
imported = {name.split(".")[0] for name, module in list(sys.modules.items()) if getattr(module, "__spec__", None)}
names = imported | set(sys.stdlib_module_names)
json.dump(sorted(name for name in names if not name.startswith("_") and "-" not in name), sys.stdout)
