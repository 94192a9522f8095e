//! What a test does with each command that the documents show.

/// What the test does with a command.
#[derive(Clone, Copy)]
pub enum Rule {
    /// Runs it as it stands.
    Whole,
    /// Runs this instead: the same on less.
    Smaller(&'static str),
    /// Does not run it: why. Files that it names must be there.
    Elsewhere(&'static str),
}
use Rule::{Elsewhere, Smaller, Whole};

pub const SMALL: &str = "--sample 0.0005 --until 2014-12-31 --quiet";

/// Documents in the order in which somebody reads them, with what to do with the commands of each. `SMALL`
/// stands for a small sample and a short time.
pub const RULES: &[(&str, &[(&str, Rule)])] = &[
    (
        "README.md",
        &[
            ("sudo apt-get install -y build-essential", Elsewhere("changes the system")),
            ("cargo run --release -- run programme_2014", Smaller("countryside run programme_2014 SMALL")),
            ("cargo run --release -p sim-gui", Elsewhere("opens a window, which has tests of its own")),
            ("cargo test --workspace", Elsewhere("is what runs this")),
            (
                "countryside compare no_programme programme_2014 --sample 0.002 --seeds 8",
                Smaller(
                    "countryside compare no_programme programme_2014 --sample 0.0005 --seeds 2 --until \
                     2014-12-31",
                ),
            ),
            (
                "countryside sweep scenarios/experiments/morris_screening.ron --out results/morris",
                Smaller("countryside sweep small.ron --out results/morris"),
            ),
            ("countryside analyse results/morris", Whole),
        ],
    ),
    (
        "docs/guide/planners.md",
        &[
            ("cargo run --release -p sim-gui", Elsewhere("opens a window, which has tests of its own")),
            (
                "countryside run programme_2014 --out results/plan",
                Smaller("countryside run programme_2014 --out results/plan SMALL"),
            ),
            (
                "countryside run programme_2014 --set programme.partner_kind=Returnees --out \
                 results/returnees",
                Smaller(
                    "countryside run programme_2014 --set programme.partner_kind=Returnees --out \
                     results/returnees SMALL",
                ),
            ),
            (
                "countryside run programme_2014 --checkpoint-at 2016-01-01 --out results/base",
                Smaller(
                    "countryside run programme_2014 --sample 0.0005 --until 2016-01-31 --quiet \
                     --checkpoint-at 2016-01-01 --out results/base",
                ),
            ),
            (
                "countryside branch results/base.checkpoint --set programme.enabled=false --out \
                 results/stopped",
                Whole,
            ),
            ("countryside report results/returnees -o returnees.html", Whole),
            ("countryside report results/returnees -o shops.html --map shops --map poverty_rate", Whole),
            ("cargo run --release -p sim-gui -- my.ron", Smaller("countryside check my.ron")),
        ],
    ),
    (
        "docs/guide/regions.md",
        &[
            ("countryside region list", Whole),
            ("countryside region describe kenya", Whole),
            ("countryside run kenya_hubs", Smaller("countryside run kenya_hubs --until 2022-08-31 --quiet")),
            (
                "countryside region new mine --from places.csv --currency RWF --digits 0 --price-level 150",
                Whole,
            ),
            ("countryside run mine.ron", Smaller("countryside run mine.ron --until 2026-03-31 --quiet")),
            ("countryside region describe mine --page mine.html", Whole),
            ("countryside region check mine", Whole),
            (
                "countryside run mine.ron --out results/mine",
                Smaller("countryside run mine.ron --until 2026-03-31 --quiet --out results/mine"),
            ),
            ("countryside report results/mine -o mine_run.html", Whole),
            (
                "countryside run kenya_hubs --out results/hubs",
                Smaller("countryside run kenya_hubs --until 2022-08-31 --quiet --out results/hubs"),
            ),
            (
                "countryside compare no_hubs.ron kenya_hubs --seeds 8",
                Smaller("countryside compare no_hubs.ron kenya_hubs --until 2022-08-31 --seeds 2"),
            ),
            ("countryside report results/hubs -o hubs.html", Whole),
        ],
    ),
    (
        "docs/guide/researchers.md",
        &[
            (
                "countryside run tiny --json | python3 -c \"\nimport json, sys\nrun = \
                 json.load(sys.stdin)\nprint({o['name']: o['value'] for o in \
                 run['outcomes']}['stations_open'], run['fingerprint'])\"",
                Whole,
            ),
            (
                "cargo run --release -p sim-core --example own_event",
                Elsewhere("is built and run by the tests of the examples, sim-core/examples/own_event.rs"),
            ),
            (
                "countryside sweep scenarios/experiments/morris_screening.ron --out results/screening \
                 --dry-run",
                Whole,
            ),
            (
                "countryside sweep scenarios/experiments/morris_screening.ron --out results/screening",
                Smaller("countryside sweep small.ron --out results/screening"),
            ),
            ("countryside analyse results/screening", Whole),
            (
                "countryside run county --ensemble 20 --out results/unknown",
                Smaller("countryside run tiny --ensemble 4 --out results/unknown SMALL"),
            ),
            (
                "countryside compare programme_2014 no_programme --sample 0.002 --ensemble 20 \
                 --out results/agreed",
                Smaller(
                    "countryside compare programme_2014 no_programme --set 'places.select=Codes([330122])' \
                    --set \
                     places.villages_per_county=3 --ensemble 4 --out results/agreed SMALL",
                ),
            ),
            ("countryside report results/agreed -o agreed.html", Whole),
        ],
    ),
    (
        "docs/clusters.md",
        &[
            (
                "countryside sweep plan levers.ron --out results/levers --engine slurm",
                Smaller("countryside sweep plan small.ron --out results/levers --engine slurm --shards 3"),
            ),
            (
                "sbatch results/levers/slurm.sh",
                Smaller("for task in 1 2 3; do SLURM_ARRAY_TASK_ID=$task bash results/levers/slurm.sh; done"),
            ),
            ("countryside sweep status results/levers", Whole),
            ("countryside sweep gather results/levers", Whole),
            (
                "sbatch --account=rural --partition=long results/levers/slurm.sh",
                Elsewhere("tests/clusters/slurm.sh submits to a Slurm"),
            ),
            (
                "sbatch --array=\"$(countryside sweep status results/levers --unfinished)\" \
                 results/levers/slurm.sh",
                Smaller("test -z \"$(countryside sweep status results/levers --unfinished)\""),
            ),
            (
                "sbatch --cpus-per-task=8 results/levers/slurm.sh",
                Smaller("SLURM_CPUS_PER_TASK=8 SLURM_ARRAY_TASK_ID=1 bash results/levers/slurm.sh"),
            ),
            (
                "sbatch --dependency=afterany:1234 --wrap 'countryside sweep gather results/levers'",
                Smaller("bash -c 'countryside sweep gather results/levers'"),
            ),
            (
                "countryside sweep plan levers.ron --out results/levers --engine parallel",
                Smaller(
                    "rm -r results/levers && countryside sweep plan small.ron --out results/levers --engine \
                     parallel --shards 3",
                ),
            ),
            (
                "bash results/levers/parallel.sh",
                Smaller(
                    "if command -v parallel; then bash results/levers/parallel.sh; else countryside sweep \
                     run results/levers; fi",
                ),
            ),
            ("bash results/levers/parallel.sh --sshloginfile machines", Elsewhere("needs other machines")),
            ("hq server start &", Elsewhere("needs HyperQueue")),
            ("hq alloc add slurm --time-limit 4h -- --partition=long", Elsewhere("needs HyperQueue")),
            (
                "hq submit --array 1-40 --cpus 1 -- bash -c 'exec countryside sweep run results/levers \
                 --shard $HQ_TASK_ID/40 --jobs 1 --quiet'",
                Smaller(
                    "HQ_TASK_ID=3 bash -c 'exec countryside sweep run results/levers --shard $HQ_TASK_ID/3 \
                     --jobs 1 --quiet'",
                ),
            ),
        ],
    ),
    (
        "docs/evidence.md",
        &[
            (
                "countryside validate --out docs/evidence.md",
                Smaller(
                    "countryside validate --quick --seeds 1 --only history --set \
                     'places.select=Random(count: 2)' --set end=2015-01-31 --out evidence.md",
                ),
            ),
            (
                "countryside calibrate --out docs/evidence.md",
                Elsewhere("hours; tests of calibration fit a model whose answer is known"),
            ),
            ("countryside calibrate --screen", Elsewhere("hours; the example of one's own is screened")),
            ("countryside calibrate --ensemble ensemble.csv --members 60", Elsewhere("hours")),
            (
                "countryside validate --targets docs/example_fit/targets.ron --facts docs/example_fit/facts",
                Elsewhere("a test of the evidence runs it, from where the files are"),
            ),
            (
                "countryside calibrate --targets docs/example_fit/targets.ron --facts docs/example_fit/facts \
                 --plan docs/example_fit/plan.ron --ensemble ensemble.csv",
                Elsewhere("a test of the evidence runs it, with fewer points"),
            ),
        ],
    ),
    (
        "docs/conclusions.md",
        &[(
            "countryside conclude --ensemble 20 --seeds 1 --out docs/conclusions.md",
            Elsewhere("over half an hour; a test of the conclusions asks smaller questions"),
        )],
    ),
    (
        "CONTRIBUTING.md",
        &[
            ("cargo run --release -- run tiny", Smaller("countryside run tiny --until 2014-12-31 --quiet")),
            ("cargo test --workspace", Elsewhere("is what runs this")),
            ("bash .ci/run", Elsewhere("is what runs this")),
        ],
    ),
    (
        "docs/odd.md",
        &[("UPDATE_ODD=1 cargo test --test integration odd", Elsewhere("a test of this binary"))],
    ),
    (
        "docs/promises.md",
        &[
            ("cargo test --test integration digest", Elsewhere("a test of this binary")),
            ("cargo test -p sim-core", Elsewhere("tests of another package")),
            ("bash .ci/run", Elsewhere("is what runs this")),
            ("bash .ci/full", Elsewhere("runs this too")),
        ],
    ),
    (
        "docs/scaling.md",
        &[
            (
                "sudo apt-get install -y libopenmpi-dev openmpi-bin libclang-dev",
                Elsewhere("changes the system"),
            ),
            (
                "cargo build --release --manifest-path sim-mpi/Cargo.toml",
                Elsewhere("needs MPI; .ci/mpi builds and tests it"),
            ),
            (
                "countryside show --cost nation_full --machines 1,8,64",
                Smaller("countryside show --cost tiny --machines 1,8,64"),
            ),
            (
                "mpirun -n 8 countryside-mpi run nation_full --out results/nation --checkpoint-every 90",
                Smaller(
                    "countryside run tiny --until 2015-03-31 --out results/nation --checkpoint-every 90 \
                     --quiet",
                ),
            ),
            (
                "mpirun -n 4 countryside-mpi run --resume results/nation.checkpoint --out results/nation",
                Smaller(
                    "rm -r results/nation && countryside run --resume results/nation.checkpoint --out \
                     results/nation --quiet",
                ),
            ),
        ],
    ),
    (
        "docs/benchmarks.md",
        &[
            ("python3 benches/peers/compare.py", Elsewhere("builds and measures for minutes")),
            ("python3 benches/peers/compare.py --quick", Elsewhere("installs other simulators")),
        ],
    ),
    (
        "benches/README.md",
        &[
            ("cargo bench", Elsewhere("measures for minutes")),
            ("cargo bench --bench order_life", Elsewhere("measures")),
            ("benches/programme_scale.sh", Elsewhere("measures for minutes")),
        ],
    ),
    (
        "sim-python/README.md",
        &[
            ("pip install maturin", Elsewhere(".ci/python installs it")),
            (
                "maturin build --release --manifest-path sim-python/Cargo.toml --out dist",
                Elsewhere(".ci/python builds it"),
            ),
            ("pip install dist/countryside-*.whl", Elsewhere(".ci/python installs it")),
        ],
    ),
];
