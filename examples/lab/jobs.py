"""A lab's work for `gpusched simulate`: training, validation and preprocessing, with run times drawn from a recorded distribution.

    python3 examples/lab/jobs.py philly_runtime_s.csv.gz --days 20 --seed 1 > jobs.csv

--one-queue writes every job into the tier `any`, for the pool that has only that one. What kind of work it is stays in its name.
"""
import argparse
import csv
import gzip
import random

A100, RTX2080TI = 8, 16
SLOWER = {"training": 0.4, "validation": 0.7}  # of an A100's speed, on a 2080 Ti
# Cards of a training job: how often each size that fits one machine comes in the six public Philly virtual clusters.
SIZES = {1: 1133, 2: 239, 4: 814}


def run_times(path, longest):
    """Seconds, from a minute: shorter ones are start-up failures."""
    with gzip.open(path, "rt") as file:
        values = [float(row["runtime"]) for row in csv.DictReader(file) if row["runtime"]]
    return [value for value in values if 60 <= value <= longest]


def draw(random_, times, large):
    """Kind, cards, GPU expression, seconds on an A100."""
    kind = random_.random()
    seconds = random_.choice(times)
    if kind < 0.15:
        cards = random_.choices(list(SIZES), SIZES.values())[0]
        return "training", cards, f"24GB..:{cards}" if random_.random() < large else str(cards), seconds
    if kind < 0.75:
        return "validation", 1, "1", max(60, seconds / 2)
    return "preprocessing", 0, "", max(60, seconds / 4)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("run_times")
    parser.add_argument("--days", type=float, default=20)
    parser.add_argument("--load", type=float, default=1.25, help="card time asked for, of what the cards can do")
    parser.add_argument("--large", type=float, default=0.15, help="share of the training jobs that need 24 GB a card")
    parser.add_argument("--longest", type=float, default=4, help="days on an A100 of the longest training job")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--one-queue", action="store_true")
    options = parser.parse_args()
    random_ = random.Random(options.seed)
    times = run_times(options.run_times, options.longest * 86_400)
    sample = [draw(random_, times, options.large) for _ in range(20_000)]
    # In A100 seconds, as if every job ran on the cards its tier starts with.
    asked = sum(cards * seconds for _, cards, _, seconds in sample) / len(sample)
    gap = asked / (options.load * (A100 + RTX2080TI * SLOWER["validation"]))
    print("submit_s,duration_s,tier,name,gpus,cpus,checkpoint_every_s,restart_s,speed_RTX2080TI")
    now = 0.0
    while now < options.days * 86_400:
        kind, cards, gpus, seconds = draw(random_, times, options.large)
        now += random_.expovariate(1 / gap)
        tier = "any" if options.one_queue else kind
        saves = "900,30" if kind == "training" else ","
        print(f"{now:.1f},{seconds:.1f},{tier},{kind},{gpus},{1 if cards else 2},{saves},{SLOWER.get(kind, 1)}")


if __name__ == "__main__":
    main()
