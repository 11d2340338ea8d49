#!/usr/bin/env python3
"""Trains a small classifier, and loses no work when it is stopped.

A two-layer network learns to tell points of two interleaved spirals apart, by stochastic gradient descent in plain
Python, so that it runs on any machine. What matters is how it keeps the checkpoint contract:

  GPUSCHED_CHECKPOINT_DIR   where checkpoints go: written under another name, renamed, then reported in manifest.jsonl
  GPUSCHED_RESUME_FROM      the checkpoint to go on from; weights, step and random numbers continue exactly
  DIR/request               a file that asks for a checkpoint now; its content says why
  SIGUSR1                   asks for a checkpoint; training goes on
  SIGTERM                   asks to save and leave: exit code 85 means "saved, continue me"
"""
import argparse
import hashlib
import json
import math
import os
import random
import signal
import sys
import time

HIDDEN = 12
SAVED_CONTINUE_ME = 85


def spirals(count, rng):
    """Points on two interleaved spirals, with a little noise: (x, y, class)."""
    points = []
    for i in range(count):
        label = i % 2
        angle = 0.5 + 3.5 * rng.random()
        radius = angle / 4.0
        turn = angle * 1.6 + math.pi * label
        points.append((radius * math.cos(turn) + rng.gauss(0, 0.02), radius * math.sin(turn) + rng.gauss(0, 0.02), label))
    return points


class Network:
    """Two inputs, one hidden layer of tanh units, one logistic output."""

    def __init__(self, rng):
        self.inputs = [[rng.gauss(0, 1.5) for _ in range(3)] for _ in range(HIDDEN)]
        self.outputs = [rng.gauss(0, 0.5) for _ in range(HIDDEN + 1)]

    def hidden(self, x, y):
        return [math.tanh(w[0] * x + w[1] * y + w[2]) for w in self.inputs]

    def probability(self, hidden):
        total = self.outputs[HIDDEN] + sum(w * h for w, h in zip(self.outputs, hidden))
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))

    def learn(self, batch, rate):
        """One step downhill over a batch; returns the mean loss before it."""
        loss = 0.0
        for x, y, label in batch:
            hidden = self.hidden(x, y)
            p = self.probability(hidden)
            loss -= math.log(max(1e-9, p if label else 1.0 - p))
            error = p - label
            for j, h in enumerate(hidden):
                back = error * self.outputs[j] * (1.0 - h * h)
                self.outputs[j] -= rate * error * h
                w = self.inputs[j]
                w[0] -= rate * back * x
                w[1] -= rate * back * y
                w[2] -= rate * back
            self.outputs[HIDDEN] -= rate * error
        return loss / len(batch)

    def accuracy(self, points):
        return sum((self.probability(self.hidden(x, y)) > 0.5) == bool(label) for x, y, label in points) / len(points)


class Checkpoints:
    """The job's side of the contract: save whole files only, and report each in one appended line."""

    def __init__(self, directory):
        self.directory = directory
        if directory:
            os.makedirs(directory, exist_ok=True)

    def save(self, step, network, rng):
        state = {"step": step, "inputs": network.inputs, "outputs": network.outputs, "rng": rng.getstate()}
        data = json.dumps(state).encode()
        name = f"step-{step}.json"
        path = os.path.join(self.directory, name)
        with open(path + ".part", "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(path + ".part", path)
        line = json.dumps({"step": step, "path": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}) + "\n"
        manifest = os.open(os.path.join(self.directory, "manifest.jsonl"), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            os.write(manifest, line.encode())
        finally:
            os.close(manifest)
        print(f"checkpoint at step {step}", flush=True)

    def requested(self):
        """Why a checkpoint is asked for, or None; the request is answered by removing it."""
        path = os.path.join(self.directory, "request")
        try:
            with open(path, encoding="utf-8") as file:
                why = file.read().strip() or "asked"
            os.remove(path)
            return why
        except FileNotFoundError:
            return None


def load(path, network, rng):
    with open(path, encoding="utf-8") as file:
        state = json.load(file)
    network.inputs, network.outputs = state["inputs"], state["outputs"]
    version, numbers, gauss = state["rng"]
    rng.setstate((version, tuple(numbers), gauss))
    return state["step"]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=200, help="steps in all (default 200)")
    parser.add_argument("--checkpoint-every", type=int, default=20, metavar="STEPS")
    parser.add_argument("--pace", type=float, default=0.05, metavar="SECONDS", help="least time for a step, as on a larger model")
    parser.add_argument("--rate", type=float, default=0.05, help="learning rate")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def main():
    options = arguments()
    rng = random.Random(options.seed)
    data = spirals(400, random.Random(7))
    network = Network(rng)
    directory = os.environ.get("GPUSCHED_CHECKPOINT_DIR", "")
    checkpoints = Checkpoints(directory) if directory else None
    wanted = {"save": False, "leave": False}
    signal.signal(signal.SIGUSR1, lambda *_: wanted.update(save=True))
    signal.signal(signal.SIGTERM, lambda *_: wanted.update(save=True, leave=True))

    first = 0
    resume = os.environ.get("GPUSCHED_RESUME_FROM", "")
    if resume:
        first = load(resume, network, rng)
        print(f"resumed at step {first} of {options.steps}; the attempt before ended by: {os.environ.get('GPUSCHED_PREVIOUS_END', 'unknown')}", flush=True)

    for step in range(first + 1, options.steps + 1):
        began = time.monotonic()
        loss = network.learn([data[rng.randrange(len(data))] for _ in range(64)], options.rate)
        asked = checkpoints.requested() if checkpoints else None
        if step % 10 == 0:
            print(f"step {step}/{options.steps} loss {loss:.4f}", flush=True)
        if checkpoints and (wanted["save"] or asked or step % options.checkpoint_every == 0 or step == options.steps):
            checkpoints.save(step, network, rng)
            wanted["save"] = False
        if wanted["leave"] and step < options.steps:
            print(f"leaving at step {step}", flush=True)
            return SAVED_CONTINUE_ME if checkpoints else 143
        time.sleep(max(0.0, options.pace - (time.monotonic() - began)))

    print(f"finished: accuracy {network.accuracy(data):.3f} after {options.steps} steps", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
