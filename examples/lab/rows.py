"""The lab's tables of docs/results.md: every pool, every seed, through `gpusched simulate`.

    python3 examples/lab/rows.py philly_runtime_s.csv.gz --seeds 1-5 --load 1.25
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

LAB = pathlib.Path(__file__).resolve().parent
GPUSCHED = LAB.parent.parent / "gpusched"
POOLS = {  # name: its rules, whether all jobs stand in one queue
    "one first-come queue": ("one-queue.yaml", True),
    "tiers alone": ("tiers.yaml", False),
    "ours, as shipped": (None, False),
    "ours, lending both ways": ("lent.yaml", False),
    "ours, taking turns": ("turns.yaml", False),
}


def replay(jobs, rules):
    command = [GPUSCHED, "simulate", "--nodes", LAB / "nodes.yaml", "--jobs", jobs, "--by", "name", "--output", "json"]
    done = subprocess.run(command + (["--pool", LAB / rules] if rules else []), capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout)


def row(result):
    held = [result["classes"][name]["heldWhileArrivingPercent"] for name in ("datacenter", "consumer")]
    means = [result["groups"][kind]["jctSeconds"]["mean"] for kind in ("training", "validation", "preprocessing")]
    return held + means + [result["jctSeconds"]["mean"]]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("run_times")
    parser.add_argument("--seeds", default="1-5", help="first and last")
    parser.add_argument("--load", default="1.25")
    parser.add_argument("--pools", default="", help="those whose name contains this")
    options = parser.parse_args()
    first, last = (int(seed) for seed in options.seeds.split("-"))
    print("pool | A100 held % | 2080 Ti held % | mean JCT, s: training | validation | preprocessing | all")
    with tempfile.TemporaryDirectory() as folder:
        for pool, (rules, together) in POOLS.items():
            if options.pools not in pool:
                continue
            rows = []
            for seed in range(first, last + 1):
                jobs = pathlib.Path(folder, "jobs.csv")
                draw = [sys.executable, LAB / "jobs.py", options.run_times, "--load", options.load, "--seed", str(seed)]
                with jobs.open("w") as file:
                    subprocess.run(draw + (["--one-queue"] if together else []), stdout=file, check=True)
                rows.append(row(replay(jobs, rules)))
            shown = [" / ".join(f"{value:,.0f}" for value in column) for column in zip(*rows)]
            means = [sum(column) / len(column) for column in zip(*rows)]
            shown[0], shown[1] = f"{shown[0]} = {means[0]:.1f}", f"{shown[1]} = {means[1]:.1f}"
            print(pool, *shown, sep=" | ", flush=True)


if __name__ == "__main__":
    main()
