"""Many runs at once."""

import _thread
import concurrent.futures
import math
import multiprocessing

import pytest

import countryside
from countryside import ScenarioError, SweepInterrupted, SweepWarning, sweep


def frame(table):
    return {name: table[name].to_list() for name in table}


def test_runs_are_those_of_single_runs_in_order(quick):
    factors = {"household.elasticity": [2.0, 4.0], "window_days": [7, 14]}
    done = sweep(quick, factors, seeds=2, jobs=3, progress=False)
    assert len(done) == 8 and done.points[1] == {"household.elasticity": 2.0, "window_days": 14}
    assert done["point"].to_list() == [0, 0, 1, 1, 2, 2, 3, 3]
    assert done["seed"].to_list() == [1, 2] * 4
    assert done["household.elasticity"].to_list() == [2.0] * 4 + [4.0] * 4
    for run in (0, 3, 6):
        point, seed = divmod(run, 2)
        alone = countryside.load(quick, done.points[point]).run(seed=seed + 1, progress=False)
        assert alone.fingerprint == done["fingerprint"][run]
        kept = {name: done[name][run] for name in alone.outcomes}
        expected = {name: None if math.isnan(value) else value for name, value in alone.outcomes.to_dict().items()}
        assert kept == expected, "the outcomes of a run, by default"
        assert all(done[name].unit == outcome.unit for name, outcome in alone.outcomes.items())
    assert done.by_point("self_service_orders")[3] == done["self_service_orders"].to_list()[6:]
    assert frame(sweep(quick, factors, seeds=2, jobs=1, progress=False).runs) == frame(done.runs)


def test_outcomes_are_read_as_asked_and_series_kept(quick):
    outcomes = ["self_service_orders", "self_service_orders@mean", "self_service_orders@2014-11-05", "paid_to_households", "buying_share@greatest"]
    done = sweep(quick, seeds=[5, 6], outcomes=outcomes, series=["self_service_orders"], level="county", progress=False)
    monthly = frame(done.monthly)
    first = [value for run, value in zip(monthly["run"], monthly["value"]) if run == 0]
    assert monthly["month"][:3] == ["2014-10", "2014-11", "2014-12"] and set(monthly["place"]) == {"330122"}
    assert set(monthly["unit"]) == {"orders"}
    assert [done[name][0] for name in outcomes[:3]] == [sum(first), sum(first) / 3, first[1]]
    assert done["paid_to_households"].unit == "yuan"
    with pytest.raises(ValueError, match="did you mean `self_service_orders`"):
        sweep(quick, outcomes=["self_service_order"])
    with pytest.raises(ValueError, match="it is now called `self_service_orders`"):
        sweep(quick, outcomes=["alone_orders"])
    with pytest.raises(ValueError, match="no way to read"):
        sweep(quick, outcomes=["self_service_orders@often"])
    with pytest.raises(ValueError, match="`town` is no level"):
        sweep(quick, series=["self_service_orders"], level="town")
    with pytest.raises(TypeError, match="a list of names"):
        sweep(quick, outcomes="self_service_orders")


def test_designs_that_mean_nothing_are_refused_at_once(quick):
    with pytest.raises(ScenarioError, match="did you mean `household.elasticity`"):
        sweep(quick, {"household.elasticitty": [1, 2]})
    with pytest.raises(TypeError, match="expected a list of values"):
        sweep(quick, {"household.elasticity": 2})
    with pytest.raises(ValueError, match="nothing to run"):
        sweep(quick, {"household.elasticity": []})
    with pytest.raises(ValueError, match="nothing to run"):
        sweep(quick, seeds=0)
    with pytest.raises(ValueError, match="seeds are not changes"):
        sweep(quick, {"seed": [1, 2]})
    with pytest.raises(ScenarioError, match="every run was refused"):
        sweep(quick, {"household.elasticity": [-1, -2]})


def test_a_failed_run_is_noted_and_the_rest_goes_on(quick):
    with pytest.warns(SweepWarning, match="1 of 2 runs failed, the first .run 1. because: change 1: household.elasticity"):
        done = sweep(quick, {"household.elasticity": [2.0, -1.0]}, progress=False)
    (failure,) = done.failures
    assert (failure.run, failure.point, failure.seed, failure.kind) == (1, 1, 1, "refused")
    assert done["self_service_orders"].to_list()[1] is None and math.isnan(done.by_point("self_service_orders")[1][0]) is True
    assert done["failure"][0] == "" and "out of range" in done["failure"][1]


def test_a_run_that_takes_too_long_is_given_up():
    long = countryside.load("county", household_sample=1.0, window_days=1)
    with pytest.warns(SweepWarning, match="longer than the 0 s allowed"):
        done = sweep(long, at_most=0.01, progress=False)
    assert done.failures[0].kind == "too_long"


def test_rows_of_a_sampler_are_points(quick):
    numpy = pytest.importorskip("numpy")
    names = ["household.elasticity", "window_days"]
    done = sweep(quick, numpy.array([[2.0, 7.0], [3.0, 14.0]]), names=names, progress=False)
    assert done["window_days"].to_list() == [7, 14]
    assert numpy.asarray(done["self_service_orders"]).shape == (2,)
    with pytest.raises(ValueError):
        sweep(quick, [[1.0]], names=names)
    with pytest.raises(TypeError, match="names="):
        sweep(quick, [[1.0, 2.0]])


def test_whole_values_of_any_sort_can_vary(quick):
    select = [{"Codes": [330122]}, {"Random": {"count": 1}}]
    done = sweep(quick, {"places.select": select, "programme.enabled": [True, False]}, progress=False)
    assert done["places.select"].to_list() == ["Codes([330122])"] * 2 + ["Random(count: 1)"] * 2
    assert done["programme.enabled"].to_list() == [True, False] * 2
    assert len(set(done["fingerprint"])) == 4


def test_ctrl_c_keeps_what_was_finished(quick):
    def interrupt(progress):
        assert (progress.total, progress.failed) == (40, 0)
        if progress.done == 5:
            _thread.interrupt_main()

    with pytest.raises(KeyboardInterrupt) as caught:
        sweep(quick, seeds=40, progress=interrupt)
    assert isinstance(caught.value, SweepInterrupted)
    partial = caught.value.partial
    assert 5 <= len(partial) < 40
    runs = partial["run"].to_list()
    assert runs == sorted(runs)


def test_other_processes_give_the_same(quick):
    factors = {"household.elasticity": [2.0, 3.0, 4.0]}
    here = sweep(quick, factors, seeds=2, series=["self_service_orders"], progress=False)
    spawn = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(2, mp_context=spawn) as pool:
        there = sweep(quick, factors, seeds=2, series=["self_service_orders"], executor=pool, progress=False)
    assert frame(there.runs) == frame(here.runs)
    assert frame(there.monthly) == frame(here.monthly)


def test_a_dask_client_is_an_executor(quick):
    distributed = pytest.importorskip("distributed")
    here = sweep(quick, seeds=6, progress=False)
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        there = sweep(quick, seeds=6, executor=client, progress=False)
    assert frame(there.runs) == frame(here.runs)


def test_salib_can_drive_it(quick):
    sobol = pytest.importorskip("SALib.sample.sobol")
    analyze = pytest.importorskip("SALib.analyze.sobol")
    numpy = pytest.importorskip("numpy")
    names = ["household.elasticity", "logistics.courier_fee"]
    bounds = [[2.5, 5.0], [0.7, 2.8]]
    problem = {"num_vars": 2, "names": names, "bounds": bounds}
    done = sweep(quick, sobol.sample(problem, 8), names=names, outcomes=["self_service_orders"], progress=False)
    indices = analyze.analyze(problem, numpy.asarray(done["self_service_orders"]))
    assert numpy.isfinite(indices["S1"]).all()


def test_a_sweep_describes_itself(quick):
    done = sweep(quick, {"household.elasticity": [2.0, 3.0]}, seeds=2, progress=False)
    assert repr(done) == "<countryside.Sweep of tiny: 4 of 4 runs (2 points, 2 seeds)>"
    assert "stations_open" in countryside.series() and countryside.series()["stations_open"].unit == "stations"
    assert "stations_open" not in countryside.series("village")


def test_two_scenarios_are_compared_seed_by_seed(quick):
    without = countryside.load(quick, {"programme.enabled": False})
    names = ["stations_open", "self_service_orders"]
    found = countryside.compare(quick, without, seeds=4, outcomes=names, progress=False)
    assert found["outcome"].to_list() == names and found["unit"].to_list() == ["stations", "orders"]
    one, other = (sweep(scenario, seeds=4, outcomes=names, progress=False) for scenario in (quick, without))
    changes = [b - a for a, b in zip(one[names[1]], other[names[1]])]
    assert found["change"][1] == pytest.approx(sum(changes) / 4) and found["pairs"].to_list() == [4, 4]
    same = countryside.compare(quick, quick, seeds=3, outcomes=names, progress=False)
    assert same["change"].to_list() == [0.0, 0.0] and same["sure"].to_list() == [False, False], "the control"

    @countryside.policy
    def stop(state):
        state.set("programme.enabled", False)

    found = countryside.compare(quick, quick, seeds=2, outcomes=names, policies=([], [stop]), progress=False)
    assert found["change"][1] != 0.0
    with pytest.raises(ValueError, match="begin with other seeds"):
        countryside.compare(quick, countryside.load(quick, seed=5), seeds=2, outcomes=names, progress=False)
