"""Policies of one's own."""

import concurrent.futures
import datetime
import math
import multiprocessing
import pickle
import re
import textwrap

import pytest
from conftest import ROOT

import countryside
from countryside import PolicyError, Simulation, sweep

numpy = pytest.importorskip("numpy")


@pytest.fixture
def some():
    """Nine months of six counties with a few villages each."""
    few = {"places.select": {"Random": {"count": 6}}, "places.villages_per_county": 4, "end": "2015-06-30"}
    return countryside.load("tiny", few)


@countryside.policy(every="month")
def nothing(state):
    """Looks at everything and does nothing."""
    for table in (state.villages, state.partners, state.shops, state.households(50)):
        assert table.num_rows >= 0
    assert len(state.counties["buying_share"]) == len(state.counties["county"])
    state.set("programme.base_pay", state.lever("programme.base_pay")[0])


@countryside.policy(every="month", name="pay where few buy")
def pay(state):
    share = numpy.asarray(state.counties["buying_share"])
    few = share <= numpy.median(share)
    state.set("programme.base_pay", numpy.where(few, numpy.float32(900), 250.0))
    if state.month == "2014-12":
        state.set("programme.installation", 0.5, villages="to_seat > 30")
    state.memory["asked"] = state.memory.get("asked", 0) + 1
    return {"counties_paid": few.sum(), "asked": state.memory["asked"]}


@countryside.policy(every="quarter")
def stop_in_spring(state):
    if state.month == "2015-03":
        state.set("programme.enabled", False, until="2015-05-01")


def test_a_policy_that_does_nothing_changes_nothing(some):
    plain = some.run(progress=False)
    run = some.run(progress=False, policies=[nothing])
    assert run.fingerprint == plain.fingerprint and run.scenario == plain.scenario
    assert some.run(progress=False, policies=[pay]).fingerprint != plain.fingerprint, "the control"
    assert "policy" not in plain.tables and run.tables["policy"].num_rows == 0


def test_the_same_policy_gives_the_same_bits_on_any_number_of_threads(some):
    runs = [some.run(threads=threads, progress=False, policies=[pay, stop_in_spring]) for threads in (1, 2, 1)]
    assert len({run.fingerprint for run in runs}) == 1
    assert len({pickle.dumps(run.tables["policy"]) for run in runs}) == 1
    # The control: another seed.
    assert some.run(seed=2, progress=False, policies=[pay, stop_in_spring]).fingerprint != runs[0].fingerprint


def test_what_was_decided_is_in_the_scenario_which_makes_the_run_again_without_python(some, tmp_path):
    run = some.run(progress=False, policies=[pay, stop_in_spring])
    file = tmp_path / "decided.ron"
    file.write_text(run.scenario)
    again = countryside.load(file)
    assert again.run(progress=False).fingerprint == run.fingerprint
    levers = {rule["set"]["programme"].popitem()[0] for rule in again["rules"]}
    assert levers == {"base_pay", "installation", "enabled"}
    # The control: without them it is another run.
    again["rules"] = []
    assert again.run(progress=False).fingerprint == some.run(progress=False).fingerprint != run.fingerprint


def test_own_series_come_out_with_the_run_s(some):
    run = some.run(progress=False, policies=[pay])
    paid = run.outcomes["counties_paid"]
    assert len(paid.series) == len(run.months) == 9 and all(value >= 3 for value in paid.series)
    assert run.outcomes["asked"].series == tuple(float(month) for month in range(1, 10))
    assert run.outcomes["asked"].value == 9.0 and "pay where few buy" in run.outcomes["asked"].definition
    table = run.tables["policy"]
    assert table.num_rows == 18 and table["date"][0] == datetime.date(2014, 11, 5)
    assert pickle.loads(pickle.dumps(run)).outcomes["asked"] == run.outcomes["asked"]


def test_policies_are_asked_as_often_as_they_say(some):
    asked = {}
    for every in ("window", "month", "quarter", "year"):

        @countryside.policy(every=every)
        def count(state, every=every):
            asked.setdefault(every, []).append(state.month)

        some.run(progress=False, policies=[count])
    assert len(asked["window"]) == math.ceil(273 / 7)
    assert asked["month"] == [f"2014-{month}" for month in (10, 11, 12)] + [f"2015-0{month}" for month in range(1, 7)]
    assert asked["quarter"] == ["2014-12", "2015-03", "2015-06"] and asked["year"] == ["2014-12"]


def test_steps_and_checkpoints_are_as_one_run(some):
    whole = some.run(progress=False, policies=[pay])
    simulation = some.simulate(policies=[pay])
    assert simulation.step(9) and simulation.run_until("2015-02-01", progress=False)
    assert simulation.run(progress=False).fingerprint == whole.fingerprint
    # What was decided lasts; the policy itself goes on only if it is given again.
    simulation = some.simulate(policies=[pay])
    simulation.run_until("2015-02-01", progress=False)
    stored = simulation.checkpoint()
    assert Simulation.resume(stored, policies=[pay]).run(progress=False).fingerprint == whole.fingerprint
    assert Simulation.resume(stored).run(progress=False).fingerprint != whole.fingerprint


def setting(*arguments, **named):
    @countryside.policy(name="trial")
    def trial(state):
        if state.month == "2014-11":
            state.set(*arguments, **named)

    return trial


@pytest.mark.parametrize(
    ("arguments", "named", "expected"),
    [
        (("programme.base_pay", -5), {}, r"'trial', 2014-11: programme.base_pay = -5 in Nation: -5 is out of range"),
        (("programme.base_pay", math.nan), {}, "programme.base_pay = nan in Nation: .*expected"),
        (("programme.base_pay", "much"), {"places": "Poverty"}, "'much' in Poverty: .*expected a number"),
        (("programme.base_pai", 5), {}, "did you mean `programme.base_pay`"),
        (("household.elasticity", 5), {}, "is no lever: rules set what somebody decides"),
        (("programme.start", "2015-01-01"), {}, "cannot change during a run"),
        (("programme.base_pay", 5), {"places": 829999}, r"in Counties\(\[829999\]\): .*applies nowhere"),
        (("programme.base_pay", 5), {"places": "Everywhere"}, "'E' is no place|'Everywhere' is no place"),
        (("programme.base_pay", 5), {"places": [True, False]}, "a truth for each of 6 counties, not 2"),
        (("programme.base_pay", [5.0, 6.0]), {}, "one for each of 6 counties, not 2"),
        (("programme.planned_counties", 5), {"places": "Poverty"}, "holds for the nation"),
        (("programme.centre_staff", 5), {"villages": "to_seat > 30"}, "is not read village by village"),
        (("programme.base_pay", 5), {"villages": "shops > 3"}, "`shops` is nothing that a village is"),
        (("programme.base_pay", 5), {"until": "2014-12-01"}, "does not lie after the first day"),
        (("programme.base_pay", {1}), {}, "a scenario has no values like"),
    ],
)
def test_what_cannot_be_set_is_told_with_policy_month_lever_place_and_value(some, arguments, named, expected):
    with pytest.raises(PolicyError, match=expected) as raised:
        some.run(progress=False, policies=[setting(*arguments, **named)])
    error = raised.value
    assert (error.policy, error.month, error.lever) == ("trial", "2014-11", arguments[0])
    assert error.expected in str(error) and pickle.loads(pickle.dumps(error)).args == error.args


def test_truths_of_which_none_holds_set_nothing(some):
    def nowhere(state):
        state.set("programme.base_pay", 500, places=[False] * len(state.counties["county"].to_list()))

    run = some.run(progress=False, policies=[countryside.policy(nowhere)])
    assert run.fingerprint == some.run(progress=False).fingerprint and "decision" not in run.tables


def test_a_series_named_like_a_formula_is_a_text_in_what_is_saved(some, tmp_path):
    run = some.run(progress=False, policies=[countryside.policy(lambda state: {"=1+1": 2})])
    run.save(tmp_path / "saved")
    head = (tmp_path / "saved" / "outcomes.csv").read_text().splitlines()[0]
    assert head.endswith(",'=1+1")
    assert "'=1+1" in (tmp_path / "saved" / "policy.csv").read_text()


def test_an_exception_of_a_policy_s_own_is_passed_on_as_it_is_and_nothing_is_half_done(some):
    class Enough(Exception):
        pass

    own = Enough("by now")

    @countryside.policy
    def stops(state):
        state.set("programme.base_pay", 1234)
        if state.month == "2014-12":
            raise own

    simulation = some.simulate(policies=[stops])
    with pytest.raises(Enough) as raised:
        simulation.run(progress=False)
    assert raised.value is own
    assert simulation.now == datetime.date(2015, 1, 7) and not simulation.is_done
    with pytest.raises(Enough) as raised:
        sweep(some, seeds=3, policies=[stops], progress=False)
    assert raised.value is own


def test_what_is_no_policy_and_what_returns_nonsense_is_refused(some):
    with pytest.raises(TypeError, match="mark it with @countryside.policy"):
        some.run(policies=[lambda state: None])
    with pytest.raises(ValueError, match="every='day': expected one of window, month"):
        countryside.policy(every="day")
    with pytest.raises(ValueError, match="expected 1 to 60 letters"):
        countryside.policy(name="=1+1")(lambda state: None)
    with pytest.raises(ValueError, match="two policies are called 'nothing'"):
        some.simulate(policies=[nothing, nothing])
    for returned, expected in (
        ([1], "a dictionary of numbers by name"),
        ({"a": "x"}, "expected numbers by name"),
        ({1: 2.0}, "expected numbers by name"),
    ):
        policy = countryside.policy(name="odd")(lambda state, returned=returned: returned)
        with pytest.raises(PolicyError, match=f"'odd', 2014-10: returned .*{expected}"):
            some.run(policies=[policy], progress=False)
    own = [countryside.policy(name=name)(lambda state: {"same": 1}) for name in ("one", "two")]
    with pytest.raises(PolicyError, match="taken by the policy 'one'"):
        some.run(policies=own, progress=False)
    clash = countryside.policy(name="clash")(lambda state: {"shops": 1})
    with pytest.raises(PolicyError, match="taken by an outcome"):
        some.run(policies=[clash], progress=False)


def test_a_state_is_of_its_moment(some):
    kept = []
    some.run(policies=[countryside.policy(name="keeps")(lambda state: kept.append(state))], progress=False)
    for use in (lambda: kept[0].nation, lambda: kept[0].set("programme.base_pay", 5), lambda: kept[0].shops):
        with pytest.raises(RuntimeError, match="this State is over"):
            use()


def test_a_state_shows_what_there_is(some):
    seen = []

    @countryside.policy(every="year")
    def look(state):
        seen.append(state)
        counties = state.counties
        assert len(counties["county"]) == 6 and "km_to_capital" in counties and "buying_share" in counties
        assert counties["buying_share"].unit == "share of households" or counties["buying_share"].unit
        villages = numpy.asarray(state.villages["to_seat"])
        assert villages.dtype == numpy.int64 and (villages > 0).all()
        assert state.nation["shops"] >= state.shops.num_rows > 0
        assert sum(state.households(10**9)["weight"]) == pytest.approx(sum(state.villages["households"]))
        sample = state.households(40)
        assert 30 <= sample.num_rows <= 60 and set(sample["buying"]) <= {"unaware", "aware", "trial", "regular", "lapsed"}
        assert state.partners.num_rows >= state.nation["stations_open"]
        for wrong, kind in ((state.counties, "column of counties"), (state.nation, "series of the nation")):
            with pytest.raises(KeyError, match=f"no {kind} 'buying_shares'; did you mean 'buying_share'"):
                wrong["buying_shares"]
        with pytest.raises(KeyError, match="no lever 'programme.base_pai'"):
            state.lever("programme.base_pai")

    some.run(policies=[look], progress=False)
    assert len(seen) == 1


def test_saying_it_again_is_no_decision(some):
    @countryside.policy
    def again(state):
        state.set("programme.base_pay", 800, places="NotPoverty")
        state.set("programme.base_pay", [700.0] * 6, places=[True] + [False] * 5)

    run = some.run(policies=[again], progress=False)
    decided = run.tables["decision"]
    # In November both; afterwards the second has changed what the first would set, and both are said anew.
    assert decided.num_rows >= 2

    @countryside.policy
    def once(state):
        state.set("programme.base_pay", numpy.int64(800))
        state.set("programme.planned_counties", 5)
        state.set("programme.planned_counties", 5)

    run = some.run(policies=[once], progress=False)
    assert [rule for rule in run.tables["decision"]["rule"] if " 1" in rule][0] == "once 2014-11-06 1"
    for lever in ("base_pay", "planned_counties"):
        assert sum(lever in levers for levers in run.tables["decision"]["levers"]) == 1, lever


def test_sweeps_ask_policies_in_every_run(some):
    factors = {"household.elasticity": [2.0, 4.0]}
    done = sweep(some, factors, seeds=2, outcomes=["stations_open"], series=["shops"], policies=[pay], progress=False)
    for run in (0, 3):
        alone = countryside.load(some, done.points[run // 2]).run(seed=1 + run % 2, policies=[pay], progress=False)
        assert done["fingerprint"][run] == alone.fingerprint
        assert done["counties_paid"][run] == alone.outcomes["counties_paid"].value
        assert done["asked"][run] == 9.0, "each run has a memory of its own"
    monthly = done.monthly.to_pandas()
    own = monthly[monthly["series"] == "counties_paid"]
    assert len(own) == 4 * 9 and own["month"].iloc[0] == "2014-10" and set(own["place"]) == {""}
    assert list(monthly["series"].unique()) == ["shops", "counties_paid", "asked"]
    one = sweep(some, factors, seeds=2, outcomes=["stations_open"], series=["shops"], policies=[pay], jobs=1, progress=False)
    assert pickle.dumps(one.runs) == pickle.dumps(done.runs) and pickle.loads(pickle.dumps(one)).points == one.points
    without = sweep(some, factors, seeds=2, outcomes=["stations_open"], progress=False)
    assert without["fingerprint"].to_list() != done["fingerprint"].to_list(), "the control"
    idle = sweep(some, factors, seeds=2, outcomes=["stations_open"], policies=[nothing], progress=False)
    assert idle["fingerprint"].to_list() == without["fingerprint"].to_list()


def test_sweeps_elsewhere_take_policies_that_can_be_pickled(some):
    here = sweep(some, seeds=2, outcomes=["stations_open"], policies=[pay], progress=False)
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(2, context) as executor:
        there = sweep(some, seeds=2, outcomes=["stations_open"], policies=[pay], executor=executor, progress=False)
    assert pickle.dumps(there.runs) == pickle.dumps(here.runs)


def test_a_sweep_notes_runs_that_fail(some):
    with pytest.warns(countryside.SweepWarning):
        done = sweep(some, [{"household.elasticity": 2.0}, {"limits.memory": 64, "places.select": "All"}], policies=[pay], progress=False, outcomes=["shops"])
    assert [failure.kind for failure in done.failures] == ["refused"]
    with pytest.warns(countryside.SweepWarning):
        done = sweep(some, policies=[pay], at_most=0.0, progress=False, outcomes=["shops"], seeds=[1])
    assert [failure.kind for failure in done.failures] == ["too_long"]


def test_the_guide_s_example_runs(capsys):
    guide = (ROOT / "docs/guide/researchers.md").read_text()
    blocks = re.findall(r"```python\n(.*?)```", guide, re.S)
    (block,) = [block for block in blocks if "countryside.policy" in block]
    exec(textwrap.dedent(block), {"__name__": "guide"})
    told = capsys.readouterr().out
    assert "counties_paid" in told and told.startswith("("), told
