"""Scenarios: read, changed, refused."""

import datetime
import pickle

import pytest

import countryside
from countryside import ScenarioError, load


def faults(*arguments, **changes):
    with pytest.raises(ValueError) as caught:
        load(*arguments, **changes)
    assert isinstance(caught.value, ScenarioError)
    return caught.value


def test_built_in_scenarios_are_listed_with_their_questions():
    scenarios = countryside.scenarios()
    assert next(iter(scenarios)) == "tiny"
    assert len(scenarios) >= 17
    assert all(question.endswith("?") for question in scenarios.values())


@pytest.mark.parametrize("name", countryside.scenarios())
def test_every_value_survives_being_read_and_written(name):
    scenario = load(name)
    again = load({"base": name}, dict(scenario))
    assert again == scenario
    assert again.hash == scenario.hash


def test_changes_come_as_paths_keywords_and_sections(quick):
    assert load("tiny", {"household.elasticity": 3})["household.elasticity"] == 3.0
    assert load("tiny", household__elasticity=3)["household.elasticity"] == 3.0
    assert load("tiny", household={"elasticity": 3})["household"]["elasticity"] == 3.0
    assert load("tiny", end=datetime.date(2015, 1, 31))["end"] == "2015-01-31"
    assert load(quick, seed=2)["end"] == quick["end"]
    assert load(quick, seed=2).changes == {"seed": 2, "end": "2014-12-31"}


def test_values_are_pythons_own():
    scenario = load("tiny")
    assert scenario["seed"] == 1 and isinstance(scenario["seed"], int)
    assert isinstance(scenario["household_sample"], float)
    assert scenario["places.select"] == {"Codes": [330122]}
    assert scenario["places.table"] is None
    assert scenario["programme.enabled"] is True
    assert scenario["programme.partner_kind"] in {"Shopkeepers", "Returnees", "Both"}
    assert load("tiny", seed=2**64 - 1)["seed"] == 2**64 - 1


def test_structured_values_are_lists_and_dictionaries():
    shock = {"kind": "RoadsClosed", "start": "2015-01-20", "weeks": 3, "provinces": [33], "strength": 1.0}
    path = next(path for path, row in countryside.parameters().items() if "list of shocks" in row.kind)
    scenario = load("tiny", {path: [shock]})
    assert scenario[path] == [shock]
    rule = {
        "name": "stop in two provinces",
        "when": "orders_per_open_station < 60 for 6 months",
        "in": {"Provinces": ["Guizhou", "Gansu"]},
        "each": "County",
        "repeat": "While",
        "set": {"programme": {"hold_batches": True, "partner_kind": "Returnees"}},
    }
    read = load("tiny", {"rules": [rule]})["rules"][0]
    assert {name: read[name] for name in rule} == rule
    dotted = rule | {"set": {"programme.hold_batches": True, "programme__partner_kind": "Returnees"}}
    assert load("tiny", {"rules": [dotted]})["rules"] == load("tiny", {"rules": [rule]})["rules"]
    budget = next(path for path, row in countryside.parameters().items() if "sums in million yuan" in row.kind)
    pairs = [["2014-10-13", 500], ["2015-10-13", 1.5]]
    assert load("tiny", {budget: pairs})[budget] == [("2014-10-13", 500.0), ("2015-10-13", 1.5)]
    rule = {"Rule": {"provinces": ["浙江省"], "kinds": ["County"], "top": 2, "rank_by": "Villages"}}
    assert load("tiny", {"places.select": rule})["places.select"] == rule
    assert load("tiny", {"places.select": {"Random": {"count": 3}}})["places.select"] == {"Random": {"count": 3}}


def test_whole_numbers_may_come_from_samplers():
    numpy = pytest.importorskip("numpy")
    assert load("tiny", window_days=numpy.float64(14.0))["window_days"] == 14
    assert load("tiny", seed=numpy.int64(3))["seed"] == 3
    assert "expected a whole number" in str(faults("tiny", window_days=7.5))


def test_a_dictionary_can_be_a_scenario():
    scenario = load({"base": "tiny", "name": "mine", "household": {"elasticity": 2.5}})
    assert scenario.name == "mine"
    assert scenario["places.select"] == {"Codes": [330122]}
    error = faults({"name": "nothing"})
    assert [fault.path for fault in error.faults] == ["start", "end"]
    assert "missing: expected a date" in str(error)


def test_a_fault_in_a_file_has_its_line_field_and_suggestion(tmp_path):
    file = tmp_path / "mine.ron"
    file.write_text('(\n    base: "tiny",\n    household: (elasticitty: 3.0),\n    seed: -1,\n)\n')
    error = faults(file)
    first, second = error.faults
    assert (first.file, first.line, first.path) == (str(file), 3, "household.elasticitty")
    assert "elasticity" in first.suggestion
    assert (second.line, second.path, second.value) == (4, "seed", "-1")
    assert f"{file}:3:" in str(error) and f"{file}:4:" in str(error)
    lines = str(error).splitlines()
    at = next(at for at, line in enumerate(lines) if "household: (elasticitty: 3.0)," in line)
    assert lines[at + 1].index("^") == lines[at].index("elasticitty") and lines[at + 1].count("^") == len("elasticitty")
    shown, marker = next(pair for pair in zip(lines, lines[1:]) if "seed: -1," in pair[0])
    assert marker.index("^") == shown.index("-1") and marker.count("^") == 2
    assert str(error) == "\n".join(str(fault) for fault in error.faults) == "\n".join(fault.text for fault in error.faults)


def test_a_fault_in_a_change_has_its_number_field_and_suggestion():
    error = faults("tiny", {"seed": 5, "household.elasticitty": 3, "household_sample": 2.0})
    assert [(fault.file, fault.line, fault.path) for fault in error.faults] == [
        ("change", 2, "household.elasticitty"),
        ("change", 3, "household_sample"),
    ]
    assert error.faults[0].suggestion == "did you mean `household.elasticity`?"
    assert "out of range" in error.faults[1].message
    assert str(error).startswith("change 2: household.elasticitty: there is no such field")


def test_unknown_names_are_told_what_there_is():
    assert "`tiny` is a built-in scenario" in str(faults("tinny"))
    assert "built-in scenarios: tiny, county" in str(faults("nowhere/at_all.ron"))
    with pytest.raises(KeyError, match="did you mean 'household.elasticity'"):
        load("tiny")["household.elasticitty"]
    with pytest.raises(KeyError, match="it is now called 'household.self_service_hassle'"):
        load("tiny")["household.alone_hassle"]
    with pytest.raises(TypeError, match="no values like"):
        load("tiny", household__elasticity=object())


def test_setting_checks_and_after_an_error_all_is_as_before(quick):
    before = quick.text
    with pytest.raises(ScenarioError):
        quick["household.elasticity"] = -1
    with pytest.raises(ScenarioError):
        quick.update({"seed": 2, "household_sample": float("nan")})
    with pytest.raises(ScenarioError, match="end"):
        quick["end"] = "2013-01-01"
    assert quick.text == before
    quick["seed"] = 9
    assert quick["seed"] == 9 and quick.origin("seed") == "change 1"
    assert quick.origin("household.elasticity") is None
    with pytest.raises(TypeError):
        quick["household"]["elasticity"] = 1


def test_a_scenario_goes_elsewhere_with_its_files(tmp_path):
    base, file = tmp_path / "base.ron", tmp_path / "mine.ron"
    base.write_text('(base: "tiny", seed: 4)\n')
    file.write_text('(base: "base.ron", name: "mine")\n')
    scenario = load(file, end="2014-12-31")
    sent = pickle.dumps(scenario)
    base.unlink(), file.unlink()
    arrived = pickle.loads(sent)
    assert arrived == scenario and arrived["seed"] == 4
    arrived["window_days"] = 14
    assert arrived["window_days"] == 14 and scenario["window_days"] == 7


def test_what_a_run_takes_is_known_before_and_too_much_is_refused(quick):
    estimate = quick.estimate()
    assert (estimate.counties, estimate.villages) == (1, 5)
    assert estimate.bytes > 1e5
    large = load("programme_full", {"limits.memory": 64})
    with pytest.raises(ScenarioError, match="limit of 64 MiB") as caught:
        large.run(progress=False)
    assert caught.value.faults[0].file == "change"


def test_the_catalogue_has_units_ranges_defaults_and_sources():
    catalogue = countryside.parameters()
    assert set(catalogue) == set(load("tiny"))
    elasticity = catalogue["household.elasticity"]
    assert elasticity.low is not None and elasticity.low < elasticity.default < elasticity.high
    assert all(row.description and row.source for row in catalogue.values())
    assert all(row.unit for row in catalogue.values() if row.group != "scenario")
    couriers = countryside.parameters("COURIER")
    assert 0 < len(couriers) < len(catalogue)
    assert "courier" in repr(couriers).lower()
