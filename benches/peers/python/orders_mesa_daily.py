"""`orders` in Mesa: agents of a model that step once a day. Moments within a day are kept, so that delays are the workload's."""

import mesa

from workload import (
    ADOPTED, ARRIVES, COLLECTED, DECIDE, HOUSEHOLDS, LEARNING, PATIENCE, RATE, SATISFACTION, TO_HUB, Tally, adoption, departure, program,
)  # fmt: skip


class Household(mesa.Agent):
    def __init__(self, model, village, adopted):
        super().__init__(model)
        self.village = village
        self.adopted = adopted
        self.satisfaction = SATISFACTION
        self.next_order = self.random.expovariate(RATE)

    def decide(self):
        if not self.adopted:
            self.model.tally.decisions += 1
            self.adopted = self.random.random() < adoption(self.village.share, self.satisfaction)

    def step(self):
        while self.next_order < self.model.today + 1:
            hub = self.next_order + self.random.uniform(*TO_HUB)
            self.model.tally.orders += 1
            self.model.tally.hub_arrivals += hub < self.model.days
            self.village.leaving[int(departure(hub)) % 8].append((self, self.next_order))
            self.next_order += self.random.expovariate(RATE)

    def collect(self, ordered):
        delay = self.model.today + ARRIVES + self.random.uniform(0.0, COLLECTED) - ordered
        self.model.tally.collections += 1
        self.model.tally.delay += delay
        self.satisfaction += LEARNING * ((delay <= PATIENCE) - self.satisfaction)


class Village(mesa.Agent):
    def __init__(self, model, first):
        super().__init__(model)
        self.leaving = [[] for _ in range(8)]
        self.households = [Household(model, self, number % ADOPTED == 0) for number in range(first, first + HOUSEHOLDS)]

    def decide(self):
        self.share = sum(household.adopted for household in self.households) / HOUSEHOLDS
        for household in self.households:
            household.decide()

    def truck(self):
        self.model.tally.departures += 1
        self.model.tally.arrivals += 1
        load, self.leaving[self.model.today % 8] = self.leaving[self.model.today % 8], []
        for household, ordered in load:
            household.collect(ordered)


class Region(mesa.Model):
    def __init__(self, villages, days, seed):
        super().__init__(rng=seed)
        self.today = 0
        self.days = days
        self.tally = Tally()
        for number in range(villages):
            Village(self, number * HOUSEHOLDS)

    def step(self):
        villages, households = self.agents_by_type[Village], self.agents_by_type[Household]
        if self.today > 0 and self.today % DECIDE == 0:
            villages.do("decide")
        households.shuffle_do("step")
        villages.do("truck")
        self.today += 1


def run(villages, days, seed):
    model = Region(villages, days, seed)
    for _ in range(days):
        model.step()
    model.tally.adopters = sum(household.adopted for household in model.agents_by_type[Household])
    return model.tally


program("mesa-daily", run)
