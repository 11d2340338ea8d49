#!/usr/bin/env python3
"""Prepares one shard of data: draws points, scales them, shuffles them, writes a file and its hash. CPU work only."""
import argparse
import hashlib
import os
import random
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from trainer import spirals  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", required=True, metavar="DIR")
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--pace", type=float, default=0.0, metavar="SECONDS", help="time for each tenth of the rows, as on slower storage")
    options = parser.parse_args()
    shard = int(os.environ.get("SLURM_ARRAY_TASK_ID") or 0)
    rng = random.Random(shard)
    points = []
    for tenth in range(10):
        points += spirals(options.rows // 10, rng)
        time.sleep(options.pace)
    scale = max(max(abs(x), abs(y)) for x, y, _ in points)
    rng.shuffle(points)
    text = "".join(f"{x / scale:.6f},{y / scale:.6f},{label}\n" for x, y, label in points).encode()

    os.makedirs(options.out, exist_ok=True)
    path = os.path.join(options.out, f"shard-{shard}.csv")
    with open(path + ".part", "wb") as file:
        file.write(text)
    os.replace(path + ".part", path)
    print(f"{path}: {len(points)} rows, sha256 {hashlib.sha256(text).hexdigest()}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
