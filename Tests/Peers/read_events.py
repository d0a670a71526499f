#!/usr/bin/env python3
"""Reads what TensorBoard would show of a folder: read_events.py FOLDER > RESULTS.json"""

import json
import pathlib
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator


def read(folder):
    """Scalars, histograms and pictures of a run, by their tags."""
    events = EventAccumulator(str(folder), size_guidance={"scalars": 0, "histograms": 0, "images": 0})
    events.Reload()
    tags = events.Tags()
    return {
        "scalars": {tag: [[event.step, event.value] for event in events.Scalars(tag)] for tag in tags["scalars"]},
        "histograms": {
            tag: events.Histograms(tag)[-1].histogram_value.num for tag in tags["histograms"]
        },
        "images": {tag: [events.Images(tag)[-1].width, events.Images(tag)[-1].height] for tag in tags["images"]},
    }


root = pathlib.Path(sys.argv[1])
json.dump({path.name: read(path) for path in sorted(root.iterdir())}, sys.stdout)
