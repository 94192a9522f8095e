"""Scenarios as dictionaries of paths and values."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from . import _native, _values
from ._named import missing
from ._policy import PolicyFunction
from ._progress import RunProgress
from ._run import Run
from ._simulation import Simulation


def scenarios() -> dict[str, str]:
    """The built-in scenarios: name and question, from the smallest on."""
    return dict(_native.scenarios())


def load(
    source: str | os.PathLike[str] | Mapping[str, Any],
    changes: Mapping[str, Any] | None = None,
    /,
    **more: Any,
) -> Scenario:
    """Read a scenario, with changes.

    ``source`` is a scenario file, the name of a built-in scenario, a dictionary (which may name a ``base``), or another
    scenario. Changes are paths with values; as keywords, ``household__elasticity=3`` is ``household.elasticity``, and a
    section can be a dictionary.

        >>> load("tiny", seed=7)["seed"]
        7
        >>> load({"base": "tiny", "household": {"elasticity": 3}})["household.elasticity"]
        3.0

    Raises :class:`ScenarioError` (a ``ValueError``) with all faults at once, each with file, line, field and suggestion.
    """
    layers = (changes or {}, more)
    if isinstance(source, Scenario):
        return Scenario(source._native.with_changes(_values.changes(*layers)))
    if isinstance(source, Mapping):
        own = {path: value for path, value in source.items() if path != "base"}
        base = source.get("base")
        base = None if base is None else os.fspath(base)
        return Scenario(_native.Scenario.build(base, _values.changes(*layers, over=own)))
    return Scenario(_native.Scenario.load(os.fspath(source), _values.changes(*layers)))


class Estimate(NamedTuple):
    """What a run will take, by arithmetic alone."""

    counties: int
    """Counties."""
    villages: int
    """Villages."""
    households: int
    """Households."""
    records: int
    """Household records that stand for them."""
    bytes: int
    """Memory at the end of the run, about [bytes]."""


class Scenario(Mapping[str, Any]):
    """A sound scenario: every value in range and consistent with the others.

    A dictionary from paths (``household.elasticity``) to values; :func:`parameters` has their units, ranges, defaults
    and sources. A section (``household``) gives a read-only dictionary of its own. Setting checks at once, and after an
    error all is as before. A scenario can be pickled: it carries the files it was read from.
    """

    __slots__ = ("_native",)
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, native: _native.Scenario) -> None:
        self._native = native

    def __getitem__(self, path: str) -> Any:
        if path in _values.kinds():
            return self._native.get(path)
        prefix = f"{path}."
        section = {known[len(prefix) :]: self[known] for known in _values.kinds() if known.startswith(prefix)}
        if not section:
            raise missing("path", path, _values.kinds())
        return MappingProxyType(section)

    def __setitem__(self, path: str, value: Any) -> None:
        self.update({path: value})

    def __iter__(self) -> Iterator[str]:
        return iter(_values.kinds())

    def __len__(self) -> int:
        return len(_values.kinds())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scenario) and self.text == other.text

    def __repr__(self) -> str:
        number = len(self._native.changes)
        changed = f"; {number} {'change' if number == 1 else 'changes'}" if number else ""
        return f"<countryside.Scenario {self['name']}: {self['start']} to {self['end']}, seed {self['seed']}{changed}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, self._native.state()

    def update(self, changes: Mapping[str, Any] | None = None, /, **more: Any) -> None:
        """Change several values at once, all or none; for values that are consistent only together."""
        self._native = self._native.with_changes(_values.changes(changes or {}, more))

    def copy(self) -> Scenario:
        """Another scenario with the same values."""
        return Scenario(self._native)

    @property
    def name(self) -> str:
        """Its name."""
        return str(self["name"])

    @property
    def question(self) -> str:
        """The question that it answers."""
        return str(self["question"])

    @property
    def changes(self) -> dict[str, Any]:
        """The values that were changed since it was read."""
        return {path: self[path] for path, _ in self._native.changes}

    @property
    def warnings(self) -> list[_native.Fault]:
        """What is allowed but probably not meant."""
        return self._native.warnings

    @property
    def text(self) -> str:
        """The whole scenario as a scenario file, every value written out."""
        return self._native.text

    @property
    def hash(self) -> str:
        """A fingerprint of everything that determines results: all but name and question."""
        return self._native.hash

    def origin(self, path: str) -> str | None:
        """Where the value at a path was written, like ``my.ron:12:5``; None if it is the default."""
        origin = self._native.origin(path)
        if origin is None:
            if path not in _values.kinds():
                raise missing("path", path, _values.kinds())
            return None
        file, line, column, _ = origin
        return f"{file} {line}" if file == "change" else f"{file}:{line}:{column}"

    def estimate(self) -> Estimate:
        """What a run will take, before anything is allocated."""
        return Estimate(*self._native.estimate())

    def simulate(
        self, *, seed: int | None = None, threads: int | None = None, policies: Iterable[PolicyFunction] = ()
    ) -> Simulation:
        """Make the simulation, to be stepped by hand.

        ``threads`` is as many as there are processors unless given, and changes no result. ``policies`` are those of
        :meth:`run`.
        """
        return Simulation(_native.Simulation.build(self._seeded(seed), threads), policies, self["rules"])

    def run(
        self,
        *,
        seed: int | None = None,
        threads: int | None = None,
        progress: bool | Callable[[RunProgress], object] = True,
        policies: Iterable[PolicyFunction] = (),
    ) -> Run:
        """Run to the end.

        ``policies`` are functions marked by :func:`policy`, asked in their order between two windows. What they decide is
        in the run's ``scenario`` as rules with a day, which give the same fingerprint without Python. What one raises
        stops the run, and is passed on as it is.

        The interpreter lock is released meanwhile. Ctrl-C stops at the next window's end with ``KeyboardInterrupt``;
        to keep what a stopped run has reached, use :meth:`simulate`.

        ``progress`` shows a bar where somebody can watch (tqdm's if it is installed), or is called with a
        :class:`RunProgress` some twenty times a second; what it raises stops the run.
        """
        return self.simulate(seed=seed, threads=threads, policies=policies).run(progress=progress)

    def _seeded(self, seed: int | None) -> _native.Scenario:
        if seed is None:
            return self._native
        return self._native.with_changes(_values.changes({"seed": _values.seed(seed)}))


def _restored(path: str, files: list[tuple[str, bytes]], changes: list[tuple[str, str]]) -> Scenario:
    return Scenario(_native.Scenario.restore(path, files, changes))
