"""`orders` in Mesa: agents that schedule events, as Mesa 3.5 does for continuous time."""

import mesa
from mesa.time import Schedule

from workload import (
    ADOPTED, ARRIVES, COLLECTED, DECIDE, HOUSEHOLDS, LEARNING, LEAVES, PATIENCE, RATE, SATISFACTION, TO_HUB, Tally, adoption, program,
)  # fmt: skip


class Parcel:
    """An object, not an agent, which would cost more. Events know it only weakly: its household keeps it until it is collected."""

    def __init__(self, household):
        self.household = household
        self.ordered = household.model.time

    def reach_hub(self):
        self.household.model.tally.hub_arrivals += 1
        self.household.village.waiting.append(self)

    def collect(self):
        household, tally = self.household, self.household.model.tally
        delay = household.model.time - self.ordered
        tally.collections += 1
        tally.delay += delay
        household.satisfaction += LEARNING * ((delay <= PATIENCE) - household.satisfaction)
        household.parcels.discard(self)


class Household(mesa.Agent):
    def __init__(self, model, village, adopted):
        super().__init__(model)
        self.village = village
        self.adopted = adopted
        self.satisfaction = SATISFACTION
        self.parcels = set()
        model.schedule_event(self.order, after=self.random.expovariate(RATE))

    def order(self):
        self.model.tally.orders += 1
        parcel = Parcel(self)
        self.parcels.add(parcel)
        self.model.schedule_event(parcel.reach_hub, after=self.random.uniform(*TO_HUB))
        self.model.schedule_event(self.order, after=self.random.expovariate(RATE))

    def decide(self, share):
        if not self.adopted:
            self.model.tally.decisions += 1
            self.adopted = self.random.random() < adoption(share, self.satisfaction)


class Village(mesa.Agent):
    def __init__(self, model, first):
        super().__init__(model)
        self.waiting, self.loaded = [], []
        self.households = [Household(model, self, number % ADOPTED == 0) for number in range(first, first + HOUSEHOLDS)]
        model.schedule_recurring(self.leave, Schedule(interval=1.0, start=LEAVES))
        model.schedule_recurring(self.arrive, Schedule(interval=1.0, start=ARRIVES))
        model.schedule_recurring(self.decide, Schedule(interval=DECIDE))

    def leave(self):
        self.model.tally.departures += 1
        self.loaded, self.waiting = self.waiting, []

    def arrive(self):
        self.model.tally.arrivals += 1
        for parcel in self.loaded:
            self.model.schedule_event(parcel.collect, after=self.random.uniform(0.0, COLLECTED))

    def decide(self):
        share = sum(household.adopted for household in self.households) / HOUSEHOLDS
        for household in self.households:
            household.decide(share)


class Region(mesa.Model):
    def __init__(self, villages, seed):
        super().__init__(rng=seed)
        self.tally = Tally()
        for number in range(villages):
            Village(self, number * HOUSEHOLDS)


def run(villages, days, seed):
    model = Region(villages, seed)
    model.run_until(days)
    model.tally.adopters = sum(household.adopted for household in model.agents_by_type[Household])
    return model.tally


program("mesa", run)
