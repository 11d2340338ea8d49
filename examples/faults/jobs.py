"""Large training jobs for `gpusched simulate --faults`: whole machines, from one to 32 of them, for hours to two weeks.

    python3 examples/faults/jobs.py --days 30 --load 0.8 --seed 1 > jobs.csv

--blind writes the same jobs without checkpoints: a job that is stopped starts again from nothing.
"""
import argparse
import random

MACHINES = 200
SIZES, WEIGHTS = [1, 2, 4, 8, 16, 32], [40, 20, 18, 12, 6, 4]
MEDIAN_HOURS, SPREAD = 12, 1.3  # of a log-normal distribution
LEAST_HOURS, MOST_HOURS = 0.5, 14 * 24


def draw(random_):
    """Machines, seconds."""
    hours = random_.lognormvariate(0, SPREAD) * MEDIAN_HOURS
    return random_.choices(SIZES, WEIGHTS)[0], 3600 * min(MOST_HOURS, max(LEAST_HOURS, hours))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--days", type=float, default=30)
    parser.add_argument("--load", type=float, default=0.8, help="machine time asked for, of what there is")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--blind", action="store_true")
    options = parser.parse_args()
    random_ = random.Random(options.seed)
    sample = [draw(random_) for _ in range(20_000)]
    gap = sum(machines * seconds for machines, seconds in sample) / len(sample) / (options.load * MACHINES)
    print("submit_s,duration_s,tier,gpus_per_node,nodes,cpus,checkpoint_every_s,restart_s")
    now = 0.0
    while now < options.days * 86_400:
        machines, seconds = draw(random_)
        now += random_.expovariate(1 / gap)
        print(f"{now:.1f},{seconds:.1f},training,8,{machines},8,{'' if options.blind else 1800},300")


if __name__ == "__main__":
    main()
