"""What can be set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from . import _native
from ._named import Named


@dataclass(frozen=True)
class Parameter:
    """What can be set at a path."""

    path: str
    """Where: ``household.elasticity``, or a field of the scenario's own like ``seed``."""
    group: str
    """The section of the model, or ``scenario``."""
    unit: str
    """Its unit; ``1`` for a pure number, empty for what is none."""
    role: str
    """``lever`` if somebody decides it, ``behaviour``, or ``structure`` if it shapes a rule of the model."""
    kind: str
    """What may be written, in words."""
    low: float | None
    """The least value; None where there is none."""
    high: float | None
    """The greatest value; None where there is none."""
    default: Any
    """The value where a scenario says nothing; None where it must say something."""
    description: str
    """What it is."""
    source: str
    """Where the default comes from. "Fitted" where it was chosen to match a published figure."""


class Parameters(Named[Parameter]):
    """Parameters by path."""

    _kind = "parameter"

    def __repr__(self) -> str:
        def line(row: Parameter) -> str:
            bounds = "" if row.low is None else f", {row.low:g} to {'any' if row.high is None else f'{row.high:g}'}"
            unit = f" [{row.unit}]" if row.unit not in {"", "1"} else ""
            return f"{row.path}{unit} = {row.default}{bounds}: {row.description}"

        return "\n".join(line(row) for row in self.values())


def parameters(mentioning: str | None = None) -> Parameters:
    """Everything that can be set, with unit, range, default and source, or what mentions a text."""
    found = {}
    for row in _native.parameters():
        parameter = Parameter(**row)
        text = " ".join((parameter.path, parameter.description, parameter.unit, parameter.source))
        if mentioning is None or mentioning.lower() in text.lower():
            found[parameter.path] = parameter
    return Parameters(found)
