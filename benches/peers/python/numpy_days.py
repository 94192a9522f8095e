"""A day of `orders` at a time with all households as columns, for both programs in NumPy; how a day's orders are drawn is theirs."""

import numpy

from workload import (
    ADOPTED, ARRIVES, COLLECTED, DECIDE, HOUSEHOLDS, LEARNING, LEAVES, PATIENCE, SATISFACTION, TO_HUB, Tally, adoption,
)  # fmt: skip


def run(draw, villages, days, seed):
    """Runs it. `draw(luck, count)` gives the households that order on a day, each as often as it does."""
    luck = numpy.random.default_rng(seed)
    count = villages * HOUSEHOLDS
    satisfaction = numpy.full(count, SATISFACTION)
    adopted = numpy.arange(count) % ADOPTED == 0
    leaving = [[] for _ in range(8)]
    tally = Tally()
    for today in range(days):
        if today > 0 and today % DECIDE == 0:
            share = numpy.repeat(adopted.reshape(villages, HOUSEHOLDS).mean(axis=1), HOUSEHOLDS)
            others = ~adopted
            tally.decisions += others.sum()
            adopted |= others & (luck.random(count) < adoption(share, satisfaction))
        household = draw(luck, count)
        orders = len(household)
        ordered = today + luck.random(orders)
        hub = ordered + luck.uniform(*TO_HUB, orders)
        tally.orders += orders
        tally.hub_arrivals += (hub < days).sum()
        day = numpy.ceil(hub - LEAVES).astype(int)
        for departs in range(today + 1, today + 6):
            chosen = day == departs
            leaving[departs % 8].append((household[chosen], ordered[chosen]))
        tally.departures += villages
        tally.arrivals += villages
        loads, leaving[today % 8] = leaving[today % 8], []
        if loads:
            household = numpy.concatenate([load[0] for load in loads])
            ordered = numpy.concatenate([load[1] for load in loads])
            delay = today + ARRIVES + luck.uniform(0.0, COLLECTED, len(household)) - ordered
            tally.collections += len(household)
            tally.delay += delay.sum()
            # Of two parcels of a household on one day the second counts.
            satisfaction[household] += LEARNING * ((delay <= PATIENCE) - satisfaction[household])
    tally.adopters = adopted.sum()
    return tally
