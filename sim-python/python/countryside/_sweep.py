"""Many runs at once."""

from __future__ import annotations

import datetime
import itertools
import math
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future, as_completed
from dataclasses import dataclass
from typing import Any

from . import _native, _values
from ._native import Column, ScenarioError, Table
from ._policy import OwnValue, PolicyFunction, checked
from ._policy_runs import PolicyRuns
from ._progress import SweepProgress, SweepWatcher
from ._run import own_last
from ._scenario import Scenario

#: A run's row as the simulator gives it: index, outcomes, months of series (which, place, month, value), fingerprint,
#: events, seconds, the sort and text of its failure, and what policies of one's own returned.
_Row = tuple[
    int,
    list[float],
    list[tuple[int, str, str, float]],
    str,
    int,
    float,
    "tuple[str, str] | None",
    Sequence[OwnValue],
]

#: What runs are made of: a scenario, the changes of each point, runs with their point and seed, readings, series, level.
_Work = tuple[
    _native.Scenario,
    Sequence[Sequence[tuple[str, str]]],
    Sequence[tuple[int, int, int]],
    Sequence[tuple[str, str]],
    Sequence[str],
    str,
]

#: The outcomes that a sweep keeps unless told otherwise: those of a run.
_HEADLINES = (
    "centres_open",
    "stations_open",
    "stations_per_open_county",
    "station_orders",
    "self_service_orders",
    "rival_orders",
    "orders_per_open_station",
    "parcels_per_village_day",
    "mean_order_value",
    "station_delivery_p50",
    "station_delivery_p90",
    "self_service_delivery_p50",
    "services",
    "partner_income_mean",
    "partner_income_p50",
    "partner_income_p99",
    "refusals",
    "partners_left",
    "stations_closed",
    "buying_share",
    "better_off_share",
    "cost_of_living_change_mean",
    "shops",
    "shop_jobs",
    "jobs_per_shop",
    "shop_sales",
    "taobao_villages",
    "taobao_towns",
    "delivered_village_share",
    "income_per_head",
    "poverty_rate",
    "income_gini",
    "migrants_returned",
    "incumbent_buyer_share",
    "incumbent_shop_share",
    "spent_by_programme",
    "spent_by_platform",
    "spent_by_government",
    "spent_by_all",
)

#: Tasks that an executor is given, at most, so that each is worth its way there.
_TASKS = 64


class SweepWarning(UserWarning):
    """Some runs of a sweep failed."""


class SweepInterrupted(KeyboardInterrupt):
    """Ctrl-C during a sweep. ``partial`` has the runs that were finished."""

    def __init__(self, partial: Sweep) -> None:
        super().__init__(f"stopped with {len(partial)} runs finished; they are in .partial")
        self.partial = partial


class SweepBroken(RuntimeError):
    """A worker of an executor died, or could not do its part. ``partial`` has the runs that were finished."""

    def __init__(self, partial: Sweep, cause: BaseException) -> None:
        reason = str(cause) or type(cause).__name__
        super().__init__(f"a worker did not do its part, with {len(partial)} runs finished, which are in .partial: {reason}")
        self.partial = partial
        self._cause = cause

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.partial, self._cause)


class _WorkersFailed(Exception):
    """What workers raised; the first of it is the cause."""


@dataclass(frozen=True)
class RunFailure:
    """A run that gave nothing."""

    run: int
    """Which run, from 0."""
    point: int
    """Which point, from 0."""
    seed: int
    """Its seed."""
    kind: str
    """``refused`` (the scenario is faulty), ``panicked``, ``unbalanced`` (books do not close), or ``too_long``."""
    message: str
    """Why."""


def series(level: str = "nation") -> dict[str, _native.Series]:
    """Series of months that a sweep can look at, with units: of the ``nation``, each ``province``, ``county`` or
    ``village``. Money is in yuan."""
    return {found.name: found for found in _native.series(level)}


class Sweep:
    """Finished runs, point by point and seed by seed, whatever the order in which they finished.

    ``sweep["stations_open"]`` is the column of an outcome, one value a run, which ``numpy.asarray`` takes without
    copying; a failed run's is not-a-number.
    """

    def __init__(self, design: _Design, rows: Iterable[_Row]) -> None:
        ordered = sorted(rows)
        self._design = design
        self.scenario: Scenario = design.scenario
        """What was changed."""
        self.points: list[dict[str, Any]] = design.points
        """The changes of each point."""
        self.seeds: list[int] = design.seeds
        """The seeds with which each point was run; the same for all, so that points use common random numbers."""
        self.failures: list[RunFailure] = [
            RunFailure(row[0], *design.runs[row[0]], *row[6]) for row in ordered if row[6] is not None
        ]
        """Runs that failed, with why."""
        self.seconds: list[float] = [row[5] for row in ordered]
        """Time each run took on its thread [seconds]."""
        self.runs: Table = design.table(ordered)
        """A row a run: run, point, seed, factors, outcomes, fingerprint, events, failure."""
        self.monthly: Table = design.monthly(ordered)
        """A row a run, series, place and month, for the series asked for."""

    def __len__(self) -> int:
        return self.runs.num_rows

    def __getitem__(self, name: str) -> Column:
        return self.runs[name]

    def __repr__(self) -> str:
        failed = f", {len(self.failures)} failed" if self.failures else ""
        return (
            f"<countryside.Sweep of {self.scenario.name}: {len(self)} of {len(self._design.runs)} runs"
            f" ({len(self.points)} points, {len(self.seeds)} seeds){failed}>"
        )

    def by_point(self, name: str) -> list[list[float]]:
        """An outcome with a row for each point and a column for each seed; not-a-number where a run is missing."""
        values = [[math.nan] * len(self.seeds) for _ in self.points]
        for run, value in zip(self.runs["run"], self.runs[name]):
            if value is not None:
                values[run // len(self.seeds)][run % len(self.seeds)] = value
        return values


@dataclass
class _Design:
    scenario: Scenario
    points: list[dict[str, Any]]
    changes: list[list[tuple[str, str]]]
    seeds: list[int]
    runs: list[tuple[int, int]]
    outcomes: list[str]
    readings: list[tuple[str, str]]
    series: list[str]
    level: str

    def shared(self) -> dict[int, list[int]]:
        """The runs that are made, each with those that are the same: of equal points with one seed."""
        first: dict[Any, int] = {}
        shared: dict[int, list[int]] = {}
        keys = [tuple(sorted((path, str(_read(text))) for path, text in changes)) for changes in self.changes]
        for run, (point, seed) in enumerate(self.runs):
            shared.setdefault(first.setdefault((keys[point], seed), run), []).append(run)
        return shared

    def table(self, rows: Sequence[_Row]) -> Table:
        """The table of runs."""
        runs = [self.runs[row[0]] for row in rows]
        columns: list[_Column] = [
            ("run", "", "Which run, from 0.", [row[0] for row in rows]),
            ("point", "", "Which point of the design, from 0.", [point for point, _ in runs]),
            ("seed", "", "The seed of all random streams.", [seed for _, seed in runs]),
        ]
        columns += [self._factor(path, [point for point, _ in runs]) for path in self._paths()]
        known = _native.series("nation", [name for name, _ in self.readings])
        missing = " Missing where the run failed or there is nothing to divide by or count."
        for at, (name, found) in enumerate(zip(self.outcomes, known)):
            values = [row[1][at] if row[1] else math.nan for row in rows]
            how = _HOW.get(self.readings[at][1], f"That of the month of {self.readings[at][1]}.")
            columns.append((name, found.unit, f"{found.definition} {how}{missing}", _reals(values)))
        for name, policy in _own_series(rows).items():
            about = f"Returned by the policy {policy}; the last of the run.{missing}"
            columns.append((name, "", about, [own_last(row[7], name) for row in rows]))
        columns += [
            ("fingerprint", "", "128 bits of everything that happened; empty for a failed run.", [row[3] for row in rows]),
            ("events", "events", "Events handled.", [row[4] for row in rows]),
            ("failure", "", "Why the run failed; empty if it did not.", [row[6][1] if row[6] else "" for row in rows]),
        ]
        return _native.table("runs", "A run with its changes and outcomes.", columns)

    def monthly(self, rows: Sequence[_Row]) -> Table:
        """The table of series."""
        found = [(row[0], *month) for row in rows for month in row[2]]
        known = _native.series(self.level, self.series)
        place = "6-digit code of the county; of a village with `/` and its number; of a province 2 digits; empty for the nation."
        columns: list[_Column] = [
            ("run", "", "Which run, from 0.", [row[0] for row in found]),
            ("series", "", "Name of the series.", [self.series[row[1]] for row in found]),
            ("unit", "", "Unit of its value.", [known[row[1]].unit for row in found]),
            ("place", "", place, [row[2] for row in found]),
            ("month", "", "The month.", [row[3] for row in found]),
            ("value", "see unit", "Missing where there is nothing to divide by or count.", _reals([row[4] for row in found])),
        ]
        own = [(row[0], value) for row in rows for value in row[7]]
        for (_, _, _, values), more in zip(
            columns,
            (
                [run for run, _ in own],
                [value.series for _, value in own],
                ["" for _ in own],
                ["" for _ in own],
                [value.month for _, value in own],
                [value.value for _, value in own],
            ),
        ):
            assert isinstance(values, list) and isinstance(more, list)
            values += more
        return _native.table("monthly", "A month of a series of a run.", columns)

    def _paths(self) -> list[str]:
        """Paths that some point changes, in the order in which they appear."""
        return list(dict.fromkeys(path for changes in self.changes for path, _ in changes))

    def _factor(self, path: str, points: list[int]) -> _Column:
        """The values of a path, of the type that the path has, whatever it was written with."""
        base = self.scenario[path]
        written = [dict(changes).get(path) for changes in self.changes]
        texts = [_values.of(path, base) if text is None else text for text in written]
        kind = _values.kinds()[path]
        values: list[Any] | dict[str, list[int | None]]
        if kind.startswith("a date"):
            days = [_day(text) for text in texts]
            values = {"days": [days[point] for point in points]}
        elif kind == "a whole number":
            values = _whole([texts[point] for point in points])
        else:
            read = _READERS.get(kind, _word)
            values = [read(texts[point]) for point in points]
        about = _native_parameter(path)
        return path, str(about["unit"]), str(about["description"]), values


def _own_series(rows: Sequence[_Row]) -> dict[str, str]:
    """The series that policies returned in some run, each with its policy, in the order in which they first came."""
    return {value.series: value.policy for row in rows for value in row[7]}


def _day(text: str) -> int | None:
    """Days since 1970 of a date as it is written; None if it is none, or one that its field refuses."""
    try:
        return datetime.date.fromisoformat(text.strip('"')).toordinal() - datetime.date(1970, 1, 1).toordinal()
    except ValueError:
        return None


def _whole(texts: list[str]) -> list[Any]:
    """Whole numbers; real ones if some are not whole, as of runs that were refused for it, or missing."""
    try:
        return [int(text) for text in texts]
    except ValueError:
        return [_number(text) for text in texts]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _word(text: str) -> str:
    is_text = len(text) > 1 and text.startswith('"') and text.endswith('"')
    return text[1:-1].replace('\\"', '"').replace("\\\\", "\\") if is_text else text


#: How values are read by the kind of their path; what is none of these is a text.
_READERS: dict[str, Callable[[str], Any]] = {
    "a number": _number,
    "true or false": lambda text: text == "true",
}

_HOW = {
    "end": "That of the last month.",
    "total": "Summed over the run.",
    "mean": "Mean of the months that have one.",
    "greatest": "The greatest of all months.",
    "least": "The least of all months.",
}


#: A column: name, unit, definition, values; dates as days since 1970.
_Column = tuple[str, str, str, "list[Any] | dict[str, list[int | None]]"]


def _reals(values: list[float]) -> list[float]:
    return [float(value) for value in values]


def _read(text: str) -> Any:
    """A value by which equal ones are known, however they are written."""
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            pass
    return text


def _native_parameter(path: str) -> dict[str, Any]:
    return next(row for row in _native.parameters() if row["path"] == path)


def sweep(
    scenario: Scenario,
    factors: Mapping[str, Iterable[Any]] | Iterable[Mapping[str, Any]] | Iterable[Sequence[Any]] | None = None,
    *,
    names: Sequence[str] | None = None,
    seeds: int | Iterable[int] = 1,
    outcomes: Iterable[str] | None = None,
    series: Iterable[str] = (),
    level: str = "nation",
    jobs: int | None = None,
    at_most: float | None = None,
    progress: bool | Callable[[SweepProgress], object] = True,
    executor: Executor | Any | None = None,
    policies: Iterable[PolicyFunction] = (),
) -> Sweep:
    """Run a scenario with many changes and seeds, each run on one thread of its own.

    ``factors`` says what varies:

    - a dictionary from paths to values: every combination;
    - a list of dictionaries of changes: one point each;
    - rows of values with ``names`` for their columns, as samplers such as SALib give them;
    - nothing: the scenario as it is, with each seed.

    ``seeds`` is how many seeds each point is run with, from the scenario's own on, or the seeds themselves. All points
    share them, so that their differences are not chance's. Points that are equal are run once and share what was found;
    each has its row all the same.

    ``outcomes`` are names of :func:`series` of the nation, read at the end, or summed where they add up over months;
    ``name@mean``, ``@total``, ``@end``, ``@greatest``, ``@least`` and ``name@2015-12-31`` (the month of a day) read them
    otherwise. Unless given they are those of :class:`Run`. ``series`` are kept month by month, for each place of ``level``.

    ``jobs`` runs go on at a time, as many as there are processors unless given; each needs the scenario's memory
    (:meth:`Scenario.estimate`). A run that takes longer than ``at_most`` [seconds] is given up.

    With an ``executor`` (of ``concurrent.futures``, or a Dask client) runs are sent there in some tasks instead; results
    are the same. Other processes must have this version of the package.

    ``policies`` are functions marked by :func:`policy`, asked in every run, each with a ``memory`` for each run. What they
    return is a column of ``runs`` (the last of it) and a series of ``monthly``. What one raises stops the sweep, and is
    passed on as it is. With an executor of other processes they must be such as can be pickled.

    The interpreter lock is released meanwhile. Ctrl-C stops with :class:`SweepInterrupted`, a ``KeyboardInterrupt`` that
    holds the finished runs, and a worker that dies with :class:`SweepBroken`, which holds them too. A run that fails is noted in ``failures`` with a warning, and the rest goes on; if all are
    refused, the first one's :class:`ScenarioError` is raised.
    """
    design = _design(scenario, factors, names, seeds, outcomes, series, level)
    asked = checked(policies)
    rows: list[_Row] = []
    shared = design.shared()
    with SweepWatcher(progress, len(design.runs)) as watcher:

        def receive(row: _Row) -> None:
            for run in shared[row[0]]:
                rows.append((run, *row[1:]))
                watcher.count(row[6] is not None)

        try:
            if executor is None:
                _run(design, list(shared), jobs, at_most, receive, asked)
            else:
                _run_elsewhere(design, list(shared), executor, at_most, receive, asked)
        except KeyboardInterrupt:
            raise SweepInterrupted(Sweep(design, rows)) from None
        except _WorkersFailed as failed:
            cause = failed.args[0]
            raise SweepBroken(Sweep(design, rows), cause) from cause
    finished = Sweep(design, rows)
    _report(finished)
    return finished


def _report(finished: Sweep) -> None:
    failures = finished.failures
    if not failures:
        return
    first = failures[0]
    if len(failures) == len(finished) and all(failure.kind == "refused" for failure in failures):
        raise ScenarioError(f"every run was refused; the first because of\n{first.message}")
    text = f"{len(failures)} of {len(finished)} runs failed, the first (run {first.run}) because: {first.message}"
    warnings.warn(text, SweepWarning, stacklevel=3)


def _design(
    scenario: Scenario,
    factors: Any,
    names: Sequence[str] | None,
    seeds: int | Iterable[int],
    outcomes: Iterable[str] | None,
    series: Iterable[str],
    level: str,
) -> _Design:
    if not isinstance(scenario, Scenario):
        raise TypeError("the first argument is a Scenario: countryside.load(...)")
    points = _points(factors, names)
    changes = [_values.changes(point) for point in points]
    _refuse_unknown(scenario, changes)
    chosen = _seeds(seeds, int(scenario["seed"]))
    if not points or not chosen:
        raise ValueError("there is nothing to run: no points or no seeds")
    kept = list(_HEADLINES if outcomes is None else outcomes)
    _refuse_one_text(outcomes, "outcomes")
    _refuse_one_text(series, "series")
    if len(set(kept)) < len(kept):
        raise ValueError("an outcome is asked for twice")
    return _Design(
        scenario=scenario.copy(),
        points=points,
        changes=changes,
        seeds=chosen,
        runs=list(itertools.product(range(len(points)), chosen)),
        outcomes=kept,
        readings=_readings(kept, scenario, changes),
        series=list(series),
        level=level,
    )


def _seeds(seeds: Any, first: int) -> list[int]:
    """The seeds that are asked for, one by one or by their number."""
    if isinstance(seeds, Iterable) and not isinstance(seeds, (str, bytes)) and getattr(seeds, "ndim", 1) > 0:
        chosen = [_values.seed(seed) for seed in seeds]
    else:
        chosen = [_values.seed(first + step) for step in range(_values.seed(seeds))]
    known: set[int] = set()
    for seed in chosen:
        if seed in known:
            raise ValueError(f"the seed {seed} is given twice: its runs would be the same")
        known.add(seed)
    return chosen


def _refuse_one_text(names: object, what: str) -> None:
    if isinstance(names, str):
        raise TypeError(f"{what} are a list of names, not one text: [{names!r}]")


def _points(factors: Any, names: Sequence[str] | None) -> list[dict[str, Any]]:
    if factors is None:
        return [{}]
    if isinstance(factors, Mapping):
        lists: dict[str, list[Any]] = {}
        for path, values in factors.items():
            if isinstance(values, (str, Mapping)) or not isinstance(values, Iterable):
                raise TypeError(f"{path}: expected a list of values, found {values!r}")
            lists[path] = list(values)
            _refuse_equal(path, lists[path])
        return [dict(zip(lists, values)) for values in itertools.product(*lists.values())]
    if names is not None:
        twice = next((name for at, name in enumerate(names) if name in names[:at]), None)
        if twice is not None:
            raise ValueError(f"names: {twice!r} is given to two columns")
        return [dict(zip(names, row, strict=True)) for row in factors]
    points = list(factors)
    for point in points:
        if not isinstance(point, Mapping):
            raise TypeError(f"expected dictionaries of changes, or rows with names=[...], found {point!r}")
    return [dict(point) for point in points]


def _refuse_equal(path: str, values: list[Any]) -> None:
    """Equal values of a factor are the same runs, and would count twice."""
    known: dict[Any, Any] = {}
    for value in values:
        key = _read(_values.of(path.replace("__", "."), value))
        if key in known:
            raise ValueError(f"{path}: the value {value!r} is given before, as {known[key]!r}")
        known[key] = value


def _refuse_unknown(scenario: Scenario, changes: list[list[tuple[str, str]]]) -> None:
    """A misspelt path fails at once, and not in each run."""
    unknown = {path: text for point in changes for path, text in point if path not in _values.kinds()}
    if unknown:
        scenario._native.with_changes(list(unknown.items()))
    if any(path == "seed" for point in changes for path, _ in point):
        raise ValueError("seeds are not changes: give them as seeds=[...]")


def _readings(
    outcomes: list[str], scenario: Scenario, changes: list[list[tuple[str, str]]]
) -> list[tuple[str, str]]:
    """Names of series with how each is read: by default the end, or the sum of what adds up."""
    split = [name.partition("@") for name in outcomes]
    known = _native.series("nation", [name for name, _, _ in split])
    # Where the runs' own days are varied, which of them reach a day is not known here.
    if not any(path in {"start", "end"} for point in changes for path, _ in point):
        for name, _, how in split:
            _refuse_outside(name, how, str(scenario["start"]), str(scenario["end"]))
    return [(name, how or ("total" if found.is_flow else "end")) for (name, _, how), found in zip(split, known)]


def _refuse_outside(name: str, how: str, start: str, end: str) -> None:
    """A day that the run does not reach has no value in any run."""
    try:
        day = datetime.date.fromisoformat(how)
    except ValueError:
        return
    if not start <= day.isoformat() <= end:
        raise ValueError(f"{name}@{how}: the day is outside the run, {start} to {end}")


def _run(
    design: _Design,
    runs: Iterable[int],
    jobs: int | None,
    at_most: float | None,
    receive: Callable[[_Row], object],
    policies: Sequence[PolicyFunction],
) -> None:
    numbered = [(run, *design.runs[run]) for run in runs]
    work = (design.scenario._native, design.changes, numbered, design.readings, design.series, design.level)
    _run_numbered(work, jobs, at_most, receive, policies)


def _run_numbered(
    work: _Work,
    jobs: int | None,
    at_most: float | None,
    receive: Callable[[_Row], object],
    policies: Sequence[PolicyFunction],
) -> None:
    """Runs: those without policies never meet the interpreter on their way, the others do between two windows."""
    if policies:
        PolicyRuns(policies, *work, at_most).run(jobs, receive)
    else:
        _native.ensemble(*work, jobs, at_most, lambda row: receive((*row, ())))


def _task(
    scenario: Scenario,
    changes: list[list[tuple[str, str]]],
    runs: list[tuple[int, int, int]],
    readings: list[tuple[str, str]],
    series: list[str],
    level: str,
    at_most: float | None,
    version: str,
    policies: Sequence[PolicyFunction],
) -> list[_Row]:
    """Some runs, one after the other, in another process."""
    if version != _native.__version__:
        raise RuntimeError(f"the worker has countryside {_native.__version__}, the sweep comes from {version}")
    rows: list[_Row] = []
    work = (scenario._native, changes, runs, readings, series, level)
    _run_numbered(work, 1, at_most, rows.append, policies)
    return rows


def _run_elsewhere(
    design: _Design,
    made: list[int],
    executor: Any,
    at_most: float | None,
    receive: Callable[[_Row], object],
    policies: Sequence[PolicyFunction],
) -> None:
    if not isinstance(executor, Executor) and hasattr(executor, "get_executor"):
        executor = executor.get_executor()  # a Dask client
    size = math.ceil(len(made) / _TASKS)
    tasks: list[Future[list[_Row]]] = []
    broken: BaseException | None = None
    for first in range(0, len(made), size):
        runs = [(run, *design.runs[run]) for run in made[first : first + size]]
        # Only the points of these runs are sent, numbered anew.
        points = sorted({point for _, point, _ in runs})
        renumbered = [(run, points.index(point), seed) for run, point, seed in runs]
        changes = [design.changes[point] for point in points]
        work = (design.scenario, changes, renumbered, design.readings, design.series, design.level)
        try:
            tasks.append(executor.submit(_task, *work, at_most, _native.__version__, policies))
        except RuntimeError as refused:  # a pool that broke meanwhile takes no more
            broken = refused
            break
    try:
        # What others finish after one has died is kept as well.
        for task in as_completed(tasks):
            error = task.exception()
            if error is None:
                for row in task.result():
                    receive(row)
            elif broken is None:
                broken = error
    except BaseException:
        for task in tasks:
            task.cancel()
        raise
    if broken is not None:
        raise _WorkersFailed(broken)
