"""A simulation stepped by hand."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NoReturn

from . import _native, _values
from ._policy import Policies, PolicyFunction
from ._progress import RunProgress, RunWatcher
from ._run import Run


class Simulation:
    """A run under your control: made by :meth:`Scenario.simulate`, stepped window by window (a week, unless
    ``window_days`` says otherwise).

    Ctrl-C leaves it at a window's end, from where it can go on. It cannot go on in a process that was forked from the one
    that made it, whose threads it needs: there ``step`` and the like raise ``RuntimeError``.

        >>> import countryside
        >>> simulation = countryside.load("tiny").simulate()
        >>> simulation.step()
        True
        >>> simulation.now
        datetime.date(2014, 10, 8)
    """

    def __init__(self, native: _native.Simulation, policies: Iterable[PolicyFunction] = (), rules: object = ()) -> None:
        self._native = native
        self._seconds = 0.0
        self._policies = Policies(policies, bool(rules))
        self._policies.skip_past(native)

    @staticmethod
    def resume(
        checkpoint: bytes,
        changes: Mapping[str, Any] | None = None,
        /,
        *,
        threads: int | None = None,
        policies: Iterable[PolicyFunction] = (),
    ) -> Simulation:
        """Go on from a :meth:`checkpoint`; with changes from then on, with the same random draws until then.

        What policies had decided is part of the checkpoint; ``policies`` begin anew, with nothing in ``memory`` and no
        series of their own so far.
        """
        return Simulation(_native.Simulation.resume(checkpoint, _values.changes(changes or {}), threads), policies, True)

    def step(self, windows: int = 1) -> bool:
        """Run so many windows. Returns whether there are more."""
        if windows < 0:
            raise ValueError(f"windows must be 0 or more, not {windows}")
        return self._advance(False, windows=windows)

    def run_until(
        self,
        date: str | datetime.date,
        *,
        progress: bool | Callable[[RunProgress], object] = True,
    ) -> bool:
        """Run to the first window's end at or after the midnight that begins a day. Returns whether there is more."""
        return self._advance(progress, until=str(_values._plain(date)))

    def run(self, *, progress: bool | Callable[[RunProgress], object] = True) -> Run:
        """Run to the end. ``progress`` is that of :meth:`Scenario.run`."""
        self._advance(progress)
        run = self.results()
        imbalance = self._imbalance
        if imbalance is not None:
            raise _native.SimulationError(
                f"the books do not close, so the results are not to be trusted: {imbalance}. Please report this with the "
                "scenario and the seed"
            )
        return run

    def _advance(
        self,
        progress: bool | Callable[[RunProgress], object],
        windows: int | None = None,
        until: str | None = None,
    ) -> bool:
        began = time.monotonic()
        days = (self.now - self.start).days
        try:
            with RunWatcher(progress, (self.end - self.start).days, days, self.events) as watcher:
                told = watcher if progress else None
                if self._policies:
                    return self._advance_with_policies(windows, until, told)
                return self._native.advance(windows, until, told)
        finally:
            self._seconds += time.monotonic() - began

    def _advance_with_policies(self, windows: int | None, until: str | None, told: RunWatcher | None) -> bool:
        """Steps from one moment at which policies are asked to the next."""
        by_window = windows is not None or self._policies.each_window
        while windows != 0 and not self.is_done and (until is None or self._native.now < until):
            self._native.advance(1 if by_window else None, until, told, True)
            self._policies.decide(self._native)
            windows = None if windows is None else windows - 1
        return not self.is_done

    def results(self) -> Run:
        """The results so far."""
        native = self._native.results()
        self._imbalance = native.imbalance
        return Run(native, self._seconds, self._policies.values if self._policies else None)

    def snapshot(self) -> _native.Table:
        """Each village now, in columns: position, households, buyers, station, shops. ``numpy.asarray`` of a column of
        numbers copies nothing."""
        return self._native.snapshot()

    def checkpoint(self) -> bytes:
        """Everything the run is now, for :meth:`resume`: equal to going on without."""
        return self._native.checkpoint()

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Simulation cannot be pickled or copied: send its checkpoint() and resume that")

    def __iter__(self) -> Iterator[datetime.date]:
        """Step to the end, giving the day reached after each window."""
        while not self.is_done:
            self.step()
            yield self.now

    def __repr__(self) -> str:
        return f"<countryside.Simulation at {self.now}, from {self.start} to {self.end}>"

    @property
    def now(self) -> datetime.date:
        """The end of the last window: the midnight that begins this day."""
        return datetime.date.fromisoformat(self._native.now)

    @property
    def start(self) -> datetime.date:
        """The first day."""
        return datetime.date.fromisoformat(self._native.start)

    @property
    def end(self) -> datetime.date:
        """The day after the last, whose first midnight is the end."""
        return datetime.date.fromisoformat(self._native.end)

    @property
    def is_done(self) -> bool:
        """Whether the end is reached."""
        return self._native.is_done

    @property
    def events(self) -> int:
        """Events handled."""
        return self._native.events

    @property
    def orders(self) -> int:
        """Orders placed; in a sample, bundles of orders."""
        return self._native.orders

    @property
    def memory(self) -> int:
        """Memory held by villages, households and shops, about [bytes]."""
        return self._native.memory

    @property
    def fingerprint(self) -> str:
        """128 bits of everything that has happened."""
        return self._native.fingerprint

    @property
    def scenario(self) -> str:
        """The scenario as a scenario file."""
        return self._native.scenario
