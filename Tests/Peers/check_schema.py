#!/usr/bin/env python3
"""Holds lines of sumi --json against their schema by jsonschema: check_schema.py FOLDER > MISTAKES.json

FOLDER has schema.json, and lines.json, a list of {"command": …, "line": …} with the lines as they were printed. The
schema itself has to be sound, every line as it says, and every result as $defs says for its command.
"""

import json
import pathlib
import sys

from jsonschema import Draft202012Validator

folder = pathlib.Path(sys.argv[1])
schema = json.loads((folder / "schema.json").read_text())
Draft202012Validator.check_schema(schema)
lines = Draft202012Validator(schema)
results = {name: Draft202012Validator(part) for name, part in schema["$defs"].items()}

mistakes = []
for entry in json.loads((folder / "lines.json").read_text()):
    line = json.loads(entry["line"])
    found = list(lines.iter_errors(line))
    if "result" in line:
        found += results[entry["command"]].iter_errors(line["result"])
    mistakes += [f"{line['line']}: {error.json_path}: {error.message}" for error in found]
json.dump(mistakes, sys.stdout)
