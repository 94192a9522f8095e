#!/usr/bin/env bash
# The programme at full scale: every order of every household, once, beside the budgets.
#
#   benches/programme_scale.sh [SCENARIO] [THREADS]      default: programme_full, all processors
#
# Takes minutes and some 3 GiB. Prints time, peak memory, orders and orders a second. Budgets: 180 s on two cores and
# 3 GiB for 1,000 counties, 100,000 villages, 30 million households and five years; `programme_full` runs 3.75 years.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scenario=${1:-programme_full}
threads=${2:-$(nproc)}
if [[ ! -x /usr/bin/time ]]; then
    echo "GNU time is needed: apt-get install time" >&2
    exit 1
fi

cargo build --release --quiet -p countryside
program=${CARGO_TARGET_DIR:-target}/release/countryside
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

/usr/bin/time -v -o "$work/time" "$program" run "$scenario" --threads "$threads" --json >"$work/result.json"

# The first number of a field of the result, wherever it stands.
field() {
    grep -o "\"$1\": *[0-9.]*" "$work/result.json" | head -n 1 | grep -o '[0-9.]*$' || echo 0
}
elapsed=$(sed -n 's/.*Elapsed (wall clock).*: \([0-9:.]*\)$/\1/p' "$work/time" |
    awk -F: '{ seconds = 0; for (i = 1; i <= NF; i++) seconds = seconds * 60 + $i; print seconds }')
processor=$(awk -F': ' '/User time|System time/ { sum += $2 } END { print sum }' "$work/time")
peak=$(sed -n 's/.*Maximum resident set size (kbytes): //p' "$work/time")
orders=$(field orders)
events=$(field events)
households=$(field households)

awk -v scenario="$scenario" -v threads="$threads" -v elapsed="$elapsed" -v processor="$processor" -v peak="$peak" \
    -v orders="$orders" -v events="$events" -v households="$households" 'BEGIN {
    printf "%s on %d threads\n", scenario, threads
    printf "%-28s %14s   %s\n", "", "measured", "budget"
    printf "%-28s %14.1f   %s\n", "time [s]", elapsed, "180, then 120 (five years, two cores)"
    printf "%-28s %14.1f\n", "processor time [s]", processor
    printf "%-28s %14.2f   %s\n", "peak memory [GiB]", peak / 1048576, "3"
    printf "%-28s %14d   %s\n", "households", households, "30 million"
    if (households > 0)
        printf "%-28s %14.1f   %s\n", "memory [bytes/household]", peak * 1024 / households, "40, when none are sampled"
    printf "%-28s %14d\n", "orders", orders
    printf "%-28s %14d\n", "events", events
    if (orders > 0) {
        printf "%-28s %14.0f\n", "orders a second", orders / elapsed
        printf "%-28s %14.1f   %s\n", "processor time [ns/order]", processor * 1e9 / orders, "150, then 100"
    }
}'
