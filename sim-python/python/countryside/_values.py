"""Python's values as scenario files write them."""

from __future__ import annotations

import datetime
import functools
import math
import operator
from collections.abc import Mapping
from typing import Any

from . import _native

#: Fields inside a value that are words and not texts: of shocks, of rules for places, and of rules and targets.
_WORDS = frozenset({"kind", "kinds", "rank_by", "in", "each", "repeat"})


@functools.cache
def kinds() -> dict[str, str]:
    """The kind of value at each path, in words: ``a whole number``, ``one of Shopkeepers, Returnees, Both``."""
    return {str(row["path"]): str(row["kind"]) for row in _native.parameters()}


def changes(*layers: Mapping[str, Any], over: Mapping[str, Any] | None = None) -> list[tuple[str, str]]:
    """Paths and values in RON of dictionaries; ``over`` is what they change, and gives way to them.

    Sections may be dictionaries themselves, and ``section__name`` is ``section.name``. A path that is set twice, in
    whatever way it is written, is refused: which of the two was meant is not known.
    """
    below: dict[str, str] = {}
    _flatten("", over or {}, below, {}, "")
    found: dict[str, str] = {}
    written: dict[str, str] = {}
    for layer in layers:
        _flatten("", layer, found, written, "")
    for path in found:
        below.pop(path, None)
    return list((below | found).items())


def _flatten(prefix: str, layer: Mapping[str, Any], found: dict[str, str], written: dict[str, str], way: str) -> None:
    for name, value in layer.items():
        if not isinstance(name, str):
            raise TypeError(f"paths are texts like 'household.elasticity', not {name!r}")
        path = prefix + name.replace("__", ".")
        here = f"{way}[{name!r}]" if way else repr(name)
        if isinstance(value, Mapping) and path not in kinds():
            _flatten(f"{path}.", value, found, written, here)
        elif path in found:
            raise ValueError(f"{path} is set twice, as {written[path]} and as {here}: give it once")
        else:
            found[path] = of(path, value)
            written[path] = here


def of(path: str, value: Any) -> str:
    """A value for a path, in RON. Where no text is expected, a text is RON already, as after the command's ``--set``."""
    value = _plain(value)
    if isinstance(value, str):
        is_text = kinds().get(path, "").startswith(("a text", "a date", "the path"))
        return _quoted(value) if is_text else value
    # Samplers know real numbers only: 3.0 is 3 where a whole number is expected, and 3.5 is refused there.
    if isinstance(value, float) and value.is_integer() and kinds().get(path) == "a whole number":
        return str(int(value))
    return _ron(value)


def seed(value: Any) -> int:
    """A seed: a whole number from 0 on, of Python's, NumPy's or any other kind of whole numbers."""
    value = _plain(value)
    if isinstance(value, bool):
        raise ValueError(f"a seed is a whole number, not {value!r}")
    if isinstance(value, float) and not value.is_integer():
        raise ValueError(f"a seed is a whole number, not {value!r}")
    try:
        whole = int(value) if isinstance(value, float) else operator.index(value)
    except TypeError:
        raise TypeError(f"a seed is a whole number, not {value!r}") from None
    if not 0 <= whole < 2**64:
        raise ValueError(f"a seed lies between 0 and {2**64 - 1}, unlike {whole}")
    return whole


def _levers(levers: Mapping[str, Any]) -> str:
    """What a rule sets: each lever as the scenario itself would write it, section by section."""
    flat: dict[str, str] = {}
    _flatten("", levers, flat, {}, "")
    sections: dict[str, list[str]] = {}
    for path, text in flat.items():
        section, _, name = path.partition(".")
        sections.setdefault(section, []).append(f"{name}: {text}" if name else text)
    return "(" + ", ".join(f"{section}: ({', '.join(fields)})" for section, fields in sections.items()) + ")"


def _choice(word: str, inner: Any) -> str:
    """A word with values: ``{"Codes": [330122]}`` is ``Codes([330122])``."""
    text = _ron(inner)
    fields = isinstance(inner, Mapping) and word == "Random"
    return word + (text if fields else f"({text})")


def _plain(value: Any) -> Any:
    """NumPy's numbers and arrays, dates and paths, as Python's own values."""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if hasattr(value, "tolist"):
        return value.tolist()
    if hasattr(value, "item"):
        return value.item()
    return value


def _ron(value: Any, name: str = "", inside: bool = False) -> str:
    value = _plain(value)
    if value is None:
        return "None"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return _number(value)
    if isinstance(value, str):
        return value if name in _WORDS else _quoted(value)
    if isinstance(value, Mapping):
        if name == "set":
            return _levers(value)
        if len(value) == 1 and (word := str(next(iter(value))))[:1].isupper():
            return _choice(word, _plain(value[word]))
        fields = (f"{key}: {_ron(inner, str(key), True)}" for key, inner in value.items())
        return f"({', '.join(fields)})"
    if isinstance(value, (list, tuple)):
        items = ", ".join(_ron(inner, name, True) for inner in value)
        # In lists of pairs, such as dates with sums, the pairs may be lists: that is how JSON writes them.
        pair = isinstance(value, tuple) or (inside and name not in {"kinds", "provinces"})
        return f"({items})" if pair and inside else f"[{items}]"
    raise TypeError(f"a scenario has no values like {value!r} of type {type(value).__name__}")


def _number(value: float) -> str:
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("inf" if value > 0 else "-inf")
    return repr(value)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
