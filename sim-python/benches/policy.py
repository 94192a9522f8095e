"""What policies in Python cost: runs with and without, in turn, and the ratio of their processor time.

    python3 sim-python/benches/policy.py [SCENARIO] [TIMES]

A benchmark and no test: measure on a machine that does nothing else, and look at the spread. Needs NumPy.
"""

import statistics
import sys
import time

import numpy

import countryside


@countryside.policy
def idle(state):
    """Is asked, and looks at nothing."""


@countryside.policy
def figures(state):
    """Looks at a figure of each county, sets a lever and returns a series."""
    share = numpy.asarray(state.counties["buying_share"])
    state.set("programme.base_pay", 0.0)
    return {"greatest": numpy.nanmax(share)}


@countryside.policy
def everything(state):
    """Looks at all there is."""
    tables = state.villages, state.partners, state.shops, state.households(1000)
    return {"rows": sum(table.num_rows for table in tables)}


def main(name="county", times="5"):
    scenario = countryside.load(name)
    cases = {"none": [], "idle": [idle], "figures": [figures], "everything": [everything]}
    taken = {case: [] for case in cases}
    for _ in range(int(times)):
        for case, policies in cases.items():
            began = time.process_time()
            scenario.run(threads=1, progress=False, policies=policies)
            taken[case].append(time.process_time() - began)
    base = statistics.median(taken["none"])
    for case, seconds in taken.items():
        median, spread = statistics.median(seconds), max(seconds) - min(seconds)
        print(f"{case:<12} {median:8.3f} s (spread {spread:.3f} s)  {median / base:6.3f} of a run without")


if __name__ == "__main__":
    main(*sys.argv[1:])
