"""The shards of a sweep that the command planned, run by an executor."""

from __future__ import annotations

import json
import os
import subprocess
from concurrent.futures import Executor, Future, as_completed
from typing import Any


class ShardError(RuntimeError):
    """Some shards of a sweep did not end well. What they finished is kept."""


def run_shards(
    folder: str | os.PathLike[str],
    executor: Executor | Any,
    *,
    program: str = "countryside",
) -> dict[str, Any]:
    """Run what is missing of a sweep's folder, shard by shard, and return what ``countryside sweep status --json`` tells then.

    The folder is made by ``countryside sweep plan``, and its tables by ``countryside sweep gather``. ``executor`` is one of
    ``concurrent.futures`` or a Dask client, whose workers see the folder under the same name and have the command
    ``program`` of the same version. Runs are kept as they finish, so that a worker that dies loses at most the run it was at;
    calling this again goes on. :class:`ShardError` is raised, after all have ended, if a shard did not end well.
    """
    folder = os.path.abspath(folder)
    if not isinstance(executor, Executor) and hasattr(executor, "get_executor"):
        executor = executor.get_executor()  # a Dask client
    shards = _status(program, folder)["shards"]
    tasks: dict[Future[str], int] = {}
    for shard in shards:
        if shard["done"] + shard["failed"] < shard["runs"] and not shard["running"]:
            task = executor.submit(_shard, program, folder, shard["shard"], len(shards))
            tasks[task] = shard["shard"]
    broken: list[tuple[int, str]] = []
    try:
        for task in as_completed(tasks):
            error = task.exception()
            message = str(error) if error else task.result()
            if message:
                broken.append((tasks[task], message))
    except BaseException:
        for task in tasks:
            task.cancel()
        raise
    if broken:
        number, message = min(broken)
        raise ShardError(
            f"{len(broken)} of {len(tasks)} shards did not end well, the first ({number}/{len(shards)}) because: {message}"
        )
    return _status(program, folder)


def _status(program: str, folder: str) -> dict[str, Any]:
    told = subprocess.run(
        [program, "sweep", "status", folder, "--json"], capture_output=True, text=True
    )
    if told.returncode:
        raise ValueError(told.stderr.strip())
    status: dict[str, Any] = json.loads(told.stdout)
    return status


def _shard(program: str, folder: str, number: int, count: int) -> str:
    """Runs a shard in another process; returns why it did not end well, or nothing."""
    command = [program, "sweep", "run", folder, "--shard", f"{number}/{count}"]
    ended = subprocess.run([*command, "--jobs", "1", "--quiet"], capture_output=True, text=True)
    if ended.returncode == 0:
        return ""
    return ended.stderr.strip() or f"{program} ended with {ended.returncode}"
