#!/usr/bin/env python3
"""Runs every program of a folder and writes what it measured: run_programs.py FOLDER > RESULTS.json

Each gives the losses of its last training, epoch by epoch, and the figures of its last evaluation, or how it failed.
"""

import contextlib
import io
import json
import pathlib
import runpy
import sys
import traceback


def rows(history):
    """The figures of each epoch; one that was cut off has none of validation."""
    if isinstance(history, list):
        return history
    count = max(map(len, history.history.values()), default=0)
    return [
        {name: values[epoch] for name, values in history.history.items() if epoch < len(values)}
        for epoch in range(count)
    ]


def measured(path):
    """The losses and figures of a program for Keras, whose history is an object, or for PyTorch, whose is a list."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            names = runpy.run_path(str(path))
    except Exception:
        return {"error": traceback.format_exc(limit=3)}
    epochs = rows(names.get("history", []))
    figures = {name: float(value) for name, value in names.get("figures", {}).items()}
    return {"epochs": [{name: float(value) for name, value in epoch.items()} for epoch in epochs], "figures": figures}


folder = pathlib.Path(sys.argv[1])
json.dump({path.stem: measured(path) for path in sorted(folder.glob("*.py"))}, sys.stdout)
