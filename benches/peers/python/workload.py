"""The numbers of the `orders` workload, as in workload/src/lib.rs, and how a program is called and measured."""

import json
import math
import sys
import time

HOUSEHOLDS = 250
RATE = 30.0 / 365.0
ADOPTED = 20
SATISFACTION = 0.5
LEAVES = 8.0 / 24.0
ARRIVES = 10.0 / 24.0
TO_HUB = (1.0, 3.0)
COLLECTED = 0.5
PATIENCE = 3.0
LEARNING = 0.2
DECIDE = 30


def adoption(share, satisfaction):
    """Probability with which a household adopts."""
    return 0.01 + 0.2 * share * satisfaction


def departure(day):
    """The first departure at or after a moment [days]."""
    return math.ceil(day - LEAVES) + LEAVES


class Tally:
    """What happened."""

    def __init__(self):
        self.orders = self.hub_arrivals = self.departures = self.arrivals = self.collections = self.decisions = 0
        self.delay = 0.0
        self.adopters = 0


def program(engine, run):
    """Calls `run(villages, days, seed)`, measures it, and prints one line of JSON: `PROGRAM [VILLAGES [DAYS [THREADS [SEED]]]]`."""
    numbers = [int(text) for text in sys.argv[1:]] + [20, 365, 1, 1][len(sys.argv) - 1 :]
    villages, days, threads, seed = numbers[:4]
    processor, wall = time.process_time(), time.perf_counter()
    tally = run(villages, days, seed)
    processor, wall = time.process_time() - processor, time.perf_counter() - wall
    told = {name: int(value) for name, value in vars(tally).items() if name != "delay"}
    told |= {"delay": float(tally.delay) / max(1, tally.collections), "cpu_seconds": processor, "wall_seconds": wall}
    with open("/proc/self/status") as status:
        told["memory"] = next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))
    print(json.dumps({"engine": engine, "villages": villages, "days": days, "threads": threads, "seed": seed} | told))
