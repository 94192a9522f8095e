"""Runs: the command's results, and a notebook's control."""

import _thread
import csv
import json
import math
import pickle
import re
import subprocess
import sys
import textwrap
import threading
import time

import pytest
from conftest import ROOT

import countryside


def known_fingerprints():
    """The self-test's runs: scenario, changes, fingerprint. The fourth takes a while."""
    text = (ROOT / "tests/golden/selftest.ron").read_text()
    for block in re.findall(r'scenario: "(\w+)",\s+changes: \[(.*?)\],\s+fingerprint: "(\w+)"', text, re.S):
        name, changes, fingerprint = block
        pairs = re.findall(r'\("([\w.]+)", "((?:[^"\\]|\\.)*)"\)', changes)
        yield name, {path: value.replace('\\"', "") for path, value in pairs}, fingerprint


@pytest.mark.parametrize(("name", "changes", "fingerprint"), list(known_fingerprints())[:3])
def test_fingerprints_are_those_of_the_self_test(name, changes, fingerprint):
    assert countryside.load(name, changes).run(threads=2, progress=False).fingerprint == fingerprint


def test_the_command_gives_the_same(command, tiny_run):
    told = subprocess.run([command, "run", "tiny", "--json"], capture_output=True, check=True)
    document = json.loads(told.stdout)
    assert tiny_run.fingerprint == document["fingerprint"]
    assert list(tiny_run.outcomes) == [outcome["name"] for outcome in document["outcomes"]]
    for outcome in document["outcomes"]:
        ours = tiny_run.outcomes[outcome["name"]]
        assert (ours.unit, ours.is_sum, ours.definition) == (
            outcome["unit"],
            outcome["is_sum"],
            outcome["definition"],
        )
        assert [None if math.isnan(value) else value for value in ours.series] == outcome["monthly"]


def test_seeds_change_results_and_threads_do_not(quick):
    prints = {quick.run(seed=seed, threads=threads, progress=False).fingerprint for seed in (1, 2) for threads in (1, 3)}
    assert len(prints) == 2
    assert quick["seed"] == 1, "a run changes nothing of its scenario"


def test_outcomes_have_units_and_suggest_names(tiny_run):
    stations = tiny_run.outcomes["stations_open"]
    assert (stations.value, stations.unit, stations.is_sum) == (5.0, "stations", False)
    assert float(stations) == 5.0 and stations.months[0] == "2014-10" and len(stations.series) == 24
    assert tiny_run.outcomes["station_orders"].value == sum(tiny_run.outcomes["station_orders"].series)
    assert all(outcome.unit and outcome.definition for outcome in tiny_run.outcomes.values())
    with pytest.raises(KeyError, match="did you mean 'stations_open'"):
        tiny_run.outcomes["station_open"]
    with pytest.raises(KeyError, match="it is now called 'better_off_share'"):
        tiny_run.outcomes["gaining_share"]
    assert "stations_open" in str(tiny_run) and tiny_run.fingerprint in str(tiny_run)
    assert "<td>stations_open</td><td>5</td><td>stations</td>" in tiny_run._repr_html_()


def test_progress_is_told_to_a_callback_and_its_error_stops_the_run(quick):
    told = []
    quick.run(progress=told.append)
    assert (told[-1].days, told[-1].total_days) == (92, 92)
    assert told[-1].events > 0 and told[-1].date == "2015-01-01"

    def stop(progress):
        raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        quick.run(progress=stop)


def test_other_threads_go_on_during_a_run():
    ticks, done = [], threading.Event()

    def tick():
        while not done.is_set():
            ticks.append(time.monotonic())
            time.sleep(0.002)

    ticker = threading.Thread(target=tick)
    ticker.start()
    simulation = countryside.load("county", household_sample=1.0, window_days=31).simulate(threads=1)
    longest, began = 0.0, time.monotonic()
    # One window of a month is one call that never asks for the lock in between.
    while time.monotonic() - began < 1.0 and simulation.step():
        pass
    done.set(), ticker.join()
    assert len(ticks) > 50, f"{len(ticks)} ticks: the lock was held"


def test_ctrl_c_stops_at_a_window_s_end_and_the_simulation_can_go_on():
    simulation = countryside.load("county", household_sample=1.0).simulate(threads=1)

    def interrupt(progress):
        if progress.days >= 14:
            _thread.interrupt_main()

    with pytest.raises(KeyboardInterrupt):
        simulation.run(progress=interrupt)
    days = (simulation.now - simulation.start).days
    assert days >= 14 and days % 7 == 0
    assert not simulation.is_done
    simulation.step()
    assert (simulation.now - simulation.start).days == days + 7


def test_a_signal_from_outside_stops_a_script():
    script = """
        import os, signal, threading, time
        import countryside
        def interrupt():
            time.sleep(0.3)
            os.kill(os.getpid(), signal.SIGINT)
        threading.Thread(target=interrupt, daemon=True).start()
        try:
            countryside.load("nation_2009").run(progress=False)
        except KeyboardInterrupt:
            print("stopped")
    """
    program = [sys.executable, "-c", textwrap.dedent(script)]
    told = subprocess.run(program, capture_output=True, text=True, timeout=60)
    assert told.stdout == "stopped\n", told.stderr


def test_a_bar_is_drawn_only_where_somebody_watches(quick, capfd, monkeypatch):
    quick.run()
    assert capfd.readouterr() == ("", "")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    quick.run()
    assert capfd.readouterr() == ("", ""), "what is quick shows nothing"
    monkeypatch.setattr("countryside._progress._DELAY", 0.0)
    for missing in (False, True):
        if missing:
            monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
        quick.run()
        out, err = capfd.readouterr()
        assert out == "" and "days" in err and "million events/s" in err, repr(err)


def test_a_run_is_saved_and_pickled_whole(tiny_run, tmp_path):
    folder = tmp_path / "runs" / "tiny"
    tiny_run.save(folder)
    again = countryside.load(folder / "scenario.ron").run(progress=False)
    assert again.fingerprint == tiny_run.fingerprint == json.loads((folder / "run.json").read_text())["fingerprint"]
    nation = list(csv.DictReader((folder / "nation.csv").open(newline="")))
    assert [int(row["station_orders"]) for row in nation] == tiny_run.tables["nation"]["station_orders"].to_list()
    outcomes = list(csv.DictReader((folder / "outcomes.csv").open(newline="")))
    assert [row["month"] for row in outcomes] == list(tiny_run.months)
    assert [float(row["stations_open"]) for row in outcomes] == list(tiny_run.outcomes["stations_open"].series)
    gaps = sum(math.isnan(value) for value in tiny_run.outcomes["orders_per_open_station"].series)
    assert gaps > 0 and sum(row["orders_per_open_station"] == "" for row in outcomes) == gaps
    units = {(row["table"], row["column"]): row["unit"] for row in csv.DictReader((folder / "columns.csv").open(newline=""))}
    assert units["nation", "station_orders"] == "orders/month"
    with pytest.raises(FileExistsError):
        tiny_run.save(folder)
    assert [path.name for path in folder.parent.iterdir()] == ["tiny"], "nothing is left beside it"
    other = pickle.loads(pickle.dumps(tiny_run))
    assert other.fingerprint == tiny_run.fingerprint and other.outcomes.to_dict().keys() == tiny_run.outcomes.keys()
    assert other.tables["county"].column_names == tiny_run.tables["county"].column_names
