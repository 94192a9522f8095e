#!/usr/bin/env bash
# Runs of a sweep two at a time, beside one at a time on one processor: how much of the second processor is gained?
#
#   benches/sweep.sh [PAIRS]      default: 3 pairs, about 40 seconds each
#
# A machine's speed changes by the minute, so that each measurement of two stands beside one of one alone; the ratio of each pair and their median are
# printed. Budget: 1.8. PROGRAM may name a countryside that is built already.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

pairs=${1:-3}
if [[ -z ${PROGRAM:-} ]]; then
    cargo build --release --quiet -p countryside
    PROGRAM=${CARGO_TARGET_DIR:-target}/release/countryside
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A sampled programme of three villages a county for a quarter: some 0.3 s a run.
experiment() {
    cat >"$work/$1.ron" <<EOF
(
    name: "throughput",
    question: "How many runs of the programme go side by side?",
    base: "programme_2014",
    set: (household_sample: 0.0005, end: "2014-12-31", report: (villages: Nothing, followed: 0), places: (villages_per_county: 3)),
    factors: [
        (path: "household.elasticity", range: (3.0, 5.0)),
        (path: "partner.commission", range: (0.02, 0.08)),
    ],
    design: LatinHypercube(samples: $1),
    outcomes: ["stations_open", "station_orders", "self_service_orders"],
)
EOF
}

# Seconds of wall time that so many runs take.
seconds() {
    local runs=$1 jobs=$2
    shift 2
    rm -rf "$work/out"
    TIMEFORMAT='%R'
    { time "$@" "$PROGRAM" sweep "$work/$runs.ron" --jobs "$jobs" --out "$work/out" --quiet; } 2>&1
}

experiment 50
experiment 100
for _ in $(seq "$pairs"); do
    alone=$(seconds 50 1 taskset -c 0)
    both=$(seconds 100 2)
    awk -v alone="$alone" -v both="$both" 'BEGIN {
        printf "one at a time %.3f s a run   two at a time %.3f s a run   ratio %.2f\n", alone / 50, both / 100, 2 * alone / both
    }' | tee -a "$work/ratios"
done
awk '{ print $NF }' "$work/ratios" | sort -n | awk '{ value[NR] = $1 } END { printf "median ratio %.2f\n", value[int((NR + 1) / 2)] }'
