"""Stepping by hand."""

import datetime

import pytest

import countryside
from countryside import ScenarioError, Simulation


def test_steps_add_up_to_a_run(quick):
    simulation = quick.simulate()
    assert simulation.now == simulation.start == datetime.date(2014, 10, 1)
    assert simulation.step()
    assert simulation.now == datetime.date(2014, 10, 8)
    assert simulation.step(2) and simulation.now == datetime.date(2014, 10, 22)
    days = list(simulation)
    assert days[-1] == simulation.end == datetime.date(2015, 1, 1)
    assert simulation.is_done and not simulation.step()
    run = quick.run(progress=False)
    assert simulation.fingerprint == run.fingerprint
    assert simulation.results().outcomes.to_dict()["self_service_orders"] == run.outcomes["self_service_orders"].value
    with pytest.raises(ValueError, match="0 or more"):
        simulation.step(-1)


def test_results_can_be_had_on_the_way(quick):
    simulation = quick.simulate()
    assert simulation.run_until("2014-11-15", progress=False)
    assert simulation.now == datetime.date(2014, 11, 19)
    assert simulation.results().months == ("2014-10",)
    assert not simulation.run_until(datetime.date(2020, 1, 1), progress=False)
    with pytest.raises(ValueError, match="not a date"):
        simulation.run_until("soon")


def test_snapshots_are_arrays_over_villages(quick):
    numpy = pytest.importorskip("numpy")
    simulation = countryside.load("tiny").simulate()
    simulation.run_until("2016-01-01", progress=False)
    snapshot = simulation.snapshot()
    assert snapshot.num_rows == 5 and "2016-01" in snapshot.description
    longitude = numpy.asarray(snapshot["longitude"])
    assert longitude.dtype == numpy.float32 and ((longitude > 118) & (longitude < 121)).all()
    assert snapshot["longitude"].unit == "degrees east"
    assert any(snapshot["station_open"]) and set(snapshot["delivery"]) <= {"seat", "town", "village"}
    assert set(snapshot["county"]) == {"330122"}


def test_a_checkpoint_goes_on_as_if_nothing_had_been(quick):
    simulation = quick.simulate()
    simulation.step(5)
    stored = simulation.checkpoint()
    assert isinstance(stored, bytes)
    resumed = Simulation.resume(stored, threads=2)
    assert resumed.now == simulation.now
    assert resumed.run(progress=False).fingerprint == simulation.run(progress=False).fingerprint


def test_a_branch_shares_its_past_and_not_its_future(quick):
    simulation = countryside.load("tiny").simulate()
    simulation.run_until("2015-06-01", progress=False)
    stored = simulation.checkpoint()
    branch = Simulation.resume(stored, {"household.elasticity": 1.5})
    assert branch.fingerprint == simulation.fingerprint
    assert branch.run(progress=False).fingerprint != simulation.run(progress=False).fingerprint
    with pytest.raises(ValueError, match="cannot change in the middle"):
        Simulation.resume(stored, {"seed": 2})
    with pytest.raises(ScenarioError, match="change 1: household.elasticity: -1 is out of range"):
        Simulation.resume(stored, {"household.elasticity": -1})
    with pytest.raises(ValueError, match="checkpoint"):
        Simulation.resume(b"nothing of the kind")
