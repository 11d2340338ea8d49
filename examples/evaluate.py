#!/usr/bin/env python3
"""Evaluates a checkpoint of trainer.py, or trains a model for a moment and evaluates that: a short validation job."""
import argparse
import os
import random
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from trainer import Network, load, spirals  # noqa: E402


def newest(directory):
    """The last checkpoint in a directory whose file is there whole, or None."""
    import json
    try:
        with open(os.path.join(directory, "manifest.jsonl"), encoding="utf-8") as file:
            lines = [json.loads(line) for line in file if line.endswith("\n")]
    except FileNotFoundError:
        return None
    for line in reversed(lines):
        path = os.path.join(directory, line["path"])
        if os.path.isfile(path) and os.path.getsize(path) == line["bytes"]:
            return path
    return None


def metrics(network, points):
    """Accuracy, precision and recall of class 1."""
    truths = [bool(label) for _, _, label in points]
    guesses = [network.probability(network.hidden(x, y)) > 0.5 for x, y, _ in points]
    hits = sum(truth and guess for truth, guess in zip(truths, guesses))
    return {
        "accuracy": sum(truth == guess for truth, guess in zip(truths, guesses)) / len(points),
        "precision": hits / max(1, sum(guesses)),
        "recall": hits / max(1, sum(truths)),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="source", metavar="PATH", help="a checkpoint, or a directory with a manifest.jsonl")
    parser.add_argument("--seconds", type=float, default=2.0, help="how long to go on drawing new test points")
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    network = Network(rng)
    source = newest(options.source) if options.source and os.path.isdir(options.source) else options.source
    if source:
        print(f"model of step {load(source, network, random.Random())}", flush=True)
    else:
        training = spirals(200, rng)
        for _ in range(30):
            network.learn(training, 0.05)
        print("model trained on the spot", flush=True)

    end = time.monotonic() + options.seconds
    rounds = []
    while not rounds or time.monotonic() < end:
        rounds.append(metrics(network, spirals(200, rng)))
        time.sleep(0.1)
    for name in rounds[0]:
        print(f"{name} {sum(one[name] for one in rounds) / len(rounds):.3f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
