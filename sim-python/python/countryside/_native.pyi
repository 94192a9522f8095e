"""What is compiled. Only `Table`, `Column`, `Fault` and the errors are for use outside the package."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, final

__all__ = [
    "Column",
    "Fault",
    "Results",
    "Scenario",
    "ScenarioError",
    "Series",
    "Simulation",
    "SimulationError",
    "Table",
    "__version__",
    "difference",
    "ensemble",
    "guarded",
    "parameters",
    "renamed",
    "restored_column",
    "restored_table",
    "scenarios",
    "series",
    "table",
    "write_folder",
]

__version__: str

class ScenarioError(ValueError):
    """A scenario, or a change of one, is not accepted."""

    faults: list[Fault]
    """All that is wrong."""

class SimulationError(RuntimeError):
    """A run failed by a fault of the program, or its books do not close."""

@final
class Fault:
    """One fault of a scenario."""

    def __new__(cls, words: Sequence[str], place: Sequence[int]) -> Fault: ...
    def __getnewargs__(self) -> tuple[list[str], list[int]]: ...
    @property
    def file(self) -> str:
        """The file as it was asked for; ``change`` for a change made in Python."""
    @property
    def line(self) -> int:
        """The line, from 1, or the number of the change; 0 if the fault is of the file as a whole."""
    @property
    def column(self) -> int:
        """The column in characters, from 1; 0 if the fault is of the file as a whole."""
    @property
    def path(self) -> str:
        """The field, as in ``household.elasticity``; empty if the fault is of none."""
    @property
    def value(self) -> str:
        """The value as written; empty if there is none."""
    @property
    def message(self) -> str:
        """What is wrong and what was expected."""
    @property
    def suggestion(self) -> str:
        """What to do about it; empty if nothing useful is known."""
    @property
    def text(self) -> str:
        """All of that in words, with the line in question and a marker under the place."""

@final
class Column:
    """A column of a table: values with their unit and meaning. ``numpy.asarray`` of numbers copies nothing; a missing
    real number is not-a-number there, None in lists, and null in Arrow."""

    @property
    def name(self) -> str:
        """Its name, without unit."""
    @property
    def unit(self) -> str:
        """Its unit, such as ``fen/month``; empty for text and plain counts."""
    @property
    def definition(self) -> str:
        """What a value means."""
    @property
    def __array_interface__(self) -> dict[str, Any]: ...
    def to_list(self) -> list[Any]:
        """Its values; None where one is missing."""
    def __len__(self) -> int: ...
    def __getitem__(self, row: int, /) -> Any: ...
    def __iter__(self) -> Iterator[Any]: ...
    def __arrow_c_schema__(self) -> Any: ...
    def __arrow_c_array__(self, requested_schema: Any = None) -> tuple[Any, Any]: ...

@final
class Table:
    """A table of Arrow's, which pandas, polars, pyarrow and DuckDB take without copying."""

    @property
    def name(self) -> str:
        """Its name, as of the file that the command writes."""
    @property
    def description(self) -> str:
        """What a row is."""
    @property
    def num_rows(self) -> int:
        """Rows."""
    @property
    def column_names(self) -> list[str]:
        """Names of the columns, keys first."""
    def keys(self) -> list[str]:
        """Names of the columns, as a dictionary has them."""
    def to_pyarrow(self) -> Any:
        """A ``pyarrow.Table`` over the same memory."""
    def to_polars(self) -> Any:
        """A ``polars.DataFrame`` over the same memory."""
    def to_pandas(self) -> Any:
        """A ``pandas.DataFrame``."""
    def __len__(self) -> int: ...
    def __contains__(self, name: str, /) -> bool: ...
    def __iter__(self) -> Iterator[str]: ...
    def __getitem__(self, name: str, /) -> Column: ...
    def __arrow_c_schema__(self) -> Any: ...
    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...

@final
class Scenario:
    @staticmethod
    def load(name: str, changes: Sequence[tuple[str, str]]) -> Scenario: ...
    @staticmethod
    def build(base: str | None, changes: Sequence[tuple[str, str]]) -> Scenario: ...
    @staticmethod
    def restore(
        path: str, files: Sequence[tuple[str, bytes]], changes: Sequence[tuple[str, str]]
    ) -> Scenario: ...
    def state(self) -> tuple[str, list[tuple[str, bytes]], list[tuple[str, str]]]: ...
    def with_changes(self, changes: Sequence[tuple[str, str]]) -> Scenario: ...
    @property
    def changes(self) -> list[tuple[str, str]]: ...
    def get(self, path: str) -> Any: ...
    def origin(self, path: str) -> tuple[str, int, int, str] | None: ...
    @property
    def warnings(self) -> list[Fault]: ...
    @property
    def text(self) -> str: ...
    @property
    def hash(self) -> str: ...
    def estimate(self) -> tuple[int, int, int, int, int]: ...

@final
class Simulation:
    @staticmethod
    def build(scenario: Scenario, threads: int | None = None) -> Simulation: ...
    @staticmethod
    def resume(
        checkpoint: bytes, changes: Sequence[tuple[str, str]], threads: int | None = None
    ) -> Simulation: ...
    def advance(
        self,
        windows: int | None = None,
        until: str | None = None,
        progress: Callable[[str, int, int, int], object] | None = None,
        month: bool = False,
    ) -> bool: ...
    def counties(self) -> Table: ...
    def partners(self) -> Table: ...
    def shops(self) -> Table: ...
    def households(self, about: int) -> Table: ...
    def figure(self, level: str, name: str) -> Table: ...
    def lever(self, path: str) -> list[Any] | None: ...
    @property
    def months(self) -> list[str]: ...
    @property
    def first_day_of_decisions(self) -> str: ...
    def decide(self, rules: str) -> None: ...
    def check_decisions(self, rules: str) -> None: ...
    def looked_at(
        self, outcomes: Sequence[tuple[str, str]], months: Sequence[str], level: str
    ) -> tuple[list[float], list[tuple[int, str, str, float]], str, int]: ...
    @property
    def imbalance(self) -> str | None: ...
    def results(self) -> Results: ...
    def snapshot(self) -> Table: ...
    def checkpoint(self) -> bytes: ...
    @property
    def now(self) -> str: ...
    @property
    def start(self) -> str: ...
    @property
    def end(self) -> str: ...
    @property
    def is_done(self) -> bool: ...
    @property
    def events(self) -> int: ...
    @property
    def orders(self) -> int: ...
    @property
    def memory(self) -> int: ...
    @property
    def fingerprint(self) -> str: ...
    @property
    def scenario(self) -> str: ...

@final
class Results:
    @property
    def months(self) -> list[str]: ...
    @property
    def headline(self) -> list[tuple[str, str, str, float, bool, list[float]]]: ...
    @property
    def tables(self) -> list[tuple[str, Table]]: ...
    @property
    def imbalance(self) -> str | None: ...
    @property
    def fingerprint(self) -> str: ...
    @property
    def scenario(self) -> str: ...
    @property
    def counts(self) -> list[int]: ...
    @property
    def until(self) -> str: ...

@final
class Series:
    """A series of months."""

    @property
    def name(self) -> str:
        """Its name, as in the tables."""
    @property
    def unit(self) -> str:
        """Unit of a month's value."""
    @property
    def definition(self) -> str:
        """What it is."""
    @property
    def is_flow(self) -> bool:
        """Whether its months may be summed."""

def scenarios() -> list[tuple[str, str]]: ...
def parameters() -> list[dict[str, Any]]: ...
def renamed(name: str) -> str | None: ...
def series(level: str, names: Sequence[str] | None = None) -> list[Series]: ...
def guarded(text: str) -> str: ...
def write_folder(path: str, texts: Sequence[tuple[str, str]]) -> None: ...
def difference(
    first: Sequence[float], second: Sequence[float]
) -> tuple[float, float, float, float, int, float, float]: ...
def table(
    name: str, description: str, columns: Sequence[tuple[str, str, str, list[Any] | dict[str, list[int | None]]]]
) -> Table: ...
def restored_table(stream: bytes) -> Table: ...
def restored_column(stream: bytes) -> Column: ...
def ensemble(
    scenario: Scenario,
    points: Sequence[Sequence[tuple[str, str]]],
    runs: Sequence[tuple[int, int, int]],
    outcomes: Sequence[tuple[str, str]],
    months: Sequence[str],
    level: str,
    jobs: int | None,
    longest: float | None,
    receive: Callable[[Any], object],
) -> None: ...
