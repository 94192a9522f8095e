#!/usr/bin/env bash
# The recipe for Snakemake of docs/clusters.md, as it is written there but for the number of shards: run, run again as it is, and run again
# after a change of the experiment, whose tables are then those of a sweep without Snakemake.
#
#   tests/clusters/snakemake.sh
#
# Needs Snakemake (pip install snakemake). Without it, it says so and ends with 77, which means skipped. COUNTRYSIDE_COMMAND may name a command
# that is built already.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

command -v snakemake >/dev/null || { echo 'SKIPPED: snakemake is not installed (pip install snakemake)'; exit 77; }
if [[ -z ${COUNTRYSIDE_COMMAND:-} ]]; then
    cargo build --quiet --locked --package countryside
    target=$(cargo metadata --locked --no-deps --format-version 1 | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
    COUNTRYSIDE_COMMAND=$target/debug/countryside
fi

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
mkdir "$place/bin"
ln -s "$(realpath "$COUNTRYSIDE_COMMAND")" "$place/bin/countryside"
PATH=$place/bin:$PATH
fail() {
    echo "FAILED: $1" >&2
    tail -n 20 "$place"/*.log >&2
    exit 1
}

awk '/^## Snakemake/ { there = 1 } there && /^```$/ { exit } inside { print } there && /^```python/ { inside = 1 }' docs/clusters.md |
    sed 's/^SHARDS = 40$/SHARDS = 3/' >"$place/Snakefile"
grep -q '^SHARDS = 3$' "$place/Snakefile" || fail 'there is no recipe in docs/clusters.md'
cp tests/fixtures/cases/31-snakemake-rerun/levers.ron "$place/levers.ron"
cd "$place"

snakemake --cores 2 --quiet >first.log 2>&1 || fail 'the recipe'
countryside sweep levers.ron --out plain --quiet
cmp results/levers/runs.parquet plain/runs.parquet || fail 'its tables are not those of a sweep'
snakemake --cores 2 --quiet >second.log 2>&1 || fail 'the recipe once more'
cmp results/levers/runs.parquet plain/runs.parquet || fail 'its tables have changed with nothing changed'

sleep 1 # Snakemake goes by times of files
sed -i 's/(3.0, 4.0)/(3.0, 5.0)/' levers.ron
snakemake --cores 2 --quiet >third.log 2>&1 || fail 'the recipe after a change'
countryside sweep levers.ron --out changed --quiet
cmp results/levers/runs.parquet changed/runs.parquet || fail 'its tables are not those of the changed experiment'
! cmp --silent plain/runs.parquet changed/runs.parquet || fail 'the control: the change changes nothing'
[[ -d results/levers/set-aside-1/pieces ]] || fail 'the old runs are gone'
echo 'the recipe for Snakemake three times, with a change between: every table is that of a sweep without it'
