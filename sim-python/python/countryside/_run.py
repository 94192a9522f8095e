"""What a run found."""

from __future__ import annotations

import csv
import html
import io
import json
import math
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from . import _native
from ._named import Named
from ._policy import OwnValue, own_table


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

    def __init__(self, native: _native.Results, seconds: float, own: Sequence[OwnValue] | None = None) -> None:
        months = tuple(native.months)
        outcomes = [
            Outcome(name, unit, definition, value, is_sum, months, tuple(series))
            for name, unit, definition, value, is_sum, series in native.headline
        ]
        tables = dict(native.tables)
        if own is not None:
            outcomes += _own_outcomes(own, months)
            tables["policy"] = own_table(own)
        self.outcomes: Outcomes = Outcomes({outcome.name: outcome for outcome in outcomes})
        """Headline figures of the nation, with units, and series of policies of one's own."""
        self.tables: Tables = Tables(tables)
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

    def save(self, folder: str | os.PathLike[str]) -> None:
        """Write everything into a new folder: ``scenario.ron``, which makes the run again (``countryside run``), a CSV file
        for each table, ``outcomes.csv`` by month, ``columns.csv`` with every unit, and ``run.json`` with fingerprint and
        version. A folder that is there already is left as it is, with ``FileExistsError``."""
        texts = [("scenario.ron", self.scenario)]
        for name, table in self.tables.items():
            texts.append((f"{name}.csv", _csv(table, zip(*(table[column] for column in table)))))
        months = [(month, *values) for month, *values in zip(self.months, *(o.series for o in self.outcomes.values()))]
        texts.append(("outcomes.csv", _csv(["month", *self.outcomes], months)))
        units = [(name, c.name, c.unit, c.definition) for name, t in self.tables.items() for c in map(t.__getitem__, t)]
        units += [("outcomes", outcome.name, outcome.unit, outcome.definition) for outcome in self.outcomes.values()]
        texts.append(("columns.csv", _csv(["table", "column", "unit", "definition"], units)))
        about = {"fingerprint": self.fingerprint, "version": self.version, "until": self.until, "seconds": self.seconds}
        texts.append(("run.json", json.dumps(about, indent=2) + "\n"))
        _native.write_folder(os.fspath(folder), texts)

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


def _own_outcomes(own: Sequence[OwnValue], months: tuple[str, ...]) -> list[Outcome]:
    """Series of policies, month by month; where a month has several values the last of them."""
    found: dict[str, dict[str, float]] = {}
    policies = {value.series: value.policy for value in own}
    for value in own:
        found.setdefault(value.series, {})[value.month] = value.value
    outcomes = []
    for name, values in found.items():
        series = tuple(values.get(month, math.nan) for month in months)
        last = own_last(own, name)
        outcomes.append(Outcome(name, "", f"Returned by the policy {policies[name]}.", last, False, months, series))
    return outcomes


def own_last(own: Sequence[OwnValue], name: str) -> float:
    """The last value of a series of a policy; not-a-number if it returned none."""
    return next((value.value for value in reversed(own) if value.series == name), math.nan)


def _csv(header: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table as CSV, safe to open in a spreadsheet; what is missing is an empty cell."""

    def cell(value: object) -> object:
        if isinstance(value, str):
            return _native.guarded(value)
        return "" if isinstance(value, float) and math.isnan(value) else value

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([cell(name) for name in header])
    writer.writerows([cell(value) for value in row] for row in rows)
    return text.getvalue()


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
