#!/usr/bin/env python3
"""Checks and runs models of ONNX: run_onnx.py FOLDER > RESULTS.json

Each NAME.onnx is checked by onnx.checker and run by onnxruntime on x_test of NAME.npz: what comes out, or its error.
"""

import json
import pathlib
import sys

import numpy as np
import onnx
import onnxruntime


def outputs(path):
    """The model's outputs for all test examples, in two batches of different sizes."""
    try:
        onnx.checker.check_model(onnx.load(path), full_check=True)
        session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
        examples = np.load(path.with_suffix(".npz"))["x_test"]
        if session.get_inputs()[0].type == "tensor(float)":
            examples = examples.astype("float32") / (255 if examples.dtype == np.uint8 else 1)
        parts = [session.run(None, {"input": part})[0] for part in (examples[:3], examples[3:])]
        return {"outputs": np.concatenate(parts).astype(float).tolist()}
    except Exception as error:
        return {"error": str(error)}


folder = pathlib.Path(sys.argv[1])
json.dump({path.stem: outputs(path) for path in sorted(folder.glob("*.onnx"))}, sys.stdout)
