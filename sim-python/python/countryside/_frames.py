"""Tables of Countryside as those of other libraries, which are imported only when asked for."""

from __future__ import annotations

from typing import Any

from . import _native


def to_pyarrow(table: _native.Table) -> Any:
    """A ``pyarrow.Table`` over the same memory."""
    import pyarrow

    return pyarrow.table(table)


def to_polars(table: _native.Table) -> Any:
    """A ``polars.DataFrame`` over the same memory."""
    import polars

    return polars.DataFrame(table)


def to_pandas(table: _native.Table) -> Any:
    """A ``pandas.DataFrame``; pandas copies where its own layout differs from Arrow's."""
    import pandas

    from_arrow = getattr(pandas.DataFrame, "from_arrow", None)
    return from_arrow(table) if from_arrow is not None else to_pyarrow(table).to_pandas()


def restored_table(stream: bytes) -> _native.Table:
    """The table of a pickle: Arrow's stream of it."""
    return _native.restored_table(stream)


def restored_column(stream: bytes) -> _native.Column:
    """The column of a pickle: Arrow's stream of a table that has no other."""
    return _native.restored_column(stream)
