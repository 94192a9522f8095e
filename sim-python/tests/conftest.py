"""What the tests share: a quick scenario, and where the repository is."""

import os
from pathlib import Path

import pytest

import countryside

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def quick():
    """Three months of five villages: some ten milliseconds."""
    return countryside.load("tiny", end="2014-12-31")


@pytest.fixture(scope="session")
def tiny_run():
    return countryside.load("tiny").run(progress=False)


@pytest.fixture
def command():
    """The command of this repository, from COUNTRYSIDE_COMMAND."""
    path = os.environ.get("COUNTRYSIDE_COMMAND")
    if not path:
        pytest.skip("COUNTRYSIDE_COMMAND does not name the command countryside")
    return path
