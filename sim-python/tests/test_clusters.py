"""Sweeps by the workers of a cluster: Dask's own, those that dask-jobqueue starts, and shards of a folder."""

import concurrent.futures
import os
import signal
import subprocess
import threading

import pytest

import countryside
from countryside import ShardError, run_shards, sweep

TABLES = ("runs.parquet", "series.parquet", "failures.csv", "outcomes.csv", "columns.csv")


def frame(table):
    return {name: table[name].to_list() for name in table}


@pytest.fixture
def local():
    """Two workers of Dask on this machine, as processes."""
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


@pytest.fixture
def planned(tmp_path, command):
    """A sweep of 12 runs in 5 shards, and the same on one machine."""
    text = """(
        name: "quick", base: "tiny", set: (end: "2015-01-31"),
        factors: [(path: "household.elasticity", range: (2.5, 5.0))],
        design: LatinHypercube(samples: 6), replicates: 2,
        outcomes: ["self_service_orders", (series: "station_orders", months: 2)],
    )"""
    (tmp_path / "e.ron").write_text(text)
    for arguments in (["plan", "e.ron", "--out", "parts", "--shards", "5"], ["e.ron", "--out", "whole", "-q"]):
        subprocess.run([command, "sweep", *arguments], cwd=tmp_path, check=True, stdout=subprocess.DEVNULL)
    return tmp_path


def same_tables(planned, command):
    subprocess.run([command, "sweep", "gather", "parts"], cwd=planned, check=True, stdout=subprocess.DEVNULL)
    for name in TABLES:
        assert (planned / "parts" / name).read_bytes() == (planned / "whole" / name).read_bytes(), name


def test_dask_runs_the_shards_of_a_folder(planned, command, local):
    status = run_shards(planned / "parts", local, program=command)
    assert (status["done"], status["missing"]) == (12, 0)
    same_tables(planned, command)
    assert run_shards(planned / "parts", local, program=command) == status, "nothing is left to do"


def test_shards_that_fail_are_named_and_the_rest_is_kept(planned, command):
    (planned / "parts" / "locks" / "shard-2").mkdir()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        with pytest.raises(ShardError, match=r"1 of 5 shards did not end well, the first \(2/5\) because: error: cannot write"):
            run_shards(planned / "parts", pool, program=command)
        (planned / "parts" / "locks" / "shard-2").rmdir()
        assert run_shards(planned / "parts", pool, program=command)["done"] == 12
        with pytest.raises(ValueError, match="not a sweep's folder"):
            run_shards(planned, pool, program=command)
    same_tables(planned, command)


def test_a_worker_of_dask_that_dies_is_made_up_for(local):
    scenario = countryside.load("tiny", end="2015-06-30")
    here = sweep(scenario, seeds=24, progress=False)
    victim = next(iter(local.run(os.getpid).values()))
    done = threading.Event()

    def kill():
        done.wait(60)
        os.kill(victim, signal.SIGKILL)

    thread = threading.Thread(target=kill)
    thread.start()
    there = sweep(scenario, seeds=24, executor=local, progress=lambda progress: progress.done >= 3 and done.set())
    done.set()
    thread.join()
    assert frame(there.runs) == frame(here.runs)


def test_jobs_of_dask_jobqueue_are_workers(quick):
    """dask-jobqueue's own machinery with jobs that are processes of this machine: what differs from Slurm is the command that submits."""
    jobqueue = pytest.importorskip("dask_jobqueue.local")
    distributed = pytest.importorskip("distributed")
    here = sweep(quick, seeds=6, progress=False)
    with (
        jobqueue.LocalCluster(cores=1, memory="1GB", scheduler_options={"dashboard_address": None}) as cluster,
        distributed.Client(cluster) as client,
    ):
        cluster.scale(jobs=2)
        client.wait_for_workers(1, timeout=60)
        there = sweep(quick, seeds=6, executor=client, progress=False)
    assert frame(there.runs) == frame(here.runs)


def test_dask_jobqueue_on_slurm(quick):
    """With a Slurm that answers, such as that of tests/clusters/slurm.sh."""
    dask_jobqueue = pytest.importorskip("dask_jobqueue")
    distributed = pytest.importorskip("distributed")
    if not os.environ.get("SLURM_CONF"):
        pytest.skip("SLURM_CONF does not name the configuration of a Slurm that runs")
    here = sweep(quick, seeds=6, progress=False)
    with (
        dask_jobqueue.SLURMCluster(
            cores=1, memory="1GB", walltime="00:05:00", interface="lo", scheduler_options={"dashboard_address": None}
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        cluster.scale(jobs=1)
        client.wait_for_workers(1, timeout=60)
        there = sweep(quick, seeds=6, executor=client, progress=False)
    assert frame(there.runs) == frame(here.runs)
