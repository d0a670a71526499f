#!/usr/bin/env python3
"""Measures Sumi beside other programs, in turn, and prints medians and ratios as a Markdown table.

The programs of the others are given by folder: PROGRAMS holds keras_job.py, torch_job.py and jax_job.py, each of which
trains one job and prints one line of JSON (peer, epoch, accuracy, rss_mb); ENVIRONMENTS holds the Python environments
tf (Keras on TensorFlow) and th (PyTorch, JAX, Keras on both). DATA holds mnist/, the four gzip files.

Seconds of processors are those of all threads together, also while they wait spinning. On a busy machine compare them on
one thread, with --threads 1: they vary least.

usage: compare.py PROGRAMS ENVIRONMENTS DATA [JOB…] [--runs 3] [--epochs 10] [--threads N] [--sumi PROGRAM] [--json FILE]
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

# What Sumi is told, as the others' programs have it.
LAYERS = {
    "mnist": ["dense 512 relu", "dense 10 softmax"],
    "convnet": ["conv2d 32 3 relu", "maxpool2d 2", "conv2d 64 3 relu", "maxpool2d 2", "conv2d 64 3 relu", "flatten",
                "dense 64 relu", "dense 10 softmax"],
}
BATCH = {"mnist": 128, "convnet": 64}
# Environment, program and KERAS_BACKEND of each; the jobs it knows.
PEERS = {
    "Keras on TensorFlow": ("tf", "keras_job.py", "tensorflow", ("mnist", "convnet")),
    "Keras on JAX": ("th", "keras_job.py", "jax", ("mnist",)),
    "PyTorch, hand-written loop": ("th", "torch_job.py", "", ("mnist", "convnet")),
    "JAX, one jitted epoch": ("th", "jax_job.py", "", ("mnist",)),
}


def limits(threads):
    """What keeps the others at so many threads; Sumi has an option."""
    if threads is None:
        return {}
    one = {"XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false"} if threads == 1 else {}
    names = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS")
    return {**one, **{name: str(threads) for name in names}}


def run(command, environment):
    """Runs a command to its end: standard output, seconds, those of processors, and megabytes of memory at most."""
    with tempfile.TemporaryFile("w+") as errors:
        started = time.monotonic()
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True,
                                 env={**os.environ, **environment})
        output = child.stdout.read()
        child.stdout.close()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - started
        if child.returncode != 0:
            errors.seek(0)
            raise RuntimeError(f"{command[0]} ended with {child.returncode}: {errors.read().strip()[-400:]}")
    return output, seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def measure_peer(name, job, options):
    folder, program, backend, _ = PEERS[name]
    output, seconds, processors, memory = run(
        [f"{options.environments}/{folder}/bin/python", f"{options.programs}/{program}", job,
         str(options.epochs), options.data], {"KERAS_BACKEND": backend, "TF_CPP_MIN_LOG_LEVEL": "3", **limits(options.threads)})
    told = json.loads(output.strip().splitlines()[-1])
    return {"epoch": told["epoch"], "whole": seconds, "processors": processors, "memory": memory,
            "accuracy": told["accuracy"]}


def measure_sumi(job, options, cache):
    lines = ["seed 1", "load mnist", *[f"add {layer}" for layer in LAYERS[job]], "compile rmsprop",
             f"fit {options.epochs} {BATCH[job]}", "evaluate", "show errors"]
    threads = ["--threads", str(options.threads)] if options.threads else []
    output, seconds, processors, memory = run(
        [options.sumi, *threads, "--json", "-c", "; ".join(lines)], {"SUMI_DATA": options.data, "XDG_CACHE_HOME": cache})
    told = {line["line"].split()[0]: line["result"] for line in map(json.loads, output.splitlines())}
    epochs = [epoch["seconds"] for epoch in told["fit"]["history"]]
    return {"epoch": sum(epochs) / len(epochs), "whole": seconds, "processors": processors, "memory": memory,
            "accuracy": told["evaluate"]["accuracy"]}


def medians(runs):
    return {figure: statistics.median(run[figure] for run in runs) for figure in runs[0]} if runs else None


def compare(job, options, cache):
    """The medians of every program, Sumi's first; None for one that could not be run."""
    names = ["Sumi"] + [name for name, peer in PEERS.items() if job in peer[3]]
    runs = {name: [] for name in names}
    for number in range(options.runs):
        for name in names:
            print(f"{job}, run {number + 1} of {options.runs}: {name}", file=sys.stderr)
            try:
                figures = measure_sumi(job, options, cache) if name == "Sumi" else measure_peer(name, job, options)
                runs[name].append(figures)
            except (OSError, RuntimeError, ValueError, KeyError, IndexError) as problem:
                print(f"  failed: {problem}", file=sys.stderr)
    return {name: medians(runs[name]) for name in names}


def table(results):
    rows = ["| | seconds an epoch | Sumi's share | whole program, s | Sumi's share | of processors, s | Sumi's share | "
            "peak memory, MB | test accuracy |", "|---|--:|--:|--:|--:|--:|--:|--:|--:|"]
    ours = results["Sumi"]
    for name, figures in results.items():
        if figures is None:
            rows.append(f"| {name} | failed | | | | | | | |")
            continue
        shares = ["" if name == "Sumi" or ours is None else f"{ours[key] / figures[key]:.3f}"
                  for key in ("epoch", "whole", "processors")]
        rows.append(f"| {name} | {figures['epoch']:.3f} | {shares[0]} | {figures['whole']:.1f} | {shares[1]} | "
                    f"{figures['processors']:.1f} | {shares[2]} | {figures['memory']:.0f} | {figures['accuracy']:.4f} |")
    return "\n".join(rows)


def machine():
    """The processor's name, and how many of them there are."""
    with open("/proc/cpuinfo") as file:
        models = [line.split(":", 1)[1].strip() for line in file if line.startswith(("model name", "CPU part"))]
    return f"{os.cpu_count()} × {models[0] if models else os.uname().machine}"


def main():
    parser = argparse.ArgumentParser(description="Measures Sumi beside other programs, in turn.")
    parser.add_argument("programs")
    parser.add_argument("environments")
    parser.add_argument("data")
    parser.add_argument("jobs", nargs="*", metavar="JOB", help="mnist, convnet; both when none is named")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--threads", type=int, help="threads of every program; all processors when not given")
    parser.add_argument("--sumi", default=".build/release/sumi")
    parser.add_argument("--json", metavar="FILE", help="keeps all medians as JSON")
    options = parser.parse_args()
    options.data = os.path.abspath(options.data)
    for job in options.jobs:
        if job not in LAYERS:
            parser.error(f"no job is called {job}; there are: {', '.join(LAYERS)}")
    results = {}
    with tempfile.TemporaryDirectory() as cache:
        for job in options.jobs or LAYERS:
            results[job] = compare(job, options, cache)
            network = " · ".join(LAYERS[job])
            print(f"{network}; batch {BATCH[job]}, rmsprop, {options.epochs} epochs of MNIST; {machine()}; "
                  f"medians of {options.runs} runs in turn\n\n{table(results[job])}\n", flush=True)
    if options.json:
        with open(options.json, "w") as file:
            json.dump(results, file, indent=1)
    return 0 if all(figures for job in results.values() for figures in job.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
