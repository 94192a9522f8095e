"""What the package says of itself: types, docstrings, the notebook."""

import doctest
import importlib
import inspect
import os
import subprocess
import sys
from pathlib import Path

import pytest

import countryside

HERE = Path(__file__).resolve().parent


def test_every_public_thing_says_what_it_is():
    for name in countryside.__all__:
        if name == "__version__":
            continue
        thing = getattr(countryside, name)
        assert inspect.getdoc(thing), name
        members = vars(thing).items() if inspect.isclass(thing) else ()
        for member, value in members:
            if not member.startswith("_") and (callable(value) or isinstance(value, property)):
                assert inspect.getdoc(value), f"{name}.{member}"


def test_examples_in_docstrings_are_true():
    for name in ("countryside", "countryside._comparison", "countryside._policy", "countryside._scenario", "countryside._simulation"):
        assert doctest.testmod(importlib.import_module(name)).failed == 0, name


def test_types_are_complete_and_true():
    pytest.importorskip("mypy")
    settings = str(HERE.parent / "pyproject.toml")
    strict = [sys.executable, "-m", "mypy", "--config-file", settings, "-p", "countryside"]
    told = subprocess.run(strict, capture_output=True, text=True)
    assert told.returncode == 0, told.stdout
    stubs = [sys.executable, "-m", "mypy.stubtest", "countryside._native", "--mypy-config-file", settings]
    told = subprocess.run(stubs, capture_output=True, text=True)
    assert told.returncode == 0, told.stdout


def test_the_notebook_runs(tmp_path):
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    for needed in ("ipykernel", "matplotlib", "pandas"):
        pytest.importorskip(needed)
    notebook = nbformat.read(HERE.parent / "notebooks/first_steps.ipynb", as_version=4)
    nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3").execute(cwd=str(tmp_path))
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in cells)
    if "EXECUTED_NOTEBOOK" in os.environ:
        nbformat.write(notebook, os.environ["EXECUTED_NOTEBOOK"])
