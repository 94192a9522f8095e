"""Runs of a sweep whose policies are Python's: each on a thread of its own, which meets the interpreter between windows."""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from . import _native
from ._policy import Policies, PolicyFunction

#: How often the thread that Ctrl-C reaches looks for it [seconds].
_INTERVAL = 0.05

#: A stop in the middle of a run.
_STOPPED = "stopped"


@dataclass
class PolicyRuns:
    """Runs to be made: numbers of rows, each with a point and a seed."""

    policies: Sequence[PolicyFunction]
    scenario: _native.Scenario
    changes: Sequence[Sequence[tuple[str, str]]]
    runs: Sequence[tuple[int, int, int]]
    readings: Sequence[tuple[str, str]]
    series: Sequence[str]
    level: str
    at_most: float | None
    stopped: threading.Event = field(default_factory=threading.Event)

    def run(self, jobs: int | None, receive: Callable[[Any], object]) -> None:
        """Make them, so many at a time, and hand over each that finishes. What a policy or the receiver raises stops the
        others, and is passed on."""
        waiting: queue.SimpleQueue[tuple[int, int, int]] = queue.SimpleQueue()
        for run in self.runs:
            waiting.put(run)
        done: queue.SimpleQueue[Any] = queue.SimpleQueue()
        number = max(1, min(jobs or _processors(), len(self.runs)))
        threads = [threading.Thread(target=self._work, args=(waiting, done), daemon=True) for _ in range(number)]
        for thread in threads:
            thread.start()
        left = number
        try:
            while left:
                try:
                    found = done.get(timeout=_INTERVAL)
                except queue.Empty:
                    continue
                if found is None:
                    left -= 1
                elif isinstance(found, BaseException):
                    raise found
                else:
                    receive(found)
        finally:
            self.stopped.set()
            for thread in threads:
                thread.join()

    def _work(self, waiting: queue.SimpleQueue[tuple[int, int, int]], done: queue.SimpleQueue[Any]) -> None:
        try:
            while not self.stopped.is_set():
                row = self._one(*waiting.get_nowait())
                if row is not None:
                    done.put(row)
        except queue.Empty:
            pass
        except BaseException as error:
            done.put(error)
        finally:
            done.put(None)

    def _one(self, run: int, point: int, seed: int) -> Any:
        """The row of a run; nothing if it was stopped."""
        began = time.monotonic()

        def failed(kind: str, message: str) -> Any:
            return run, [], [], "", 0, time.monotonic() - began, (kind, message), ()

        try:
            scenario = self.scenario.with_changes([*self.changes[point], ("seed", str(seed))])
            simulation = _native.Simulation.build(scenario, 1)
        except _native.ScenarioError as error:
            return failed("refused", str(error))
        taken = [name for name, _ in self.readings] + [path for path, _ in self.changes[point]]
        policies = Policies(self.policies, scenario.get("rules"), [*taken, *_KEYS])
        try:
            failure = self._drive(simulation, policies, began)
            if failure is None and simulation.imbalance is not None:
                failure = ("unbalanced", f"the books do not close: {simulation.imbalance}")
        except _native.SimulationError as error:
            failure = ("panicked", str(error))
        if failure is not None:
            return None if failure[0] == _STOPPED else failed(*failure)
        outcomes, months, fingerprint, events = simulation.looked_at(self.readings, self.series, self.level)
        seconds = time.monotonic() - began
        return run, outcomes, months, fingerprint, events, seconds, None, policies.values

    def _drive(
        self, simulation: _native.Simulation, policies: Policies, began: float
    ) -> tuple[str, str] | None:
        """Runs to the end; why it did not come there, if so."""
        by_window = 1 if policies.each_window or self.at_most is not None else None
        while not simulation.is_done:
            simulation.advance(by_window, None, None, True)
            policies.decide(simulation)
            if self.stopped.is_set():
                return _STOPPED, ""
            if self.at_most is not None and time.monotonic() - began > self.at_most:
                return "too_long", f"stopped at {simulation.now}: it took longer than the {self.at_most:.0f} s allowed"
        return None


#: Columns of a sweep's table that are no outcomes.
_KEYS = ("run", "point", "seed", "fingerprint", "events", "failure")


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
