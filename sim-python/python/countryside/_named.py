"""Things by name, with a suggestion for a name that is not there."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from . import _native

T = TypeVar("T")


class MissingName(KeyError):
    """A name that is not there. Unlike a plain ``KeyError`` it is shown as a sentence."""

    def __str__(self) -> str:
        return str(self.args[0])


def missing(kind: str, name: object, known: Iterable[str]) -> MissingName:
    """The error for a name that is not there."""
    now = _native.renamed(str(name))
    if now is not None:
        return MissingName(f"there is no {kind} {name!r}: it is now called {now!r}")
    names = list(known)
    near = difflib.get_close_matches(str(name), names, n=1, cutoff=0.75)
    if near:
        help_text = f"; did you mean {near[0]!r}?"
    elif len(names) <= 20:
        help_text = f"; there are {', '.join(names)}"
    else:
        help_text = ""
    return MissingName(f"there is no {kind} {name!r}{help_text}")


class Named(Mapping[str, T]):
    """A read-only dictionary that suggests what was meant."""

    _kind = "entry"

    def __init__(self, entries: Mapping[str, T]) -> None:
        self._entries = dict(entries)

    def __getitem__(self, name: str) -> T:
        try:
            return self._entries[name]
        except KeyError:
            raise missing(self._kind, name, self._entries) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)
