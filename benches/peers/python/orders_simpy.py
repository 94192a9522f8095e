"""`orders` in SimPy: a process for each household, parcel and truck."""

import random

import simpy

from workload import (
    ADOPTED, ARRIVES, COLLECTED, DECIDE, HOUSEHOLDS, LEARNING, LEAVES, PATIENCE, RATE, SATISFACTION, TO_HUB, Tally, adoption, program,
)  # fmt: skip


class Household:
    def __init__(self, village, adopted):
        self.village = village
        self.adopted = adopted
        self.satisfaction = SATISFACTION

    def orders(self, env, tally):
        while True:
            yield env.timeout(random.expovariate(RATE))
            tally.orders += 1
            env.process(self.parcel(env, tally))

    def parcel(self, env, tally):
        ordered = env.now
        yield env.timeout(random.uniform(*TO_HUB))
        tally.hub_arrivals += 1
        yield self.village.delivery
        yield env.timeout(random.uniform(0.0, COLLECTED))
        delay = env.now - ordered
        tally.collections += 1
        tally.delay += delay
        self.satisfaction += LEARNING * ((delay <= PATIENCE) - self.satisfaction)


class Village:
    def __init__(self, env, first):
        self.delivery = env.event()
        self.households = [Household(self, number % ADOPTED == 0) for number in range(first, first + HOUSEHOLDS)]

    def truck(self, env, tally):
        yield env.timeout(LEAVES)
        while True:
            tally.departures += 1
            # What reaches the hub from now on waits for the next one.
            loaded, self.delivery = self.delivery, env.event()
            yield env.timeout(ARRIVES - LEAVES)
            tally.arrivals += 1
            loaded.succeed()
            yield env.timeout(1.0 + LEAVES - ARRIVES)

    def decisions(self, env, tally):
        while True:
            yield env.timeout(DECIDE)
            share = sum(household.adopted for household in self.households) / HOUSEHOLDS
            for household in self.households:
                if not household.adopted:
                    tally.decisions += 1
                    household.adopted = random.random() < adoption(share, household.satisfaction)


def run(count, days, seed):
    random.seed(seed)
    env = simpy.Environment()
    tally = Tally()
    villages = [Village(env, number * HOUSEHOLDS) for number in range(count)]
    for village in villages:
        env.process(village.truck(env, tally))
        env.process(village.decisions(env, tally))
        for household in village.households:
            env.process(household.orders(env, tally))
    env.run(until=days)
    tally.adopters = sum(household.adopted for village in villages for household in village.households)
    return tally


program("simpy", run)
