"""Small inputs on which the package once said or did something wrong, each with the right result."""

import copy
import datetime
import math
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor

import pytest

import countryside
from countryside import SweepBroken, sweep


def frame(table):
    return {name: table[name].to_list() for name in table}


def in_fork(function):
    """What a function returns, or raises as text, in a forked child."""
    context = multiprocessing.get_context("fork")
    queue = context.Queue()

    def child():
        try:
            queue.put(("returned", function()))
        except BaseException as error:
            queue.put((type(error).__name__, str(error)))

    process = context.Process(target=child)
    process.start()
    try:
        return queue.get(timeout=60)
    finally:
        process.kill()
        process.join()


@pytest.mark.skipif(sys.platform != "linux", reason="forked processes are Linux's")
def test_case_34_a_simulation_does_not_go_on_in_a_forked_process(quick):
    simulation = quick.simulate()
    simulation.step()
    before = simulation.fingerprint
    for work in (simulation.step, simulation.run, simulation.results, simulation.snapshot, simulation.checkpoint):
        kind, message = in_fork(work)
        assert (kind, "cannot go on in a forked process" in message) == ("RuntimeError", True), (work, message)
    assert in_fork(lambda: simulation.fingerprint) == ("returned", before)
    expected = quick.run(progress=False).fingerprint
    assert in_fork(lambda: quick.run(progress=False).fingerprint) == ("returned", expected), "one made there runs"
    assert simulation.run(progress=False).fingerprint == expected, "and the one here goes on"


@pytest.mark.parametrize(
    ("seeds", "message"),
    [
        ([1.5], "whole number"),
        (2.5, "whole number"),
        (True, "whole number"),
        ([True], "whole number"),
        ([-1], "lies between"),
        ([1, 1], "given twice"),
    ],
)
def test_case_35_seeds_that_are_none_are_refused(quick, seeds, message):
    with pytest.raises(ValueError, match=message):
        sweep(quick, seeds=seeds, outcomes=["self_service_orders"], progress=False)


def test_case_35_a_seed_that_is_none_is_refused_by_a_run(quick):
    for seed in (True, 1.5):
        with pytest.raises(ValueError, match="whole number"):
            quick.run(seed=seed, progress=False)


def test_case_35_whole_numbers_of_numpy_are_seeds(quick):
    numpy = pytest.importorskip("numpy")
    kept = {"outcomes": ["self_service_orders"], "progress": False}
    assert sweep(quick, seeds=numpy.int64(3), **kept).seeds == [1, 2, 3]
    assert sweep(quick, seeds=numpy.arange(2, 4), **kept).seeds == [2, 3]
    assert sweep(quick, seeds=range(5, 7), **kept).seeds == [5, 6]
    assert quick.run(seed=numpy.int64(2), progress=False).fingerprint == quick.run(seed=2, progress=False).fingerprint


def test_case_35_a_day_outside_the_run_is_refused(quick):
    with pytest.raises(ValueError, match="self_service_orders@2019-12-05: the day is outside the run, 2014-10-01 to 2014-12-31"):
        sweep(quick, outcomes=["self_service_orders@2019-12-05"], progress=False)
    longer = {"end": ["2014-12-31", "2015-01-31"]}
    kept = sweep(quick, longer, outcomes=["self_service_orders@2015-01-05"], progress=False)
    assert [value is None for value in kept["self_service_orders@2015-01-05"].to_list()] == [True, False]


def test_case_35_columns_of_factors_have_the_types_of_their_paths(quick):
    day = datetime.date(2014, 11, 1)
    factors = {
        "programme.enabled": [True, False],
        "programme.strategy_change": [day],
        "places.villages_per_county": [5.0],
        "household.elasticity": [3],
        "programme.partner_kind": ["Returnees"],
    }
    runs = sweep(quick, factors, outcomes=["self_service_orders"], progress=False).runs
    assert runs["programme.enabled"].to_list() == [True, False]
    assert runs["programme.strategy_change"].to_list() == [day, day]
    assert [type(value) for value in runs["places.villages_per_county"]] == [int, int]
    assert [type(value) for value in runs["household.elasticity"]] == [float, float]
    assert runs["programme.partner_kind"].to_list() == ["Returnees"] * 2
    pyarrow = pytest.importorskip("pyarrow")
    kinds = {name: str(kind) for name, kind in zip(runs.to_pyarrow().schema.names, runs.to_pyarrow().schema.types)}
    assert kinds["programme.strategy_change"] == str(pyarrow.date32()) and kinds["programme.enabled"] == "bool"


def test_equal_values_are_refused_and_equal_points_are_run_once(quick):
    kept = {"outcomes": ["self_service_orders"], "progress": False}
    with pytest.raises(ValueError, match="household.elasticity: the value 3 is given before, as 3.0"):
        sweep(quick, {"household.elasticity": [3.0, 4.0, 3]}, **kept)
    rows = [[3.0], [4.0], [3.0]]
    done = sweep(quick, rows, names=["household.elasticity"], seeds=2, **kept)
    assert done["point"].to_list() == [0, 0, 1, 1, 2, 2], "a row each, as the rows were given"
    found = done["self_service_orders"].to_list()
    assert found[:2] == found[4:] and done.seconds[:2] == done.seconds[4:], "found once"


def test_a_setting_from_two_places_is_refused(quick):
    for make in (
        lambda: countryside.load("tiny", {"household.elasticity": 3.0}, household__elasticity=4.0),
        lambda: countryside.load("tiny", {"household.elasticity": 3.0, "household": {"elasticity": 4.0}}),
        lambda: quick.copy().update({"household.elasticity": 3.0}, household__elasticity=4.0),
        lambda: sweep(quick, {"household.elasticity": [3.0], "household__elasticity": [4.0]}, progress=False),
    ):
        with pytest.raises(ValueError, match="household.elasticity is set twice, as .* and as .*"):
            make()
    with pytest.raises(ValueError, match="names: 'household.elasticity' is given to two columns"):
        sweep(quick, [[3.0, 4.0]], names=["household.elasticity"] * 2, progress=False)
    changed = countryside.load({"base": "tiny", "household": {"elasticity": 3}}, {"household.elasticity": 4})
    assert changed["household.elasticity"] == 4.0, "a change of what was loaded is no second place"


def test_case_36_what_was_finished_before_a_worker_died_is_kept():
    scenario = countryside.load("tiny", end="2014-12-31")
    done = []

    def progress(state):
        done.append(state.done)

    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:

        def kill():
            while len(done) < 6:
                time.sleep(0.002)
            os.kill(next(iter(pool._processes)), signal.SIGKILL)

        threading.Thread(target=kill, daemon=True).start()
        factors = {"household.elasticity": [2.5 + step / 1000 for step in range(400)]}
        with pytest.raises(SweepBroken, match="a worker did not do its part, with .* runs finished") as raised:
            sweep(scenario, factors, executor=pool, outcomes=["self_service_orders"], progress=progress)
    partial = raised.value.partial
    assert 6 <= len(partial) < 400
    assert all(value is not None for value in partial["self_service_orders"].to_list())
    assert len(partial.by_point("self_service_orders")) == 400
    assert frame(pickle.loads(pickle.dumps(raised.value)).partial.runs) == frame(partial.runs)


def test_case_37_results_can_be_pickled_and_copied(quick):
    run = quick.run(progress=False)
    done = sweep(quick, {"household.elasticity": [3.0, 4.0]}, outcomes=["self_service_orders"], progress=False)
    table, column = run.tables["nation"], run.tables["nation"]["month"]
    for again in (lambda thing: pickle.loads(pickle.dumps(thing)), copy.deepcopy, copy.copy):
        assert frame(again(table)) == frame(table) and repr(again(table)) == repr(table)
        same = again(column)
        assert (same.name, same.unit, same.definition, same.to_list()) == (
            column.name,
            column.unit,
            column.definition,
            column.to_list(),
        )
        other = again(run)
        assert (other.fingerprint, other.months, other.scenario) == (run.fingerprint, run.months, run.scenario)
        assert list(other.tables) == list(run.tables)
        for name, value in run.outcomes.to_dict().items():
            kept = other.outcomes[name].value
            assert kept == value or (math.isnan(kept) and math.isnan(value))
        swept = again(done)
        assert frame(swept.runs) == frame(done.runs) and swept.points == done.points
    empty = done.monthly
    assert pickle.loads(pickle.dumps(empty)).num_rows == 0
    with pytest.raises(TypeError, match="checkpoint"):
        pickle.dumps(quick.simulate())


def test_case_10_a_month_that_is_not_over_has_its_days_and_a_day_after_the_run_is_refused():
    short = countryside.load("tiny", end="2014-12-10")
    nation = short.run(progress=False).tables["nation"]
    assert (nation["month"].to_list()[-1], nation["days"].to_list()) == ("2014-12", [31, 30, 10])
    with pytest.raises(ValueError, match="self_service_orders@2014-12-15: the day is outside the run, 2014-10-01 to 2014-12-10"):
        sweep(short, outcomes=["self_service_orders@2014-12-15"], progress=False)
    assert sweep(short, outcomes=["self_service_orders@2014-12-05"], progress=False)["self_service_orders@2014-12-05"].to_list()[0] > 0


def test_case_30_whole_numbers_that_are_missing_are_none(quick):
    quick["report.villages"] = "All"
    incomes = quick.run(progress=False).tables["village"]["partner_income"].to_list()
    assert None in incomes and all(income is None or income >= 0 for income in incomes)


def test_what_government_spent_is_one_number(quick):
    run = quick.run(progress=False)
    names = [f"spent_by_{payer}" for payer in ("programme", "platform", "government", "all")]
    kept = sweep(quick, outcomes=names, progress=False)
    for name in names:
        fen = sum(run.tables["nation"][name].to_list())
        assert kept[name].to_list()[0] == pytest.approx(fen / 100) == pytest.approx(run.outcomes[name].value)
