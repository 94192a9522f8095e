"""How far a run or a sweep is: tqdm's bar if it is installed, a plain line otherwise, or a callback."""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol


#: A bar for what is done sooner would only flicker [seconds].
_DELAY = 0.5


@dataclass(frozen=True)
class RunProgress:
    """How far a run is."""

    date: str
    """The day reached, like ``2015-03-02``."""
    days: int
    """Days done."""
    total_days: int
    """Days in all."""
    events: int
    """Events handled."""
    seconds: float
    """Time since it began [seconds]."""


@dataclass(frozen=True)
class SweepProgress:
    """How far a sweep is."""

    done: int
    """Runs finished, failed ones included."""
    total: int
    """Runs in all."""
    failed: int
    """Runs that failed."""
    seconds: float
    """Time since it began [seconds]."""


class _Bar(Protocol):
    def show(self, done: int, text: str) -> None: ...

    def close(self) -> None: ...


class _Nothing:
    def show(self, done: int, text: str) -> None:
        pass

    def close(self) -> None:
        pass


class _Tqdm:
    def __init__(self, total: int, unit: str) -> None:
        if _in_notebook() and importlib.util.find_spec("ipywidgets"):
            from tqdm.notebook import tqdm
        else:
            from tqdm.std import tqdm
        self._bar: Any = tqdm(total=total, unit=f" {unit}", leave=False, mininterval=0, delay=_DELAY, file=sys.stderr)

    def show(self, done: int, text: str) -> None:
        self._bar.set_postfix_str(text, refresh=False)
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        self._bar.close()


class _Plain:
    def __init__(self, total: int, unit: str) -> None:
        self._total, self._unit, self._width = max(total, 1), unit, 0
        self._began = time.monotonic()

    def show(self, done: int, text: str) -> None:
        seconds = time.monotonic() - self._began
        if seconds < _DELAY:
            return
        left = f", {seconds / done * (self._total - done):.0f} s left" if done else ""
        line = f"{done / self._total:4.0%}  {done} of {self._total} {self._unit}  {text}{left}"
        print("\r" + line.ljust(self._width), end="", file=sys.stderr, flush=True)
        self._width = len(line)

    def close(self) -> None:
        if self._width:
            print("\r" + " " * self._width + "\r", end="", file=sys.stderr, flush=True)


def _in_notebook() -> bool:
    shell = sys.modules.get("IPython")
    shell = shell.get_ipython() if shell is not None else None
    return type(shell).__name__ == "ZMQInteractiveShell"


def _bar(total: int, unit: str) -> _Bar:
    try:
        watched = _in_notebook() or sys.stderr.isatty()
    except (AttributeError, ValueError):  # no standard error, or a closed one
        watched = False
    if not watched:
        return _Nothing()
    return _Tqdm(total, unit) if importlib.util.find_spec("tqdm") else _Plain(total, unit)


class RunWatcher:
    """Shows how far a run is, or tells a callback."""

    def __init__(
        self, progress: bool | Callable[[RunProgress], object], total: int, done: int, events: int
    ) -> None:
        self._callback = progress if callable(progress) else None
        self._bar: _Bar = _bar(total - done, "days") if progress is True else _Nothing()
        self._first, self._first_events = done, events
        self._began = time.monotonic()

    def __call__(self, date: str, days: int, total: int, events: int) -> None:
        seconds = time.monotonic() - self._began
        if self._callback is not None:
            self._callback(RunProgress(date, days, total, events, seconds))
        pace = (events - self._first_events) / max(seconds, 1e-3) / 1e6
        self._bar.show(days - self._first, f"{date}, {pace:.1f} million events/s")

    def __enter__(self) -> RunWatcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.close()


class SweepWatcher:
    """Shows how far a sweep is, or tells a callback."""

    def __init__(self, progress: bool | Callable[[SweepProgress], object], total: int) -> None:
        self._callback = progress if callable(progress) else None
        self._bar: _Bar = _bar(total, "runs") if progress is True else _Nothing()
        self._total, self._done, self._failed = total, 0, 0
        self._began = time.monotonic()

    def count(self, failed: bool) -> None:
        """One more run has finished."""
        self._done += 1
        self._failed += failed
        if self._callback is not None:
            seconds = time.monotonic() - self._began
            self._callback(SweepProgress(self._done, self._total, self._failed, seconds))
        self._bar.show(self._done, f"{self._failed} failed")

    def __enter__(self) -> SweepWatcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.close()
