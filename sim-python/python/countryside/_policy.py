"""Policies of your own: functions that see a run between two windows and set levers."""

from __future__ import annotations

import datetime
import itertools
import math
import numbers
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from . import _native, _values
from ._named import missing

_Function = TypeVar("_Function", bound=Callable[..., Any])

#: A policy as it is called.
PolicyFunction = Callable[["State"], "Mapping[str, float] | None"]

#: How often a policy can be asked, with the months of the year after which it is.
_EVERY: dict[str, Collection[int]] = {
    "window": (),
    "month": range(1, 13),
    "quarter": (3, 6, 9, 12),
    "year": (12,),
}

#: Where the decorator leaves its mark on a function.
_MARK = "__countryside_policy__"

#: Places that are said by a word.
_WORDS = ("Nation", "Poverty", "NotPoverty", "Remote")

#: How counties begin in RON.
_CODES = "Counties(["
#: Places of which none is meant: what is set there is set nowhere.
_NO_COUNTY = "Counties([])"


class PolicyError(ValueError):
    """A policy set or returned what cannot be. ``policy``, ``month``, ``lever``, ``place`` and ``value`` say where, and
    ``expected`` what was wrong and what was expected."""

    def __init__(
        self, policy: str, month: str, lever: str | None, place: str, value: Any, expected: str
    ) -> None:
        what = f"returned {value!r}" if lever is None else f"{lever} = {value!r} in {place}"
        super().__init__(f"policy {policy!r}, {month}: {what}: {expected}")
        self.policy, self.month, self.lever = policy, month, lever
        self.place, self.value, self.expected = place, value, expected

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.policy, self.month, self.lever, self.place, self.value, self.expected)


class _Mark(NamedTuple):
    name: str
    every: str


def policy(
    function: _Function | None = None, /, *, every: str = "month", name: str | None = None
) -> Any:
    """Mark a function as a policy, to be given to :meth:`Scenario.run` or :func:`sweep` as one of ``policies``.

    It is called with a :class:`State` after each ``month`` that closes, each ``quarter``, ``year`` or ``window``. What it
    sets there holds from the next day on. What it returns, a dictionary from names to numbers or nothing, comes out with
    the run's outcomes.

        >>> import countryside
        >>> @countryside.policy(every="quarter")
        ... def pay_for_few_buyers(state):
        ...     few = [share < 0.6 for share in state.counties["buying_share"]]
        ...     state.set("programme.base_pay", 500, places=few)
        ...     return {"counties_paid": sum(few)}
        >>> run = countryside.load("tiny").run(policies=[pay_for_few_buyers])
        >>> run.outcomes["counties_paid"].series[2]
        1.0

    The function stays a plain function. For the same results each time it must depend on the state alone, and keep what it
    remembers in ``state.memory``.
    """
    if every not in _EVERY:
        raise ValueError(f"every={every!r}: expected one of {', '.join(_EVERY)}")

    def marked(function: _Function) -> _Function:
        own: str = name or str(getattr(function, "__name__", type(function).__name__))
        own = "policy" if own == "<lambda>" else own
        if not 1 <= len(own) <= 60 or not own[0].isalnum() or not all(c.isalnum() or c in " _-." for c in own):
            raise ValueError(f"name={own!r}: expected 1 to 60 letters, digits, blanks, `_`, `-` and `.`, a letter or digit first")
        setattr(function, _MARK, _Mark(own, every))
        return function

    return marked if function is None else marked(function)


class Counties(Mapping[str, _native.Column]):
    """Columns with a row for each county: what counties are (``county``, ``poverty_county``, ``km_to_capital`` and others),
    and every series of the county level (:func:`series`) in the last month."""

    def __init__(self, native: _native.Simulation) -> None:
        self._native = native
        self._places = native.counties()
        self._figures: dict[str, _native.Column] = {}

    def __getitem__(self, name: str) -> _native.Column:
        if name in self._places:
            return self._places[name]
        if name not in self._figures:
            try:
                self._figures[name] = self._native.figure("county", name)[name]
            except ValueError:
                raise missing("column of counties", name, self) from None
        return self._figures[name]

    def __iter__(self) -> Iterator[str]:
        return itertools.chain(self._places, (known.name for known in _native.series("county")))

    def __len__(self) -> int:
        """Columns; how many counties there are is ``len(counties["county"])``."""
        return sum(1 for _ in self)

    def __contains__(self, name: object) -> bool:
        return name in set(self)


class Nation(Mapping[str, float]):
    """The nation's series (:func:`series`) in the last month."""

    def __init__(self, native: _native.Simulation) -> None:
        self._native = native

    def __getitem__(self, name: str) -> float:
        try:
            value = self._native.figure("nation", name)[name][0]
        except ValueError:
            raise missing("series of the nation", name, self) from None
        return math.nan if value is None else float(value)

    def __iter__(self) -> Iterator[str]:
        return (known.name for known in _native.series("nation"))

    def __len__(self) -> int:
        return len(_native.series("nation"))


class State:
    """A run between two windows, as a policy sees it. It is of its moment: when the policy has returned, it is over."""

    def __init__(self, native: _native.Simulation, policy: str, memory: dict[str, Any], known: _Known) -> None:
        self._native: _native.Simulation | None = native
        self._policy, self._known = policy, known
        self._counties: Counties | None = None
        self._decided: list[str] = []
        self._touched: set[str] = set()
        self._levers: dict[str, list[Any]] = {}
        self.memory: dict[str, Any] = memory
        """A dictionary of the policy's own, which lasts as long as the run."""
        self.now: datetime.date = datetime.date.fromisoformat(native.now)
        """The end of the last window: the midnight that begins this day."""
        self.month: str = known.month
        """The last month that has closed, like ``2014-10``; empty before the first."""

    @property
    def _run(self) -> _native.Simulation:
        if self._native is None:
            raise RuntimeError("this State is over: it is of the moment for which the policy was called")
        return self._native

    @property
    def nation(self) -> Nation:
        """The nation's series in the last month, by name: ``state.nation["buying_share"]``."""
        return Nation(self._run)

    @property
    def counties(self) -> Counties:
        """Columns of counties, by name: what they are, and their series in the last month."""
        if self._counties is None:
            self._counties = Counties(self._run)
        return self._counties

    @property
    def villages(self) -> _native.Table:
        """Each village now: position, roads, households, buyers, station, shops."""
        return self._run.snapshot()

    @property
    def partners(self) -> _native.Table:
        """Each station that had a partner, as it stands: skill, income, outside option."""
        return self._run.partners()

    @property
    def shops(self) -> _native.Table:
        """Each open shop: trade, stage, age, workers, cash, debt."""
        return self._run.shops()

    def households(self, about: int = 1000) -> _native.Table:
        """About so many household records spread over all villages, the same ones each time; ``weight`` is how many
        households a record stands for."""
        return self._run.households(about)

    def lever(self, path: str) -> list[Any]:
        """A lever as it is decided so far, a value for each county in the order of :attr:`counties`. Villages for which
        it is set otherwise are not looked at."""
        values = self._run.lever(path)
        if values is None:
            raise missing("lever", path, _values.kinds())
        return values

    def set(
        self,
        path: str,
        value: Any,
        *,
        places: Any = None,
        villages: str | None = None,
        until: str | datetime.date | None = None,
    ) -> None:
        """Set a lever from the next day on, ``until`` a day or until it is set again.

        ``value`` is one value, or a sequence with one for each county (not-a-number leaves a county as it is).

        ``places`` are all unless given: a word (``"Poverty"``, ``"NotPoverty"``, ``"Remote"``), codes of counties, truths
        with one for each county, or ``{"Provinces": [...]}`` as in scenario files. ``villages`` is a condition on what
        villages are from the beginning, such as ``"to_seat > 40"``.

        Raises :class:`PolicyError` at once for what cannot be set, and then nothing is.
        """
        path = path.replace("__", ".")
        decided: list[str] = []
        if villages is not None or until is not None:
            self._known.uneven.add(path)
        for one, where in self._split(path, value, places):
            place = where if villages is None else f"{where}, villages with {villages}"
            try:
                rule = self._rule(len(decided), path, one, where, villages, until)
                self._run.check_decisions(f"[{rule}]")
            except _native.ScenarioError as error:
                raise self._refused(path, place, one, _reason(error)) from None
            except (TypeError, ValueError) as error:
                raise self._refused(path, place, one, str(error)) from None
            if not self._is_so(path, one, where):
                decided.append(rule)
                self._known.say(path, where, _values._plain(one))
        if decided:
            self._touched.add(path)
            self._decided += decided

    def _rule(
        self, number: int, path: str, value: Any, where: str, villages: str | None, until: Any
    ) -> str:
        """A rule in RON that sets a lever from the next day on."""
        name = f"{self._policy} {self._run.first_day_of_decisions} {len(self._decided) + number + 1}"
        parts = [f"name: {_values._quoted(name)}", f"in: {where}", f"set: {_values._levers({path: value})}"]
        parts += [] if villages is None else [f"villages: {_values._quoted(villages)}"]
        parts += [] if until is None else [f"until: {_values._ron(until)}"]
        return f"({', '.join(parts)})"

    def _is_so(self, path: str, value: Any, where: str) -> bool:
        """Whether a lever is decided so already, in all counties of some places, as far as that is known: to say it again
        is then no decision. It is not where rules of the scenario or of villages, or an end, may have their say."""
        plain = _values._plain(value)
        if path in self._known.uneven:
            return False
        # A lever of the nation is none of any county.
        if where == "Nation" and self._known.said.get(path) == (plain,):
            return True
        if path in self._touched:
            return False
        counties = self.counties
        codes = counties["county"].to_list()
        if where.startswith(_CODES):
            named = set(where[len(_CODES) : -len("])")].split(", "))
            chosen = [code in named for code in codes]
        elif where in {"Poverty", "NotPoverty"}:
            chosen = [poor is (where == "Poverty") for poor in counties["poverty_county"]]
        elif where == "Nation":
            chosen = [True] * len(codes)
        else:
            return False
        if path not in self._levers:
            self._levers[path] = self.lever(path)
        return all(now == plain for now, is_in in zip(self._levers[path], chosen) if is_in)

    def _refused(self, path: str, place: str, value: Any, expected: str) -> PolicyError:
        return PolicyError(self._policy, self.month, path, place, value, expected)

    def _split(self, path: str, value: Any, places: Any) -> list[tuple[Any, str]]:
        """Values with the places that get each, in RON; equal values together, in order of the first county."""
        plain = _values._plain(value)
        if not isinstance(plain, (list, tuple)):
            where = self._places(path, value, places)
            return [] if where == _NO_COUNTY else [(value, where)]
        codes = self.counties["county"].to_list()
        if len(plain) != len(codes):
            expected = f"expected one value, or one for each of {len(codes)} counties, not {len(plain)}"
            raise self._refused(path, "all counties", value, expected)
        chosen = self._chosen(path, value, places)
        groups: dict[Any, list[str]] = {}
        for code, one in zip(codes, plain):
            if code in chosen and not (isinstance(one, float) and math.isnan(one)):
                groups.setdefault(one, []).append(code)
        return [(one, f"Counties([{', '.join(found)}])") for one, found in groups.items()]

    def _chosen(self, path: str, value: Any, places: Any) -> frozenset[str]:
        """The codes of the counties that places mean, where each county has a value of its own."""
        if places is None:
            return frozenset(self.counties["county"].to_list())
        text = self._places(path, value, places)
        if not text.startswith(_CODES):
            raise self._refused(path, text, value, "with a value for each county, expected codes or truths for places")
        return frozenset(text[len(_CODES) : -len("])")].split(", "))

    def _places(self, path: str, value: Any, places: Any) -> str:
        """Places in RON, as rules have them."""
        plain = _values._plain(places)
        if plain is None:
            return "Nation"
        if isinstance(plain, str) and plain in _WORDS:
            return plain
        if isinstance(plain, Mapping):
            return _values._ron(plain)
        codes = list(plain) if isinstance(plain, Iterable) and not isinstance(plain, str) else [plain]
        if codes and all(isinstance(code, bool) for code in codes):
            all_codes = self.counties["county"].to_list()
            if len(codes) != len(all_codes):
                expected = f"expected a truth for each of {len(all_codes)} counties, not {len(codes)}"
                raise self._refused(path, "places", value, expected)
            codes = [code for code, is_in in zip(all_codes, codes) if is_in]
        for code in codes:
            if isinstance(code, bool) or not str(code).isdecimal():
                expected = f"{code!r} is no place: expected {', '.join(_WORDS)}, codes of counties or a truth for each"
                raise self._refused(path, repr(places), value, expected)
        return f"Counties([{', '.join(str(code) for code in codes)}])"


def _reason(error: _native.ScenarioError) -> str:
    fault = error.faults[0]
    return f"{fault.message}; {fault.suggestion}" if fault.suggestion else fault.message


class _Known:
    """What the policies of a run share: the month, and levers of which it is not known how they are set everywhere."""

    def __init__(self, uneven: Iterable[str]) -> None:
        self.month = ""
        self.uneven = set(uneven)
        self.said: dict[str, tuple[Any]] = {}

    def say(self, path: str, where: str, value: Any) -> None:
        """Takes note of what was decided last of a lever, if it was for all places."""
        self.said.pop(path, None)
        if where == "Nation":
            self.said[path] = (value,)


class OwnValue(NamedTuple):
    """A value of a series of a policy's own."""

    month: str
    date: datetime.date
    policy: str
    series: str
    value: float


class Policies:
    """The policies of one run."""

    def __init__(self, policies: Iterable[PolicyFunction], has_rules: bool, taken: Collection[str] = ()) -> None:
        self._marked = [(function, _mark(function)) for function in policies]
        names = [mark.name for _, mark in self._marked]
        twice = next((name for at, name in enumerate(names) if name in names[:at]), None)
        if twice is not None:
            raise ValueError(f"two policies are called {twice!r}: give one another name=...")
        self._memories: list[dict[str, Any]] = [{} for _ in self._marked]
        self._known = _Known(_values.kinds() if has_rules else ())
        self._taken = {*taken, *(known.name for known in _native.series("nation"))} if self._marked else set()
        self._owner: dict[str, str] = {}
        self._months = 0
        self.values: list[OwnValue] = []

    def __bool__(self) -> bool:
        return bool(self._marked)

    @property
    def each_window(self) -> bool:
        """Whether one of them is asked at each window's end."""
        return any(mark.every == "window" for _, mark in self._marked)

    def skip_past(self, native: _native.Simulation) -> None:
        """Months that have closed before they came are none of theirs."""
        self._months = len(native.months)

    def decide(self, native: _native.Simulation) -> None:
        """Asks those whose time it is."""
        months = native.months
        closed = {int(month[-2:]) for month in months[self._months :]}
        self._months = len(months)
        self._known.month = months[-1] if months else ""
        for (function, mark), memory in zip(self._marked, self._memories):
            if mark.every == "window" or closed.intersection(_EVERY[mark.every]):
                state = State(native, mark.name, memory, self._known)
                try:
                    returned = function(state)
                    self._keep(state, mark.name, mark.every, returned)
                    if state._decided:
                        native.decide(f"[{', '.join(state._decided)}]")
                finally:
                    state._native = None

    def _keep(self, state: State, policy: str, every: str, returned: Any) -> None:
        if returned is None:
            return
        if not isinstance(returned, Mapping):
            raise PolicyError(policy, state.month, None, "", returned, "expected a dictionary of numbers by name, or nothing")
        month = (state.now - datetime.timedelta(days=1)).isoformat()[:7] if every == "window" else state.month
        for name, value in returned.items():
            plain = math.nan if value is None else _values._plain(value)
            if not isinstance(name, str) or not isinstance(plain, numbers.Real):
                raise PolicyError(policy, state.month, None, "", {name: value}, "expected numbers by name")
            owner = self._owner.setdefault(name, policy)
            if owner != policy or name in self._taken:
                expected = f"the name is taken by {'an outcome' if owner == policy else f'the policy {owner!r}'}"
                raise PolicyError(policy, state.month, None, "", {name: value}, expected)
            self.values.append(OwnValue(month, state.now, policy, name, float(plain)))


def _mark(function: Any) -> _Mark:
    mark = getattr(function, _MARK, None)
    if not isinstance(mark, _Mark):
        raise TypeError(f"{function!r} is no policy: mark it with @countryside.policy(every=\"month\")")
    return mark


def checked(policies: Iterable[PolicyFunction]) -> Sequence[PolicyFunction]:
    """Policies that can be called, for who asks before there is a run."""
    found = list(policies)
    Policies(found, False)
    return found


def own_table(values: Sequence[OwnValue]) -> _native.Table:
    """Own series, a row a value."""
    day = datetime.date(1970, 1, 1).toordinal()
    return _native.table(
        "policy",
        "Series of policies of one's own, as they returned them.",
        [
            ("month", "", "The month.", [value.month for value in values]),
            ("date", "", "When the policy was asked.", {"days": [value.date.toordinal() - day for value in values]}),
            ("policy", "", "Its name.", [value.policy for value in values]),
            ("series", "", "Name of the series.", [value.series for value in values]),
            ("value", "", "Its value.", [value.value for value in values]),
        ],
    )
