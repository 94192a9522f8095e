"""Countryside: a simulator of how rural China went online, for notebooks.

    >>> import countryside
    >>> run = countryside.load("tiny").run(seed=1)
    >>> run.outcomes["stations_open"]
    stations_open: 5 stations

Scenarios are read by :func:`load` and changed like dictionaries; :meth:`Scenario.run` runs one, :func:`sweep` many,
:meth:`Scenario.simulate` gives one to be stepped by hand. Tables are Arrow's and go without copying to pandas, polars,
pyarrow and DuckDB. Names carry no unit: outcomes, columns and parameters have a ``unit`` beside them. The same scenario,
seed and version give the same ``fingerprint`` as the command ``countryside run``.
"""

from ._native import Column, Fault, ScenarioError, SimulationError, Table, __version__
from ._comparison import compare
from ._parameters import Parameter, Parameters, parameters
from ._policy import Counties, Nation, PolicyError, State, policy
from ._progress import RunProgress, SweepProgress
from ._run import Outcome, Outcomes, Run, Tables
from ._scenario import Estimate, Scenario, load, scenarios
from ._shards import ShardError, run_shards
from ._simulation import Simulation
from ._sweep import RunFailure, Sweep, SweepBroken, SweepInterrupted, SweepWarning, series, sweep

__all__ = [
    "Column",
    "Counties",
    "Estimate",
    "Fault",
    "Nation",
    "Outcome",
    "Outcomes",
    "Parameter",
    "Parameters",
    "PolicyError",
    "Run",
    "RunFailure",
    "RunProgress",
    "Scenario",
    "ScenarioError",
    "ShardError",
    "Simulation",
    "SimulationError",
    "State",
    "Sweep",
    "SweepBroken",
    "SweepInterrupted",
    "SweepProgress",
    "SweepWarning",
    "Table",
    "Tables",
    "__version__",
    "compare",
    "load",
    "parameters",
    "policy",
    "run_shards",
    "scenarios",
    "series",
    "sweep",
]
