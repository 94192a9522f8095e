"""What a run found."""

from __future__ import annotations

import html
import math
from collections.abc import Iterable
from dataclasses import dataclass

from . import _native
from ._named import Named


@dataclass(frozen=True, repr=False)
class Outcome:
    """A headline figure of the nation."""

    name: str
    """Its name, as in the tables."""
    unit: str
    """Its unit."""
    definition: str
    """What it is."""
    value: float
    """Summed over the run where ``is_sum``, else that of the last month; not-a-number if missing."""
    is_sum: bool
    """Whether the value is a sum over the run."""
    months: tuple[str, ...]
    """The months, like ``2014-10``."""
    series: tuple[float, ...]
    """Month by month, in the same unit; not-a-number where missing."""

    def __float__(self) -> float:
        return self.value

    def __repr__(self) -> str:
        return f"{self.name}: {shown(self.value)} {self.unit}"


class Outcomes(Named[Outcome]):
    """Headline figures by name."""

    _kind = "outcome"

    def to_dict(self) -> dict[str, float]:
        """The values alone, each in its outcome's unit."""
        return {name: outcome.value for name, outcome in self.items()}

    def _rows(self) -> list[tuple[str, str, str, str]]:
        def row(outcome: Outcome) -> tuple[str, str, str, str]:
            what = "whole run" if outcome.is_sum else "last month"
            return outcome.name, shown(outcome.value), outcome.unit, what

        return [row(outcome) for outcome in self.values()]

    def __repr__(self) -> str:
        rows = self._rows()
        width = max((len(row[0]) for row in rows), default=0)
        digits = max((len(row[1]) for row in rows), default=0)
        return "\n".join(f"{name:<{width}}  {value:>{digits}} {unit} ({what})" for name, value, unit, what in rows)

    def _repr_html_(self) -> str:
        return _html(("outcome", "value", "unit", "of"), self._rows())


class Tables(Named[_native.Table]):
    """Tables by name: ``nation``, ``province``, ``county``, ``village``, ``partner``, ``ledger`` and others."""

    _kind = "table"

    def __repr__(self) -> str:
        return "\n".join(repr(table) for table in self.values())

    def _repr_html_(self) -> str:
        rows = [(t.name, str(t.num_rows), str(len(t)), t.description) for t in self.values()]
        return _html(("table", "rows", "columns", "a row is"), rows)


class Run:
    """The results of a run, to its end or to where a simulation stands."""

    def __init__(self, native: _native.Results, seconds: float) -> None:
        months = tuple(native.months)
        outcomes = (
            Outcome(name, unit, definition, value, is_sum, months, tuple(series))
            for name, unit, definition, value, is_sum, series in native.headline
        )
        self.outcomes: Outcomes = Outcomes({outcome.name: outcome for outcome in outcomes})
        """Headline figures of the nation, with units."""
        self.tables: Tables = Tables(dict(native.tables))
        """All tables; money in them is in fen (1 yuan = 100 fen) where the column's unit says so."""
        self.fingerprint: str = native.fingerprint
        """128 bits of everything that happened: the command's for the same scenario, seed and version."""
        self.months: tuple[str, ...] = months
        """The months that have ended, like ``2014-10``."""
        self.scenario: str = native.scenario
        """The scenario as it was run, as a scenario file."""
        self.until: str = native.until
        """The midnight up to which it ran, like ``2016-10-01``."""
        self.version: str = _native.__version__
        """The version that ran it."""
        self.seconds: float = seconds
        """Time it took [seconds]."""
        self.counties, self.villages, self.households, self.events, self.orders = native.counts

    def __repr__(self) -> str:
        return f"<countryside.Run to {self.until}: {self._size()}; fingerprint {self.fingerprint}>"

    def _size(self) -> str:
        size = (
            (self.counties, "county", "counties"),
            (self.villages, "village", "villages"),
            (self.orders, "order", "orders"),
        )
        return ", ".join(f"{number:,} {one if number == 1 else many}" for number, one, many in size)

    def __str__(self) -> str:
        return f"{self._size()}\n{self.outcomes!r}\nfingerprint {self.fingerprint} (version {self.version})"

    def _repr_html_(self) -> str:
        head = f"{self._size()}, to {self.until}"
        foot = f"fingerprint {self.fingerprint} (version {self.version})"
        return f"<p>{head}</p>{self.outcomes._repr_html_()}<p><code>{foot}</code></p>"


def shown(value: float) -> str:
    """A number to read: whole from a hundred on, three digits that count below."""
    if math.isnan(value):
        return "-"
    if abs(value) >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _html(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    def line(cells: Iterable[str], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells) + "</tr>"

    body = "".join(line(row, "td") for row in rows)
    return f"<table><thead>{line(header, 'th')}</thead><tbody>{body}</tbody></table>"
