#!/usr/bin/env python3
"""Countryside's kernel beside its peers on the `orders` workload: checks that all agree, and prints a table.

    python3 benches/peers/compare.py                 builds, makes a virtual environment, checks, measures: some ten minutes where nothing else runs
    python3 benches/peers/compare.py --quick         small sizes, to see that all run and agree: a minute or two after building
    python3 benches/peers/compare.py --only ours     engines whose name contains this, besides the bare loop

Needs Linux, cargo, Python 3.12 or newer with venv, and the registries of both. Each engine runs alone, one after the other; CPU time is that of the
process (of all its threads) from before the model is built to its end, memory is the process's peak. Measure on a machine that does nothing else:
--lock FILE takes a lock for each measurement, where several share one machine.
"""

import argparse
import contextlib
import fcntl
import json
import math
import os
import platform
import shutil
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOUSEHOLDS = 250
RATE = 30.0 / 365.0


@dataclass
class Engine:
    """A program of the comparison."""

    name: str
    command: list[str]
    #: Whether it runs on two threads.
    parallel: bool = False
    #: Whether it is measured at a million households.
    large: bool = True
    #: Whether it is measured for a short time only, because it takes minutes.
    slow: bool = False


def engines(target: Path, python: Path) -> list[Engine]:
    rust = lambda name, *kind: [str(target / "release" / f"orders-{name}"), *kind]
    script = lambda name: [str(python), str(HERE / "python" / f"orders_{name}.py")]
    return [
        Engine("bare bucketed loop (Rust)", rust("bare"), parallel=True),
        Engine("bare loop, consignments (Rust)", rust("bare", "--consignments"), parallel=True),
        Engine("bare loop, one heap (Rust)", rust("bare", "--heap")),
        Engine("Countryside's kernel, as its agents", rust("countryside"), parallel=True),
        Engine("Countryside's kernel, each step an event", rust("countryside", "--steps"), parallel=True),
        Engine("NumPy, daily step", script("numpy")),
        Engine("NumPy, daily step, orders pooled", script("numpy_pooled")),
        Engine("ixa", rust("ixa")),
        Engine("krABMaga, daily step", rust("krabmaga")),
        Engine("NeXosim, an actor a village", rust("nexosim"), parallel=True),
        Engine("SimPy", script("simpy"), large=False, slow=True),
        Engine("Mesa, events", script("mesa"), large=False, slow=True),
        Engine("Mesa, daily step", script("mesa_daily"), large=False, slow=True),
    ]


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def build(target: Path, python: Path | None) -> Path:
    """Builds the programs; makes an environment for Python unless one is given."""
    say("building the programs in Rust")
    command = ["cargo", "build", "--release", "--locked", "--quiet", "--manifest-path", str(HERE / "Cargo.toml")]
    subprocess.run(command, check=True, env=os.environ | {"CARGO_TARGET_DIR": str(target)})
    if python:
        return python
    folder = target / "python"
    if not (folder / "bin" / "python").exists():
        say("making a virtual environment")
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        requirements = str(HERE / "python" / "requirements.txt")
        subprocess.run([str(folder / "bin" / "pip"), "install", "--quiet", "-r", requirements], check=True)
    return folder / "bin" / "python"


@contextlib.contextmanager
def locked(path: str | None):
    if path is None:
        yield
        return
    with open(path, "a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def run(engine: Engine, villages: int, days: int, threads: int, seed: int, lock: str | None) -> dict:
    """One run: what the program prints, and CPU time an event [ns]."""
    command = [*engine.command, *map(str, (villages, days, threads, seed))]
    with locked(lock):
        ended = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if ended.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {ended.returncode}")
    told = json.loads(ended.stdout)
    told["events"] = sum(told[name] for name in ("orders", "hub_arrivals", "departures", "arrivals", "collections", "decisions"))
    told["ns"] = told["cpu_seconds"] * 1e9 / told["events"]
    return told


def disagreements(told: dict, reference: dict) -> list[str]:
    """What differs from the workload, or from the bare loop's run of the same size, by more than chance: 5 standard deviations or more."""
    count, days = told["villages"] * HOUSEHOLDS, told["days"]
    found = []

    def check(what: str, value: float, expected: float, tolerance: float) -> None:
        if not abs(value - expected) <= tolerance:
            found.append(f"{told['engine']}: {what} is {value:.5g}, expected {expected:.5g} within {tolerance:.2g}")

    orders = RATE * count * days
    check("orders", told["orders"], orders, 5 * math.sqrt(orders))
    # A delay's standard deviation is 0.66 days. What is under way at the end is missing, from every engine alike.
    check("mean delay [days]", told["delay"], reference["delay"], 5 * 0.66 * math.sqrt(2 / told["collections"]))
    if days >= 365:
        check("mean delay [days]", told["delay"], 2.83, 0.02)
    check("departures", told["departures"], told["villages"] * days, 0)
    check("arrivals", told["arrivals"], told["villages"] * days, 0)
    for name in ("hub_arrivals", "collections"):
        check(name, told[name], reference[name], 5 * math.sqrt(2 * orders))
    # Those that adopted in the run are a binomial number at first; then adopters of a village spur each other on, and their variance grows, in a year to
    # less than three times that.
    adopted = reference["adopters"] - count / 20
    spread = 1 + 2 * max(0, days // 30 - 1) / 11
    noise = math.sqrt(2 * spread * adopted * (1 - adopted / (0.95 * count)))
    check("adopters", told["adopters"], reference["adopters"], 5 * noise)
    check("decisions", told["decisions"], reference["decisions"], 5 * noise * days / 30)
    return found


def blind_spots(told: dict) -> list[str]:
    """The control: what the check would not notice if a run were wrong by 2 %, or in adopters by 10 %."""
    biased = {"orders": 1.02, "hub_arrivals": 0.98, "collections": 1.02, "departures": 1.02, "arrivals": 0.98, "delay": 1.02, "adopters": 1.1}
    return [name for name, factor in biased.items() if not disagreements(told | {name: told[name] * factor}, told)]


def machine() -> str:
    model = "unknown processor"
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} processors ({model}), {memory:.0f} GiB"


def versions(target: Path, python: Path) -> str:
    lock = (HERE / "Cargo.lock").read_text().split("[[package]]")
    found = []
    for package in lock:
        lines = dict(line.split(" = ", 1) for line in package.strip().splitlines() if " = " in line)
        if lines.get("name", "").strip('"') in ("ixa", "krabmaga", "nexosim"):
            found.append(f"{lines['name']} {lines['version']}".replace('"', ""))
    script = "import importlib.metadata as m; print(', '.join(f'{n} {m.version(n)}' for n in ('numpy', 'simpy', 'mesa')))"
    found.append(subprocess.run([str(python), "-c", script], capture_output=True, text=True, check=True).stdout.strip())
    version = subprocess.run([str(python), "--version"], capture_output=True, text=True, check=True).stdout.strip()
    rust = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    return f"{', '.join(found)}; Rust {rust}, {version}"


def median(runs: list[dict]) -> dict:
    """The run of the median CPU time."""
    middle = statistics.median_low([told["ns"] for told in runs])
    return next(told for told in runs if told["ns"] == middle)


def figure(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def table(rows: list[list[str]], header: list[str]) -> str:
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small sizes, one run of each")
    parser.add_argument("--only", action="append", help="only engines whose name contains this, besides the bare loop")
    parser.add_argument("--python", type=Path, help="a Python with the packages of python/requirements.txt")
    parser.add_argument("--lock", help="a file to lock for each measurement")
    parser.add_argument("--repeats", type=int, default=3, help="runs of each engine that takes a few seconds, of which the median counts")
    arguments = parser.parse_args()
    target = Path(os.environ.get("CARGO_TARGET_DIR", HERE / "target"))
    if not shutil.which("cargo"):
        raise SystemExit("cargo is needed")
    python = build(target, arguments.python)

    # Villages and days: 50,000 households a year; a million for some weeks, and as long for those that are slow.
    year, weeks = (365, 42) if not arguments.quick else (73, 35)
    small, large = (200, 4000) if not arguments.quick else (20, 60)
    wanted = [arguments.only is None or any(part in engine.name for part in arguments.only) for engine in engines(target, python)]
    chosen = [engine for at, (engine, is_wanted) in enumerate(zip(engines(target, python), wanted)) if is_wanted or at == 0]
    bare = chosen[0]
    results: dict[tuple[str, str], dict] = {}
    failures: list[str] = []
    references: dict[tuple[int, int], dict] = {}

    def measure(engine: Engine, key: str, villages: int, days: int, threads: int, repeats: int) -> None:
        runs: list[dict] = []
        for seed in range(1, repeats + 1):
            runs.append(run(engine, villages, days, threads, seed, arguments.lock))
            if (villages, days) not in references:
                # With a seed of its own: the bare loop is checked against itself, too.
                references[villages, days] = run(bare, villages, days, 1, 1000, None)
                if not arguments.quick:
                    blind = blind_spots(references[villages, days])
                    failures.extend(f"the check is blind to {name} of {villages} villages in {days} days" for name in blind)
            failures.extend(disagreements(runs[-1], references[villages, days]))
            if runs[-1]["wall_seconds"] > 10:
                break
        results[engine.name, key] = median(runs)
        told = results[engine.name, key]
        say(f"{engine.name:42} {key:8} {told['ns']:10.1f} ns, {told['wall_seconds']:8.2f} s, {told['memory'] / 2**20:8.0f} MiB")

    repeats = 1 if arguments.quick else arguments.repeats
    for engine in chosen:
        measure(engine, "small", small, weeks if engine.slow else year, 1, repeats)
        if engine.large:
            measure(engine, "large", large, weeks, 1, repeats)
            if engine.parallel:
                measure(engine, "two", large, weeks, 2, repeats)

    rows = []
    for engine in chosen:
        at = lambda key: results.get((engine.name, key))
        value = lambda key, field: at(key)[field] if at(key) else None
        ours = next((name for name, _ in results if name.endswith("as its agents")), bare.name)
        ratio = lambda key: value(key, "ns") / results[ours, key]["ns"] if at(key) and (ours, key) in results else None
        wall = value("two", "wall_seconds") or value("large", "wall_seconds")
        memory = value("large", "memory") or value("small", "memory")
        households = (large if at("large") else small) * HOUSEHOLDS
        rows.append([
            engine.name,
            figure(value("small", "ns")),
            figure(ratio("small")),
            figure(value("large", "ns")),
            figure(ratio("large")),
            figure(wall) + ("" if engine.parallel or wall is None else " (one)"),
            figure(memory / households),
        ])  # fmt: skip
    few, many = f"{small * HOUSEHOLDS:,}", f"{large * HOUSEHOLDS:,}"
    header = ["engine", f"{few} households [ns/event]", "ratio", f"{many} [ns/event]", "ratio", f"{many} on two cores [s]", "memory [bytes/household]"]
    print(f"{machine()}; {versions(target, python)}; {platform.system()}\n")
    print(table(rows, header))
    print(f"\n{few} households for {year} days (SimPy and Mesa {weeks}), {many} for {weeks}.")
    for failure in failures:
        say(f"DISAGREES: {failure}")
    if failures:
        raise SystemExit(1)
    print("All agree in orders, ways, delays, decisions and adopters.")


if __name__ == "__main__":
    main()
