"""Two scenarios beside each other, seed by seed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from . import _native
from ._policy import PolicyFunction
from ._progress import SweepProgress
from ._scenario import Scenario
from ._sweep import sweep

#: Columns that no outcome is.
_KEYS = {"run", "point", "seed", "fingerprint", "events", "failure"}


def compare(
    first: Scenario,
    second: Scenario,
    *,
    seeds: int | Iterable[int] = 8,
    outcomes: Iterable[str] | None = None,
    policies: tuple[Iterable[PolicyFunction], Iterable[PolicyFunction]] = ((), ()),
    jobs: int | None = None,
    progress: bool | Callable[[SweepProgress], object] = True,
) -> _native.Table:
    """Run two scenarios with the same seeds, and tell what differs, as ``countryside compare`` does.

    A row of the table is an outcome: its means, the mean ``change`` from seed to seed with half of its 95 % interval
    (``margin``), whether that is ``sure``, and ``saved``: how many times more runs with random numbers of their own the same
    certainty would have cost. ``outcomes``, ``seeds`` and ``jobs`` are those of :func:`sweep`; ``policies`` are those of the
    first and of the second, so that one scenario can be compared with and without a policy.

        >>> import countryside
        >>> tiny = countryside.load("tiny", end="2015-03-31")
        >>> found = compare(tiny, countryside.load(tiny, {"programme.enabled": False}), seeds=4, outcomes=["stations_open"])
        >>> found["outcome"].to_list(), found["second"].to_list()
        (['stations_open'], [0.0])
    """
    kept = None if outcomes is None else list(outcomes)
    named = seeds if isinstance(seeds, int) else list(seeds)
    one, other = (
        sweep(scenario, seeds=named, outcomes=kept, jobs=jobs, progress=progress, policies=asked)
        for scenario, asked in zip((first, second), policies, strict=True)
    )
    if one.seeds != other.seeds:
        raise ValueError(f"the scenarios begin with other seeds, {one.seeds[0]} and {other.seeds[0]}: give seeds=[...]")
    names = [name for name in one.runs if name in other.runs and name not in _KEYS]
    found = [_native.difference(_floats(one[name]), _floats(other[name])) for name in names]
    definitions = [one[name].definition for name in names]
    columns: list[tuple[str, str, str, Any]] = [
        ("outcome", "", "Its name.", names),
        ("unit", "", "Unit of its values.", [one[name].unit for name in names]),
        ("first", "see unit", "Mean over the seeds of the first scenario.", [row[0] for row in found]),
        ("second", "see unit", "Mean over the seeds of the second.", [row[1] for row in found]),
        ("change", "see unit", "Mean change from the first to the second, seed by seed.", [row[2] for row in found]),
        ("margin", "see unit", "Half of the 95 % interval of the change.", [row[3] for row in found]),
        ("sure", "", "Whether the interval leaves out no change.", [abs(row[2]) > row[3] for row in found]),
        ("pairs", "runs", "Seeds with a value of both.", [row[4] for row in found]),
        ("correlation", "", "Of both over the seeds.", [row[5] for row in found]),
        ("saved", "times", "Independent runs over those made, for the same certainty.", [row[6] for row in found]),
        ("definition", "", "What it is.", definitions),
    ]
    return _native.table("comparison", "An outcome of both scenarios.", columns)


def _floats(column: _native.Column) -> list[float]:
    return [float("nan") if value is None else float(value) for value in column]
