#!/usr/bin/env bash
# Strong and weak scaling of one run over MPI, on this machine: the same work on more ranks, and more work on more ranks.
#
#   benches/scaling.sh [RANKS...]      default: 1 2 4, each with one thread
#
# Needs what `sim-mpi` needs. PROGRAM may name a countryside-mpi that is built already, REPEATS how often each is run (1). Prints for each run
# wall time, processor time of all ranks (they poll while they wait, so that waiting counts), and the command's own line on exchange.
# `busy` is what other processes took meanwhile, in processors: believe nothing beside a busy machine.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

ranks=("$@")
[[ ${#ranks[@]} -gt 0 ]] || ranks=(1 2 4)
if [[ -z ${PROGRAM:-} ]]; then
    cargo build --release --quiet --manifest-path sim-mpi/Cargo.toml
    PROGRAM=${CARGO_TARGET_DIR:-sim-mpi/target}/release/countryside-mpi
fi
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Processor time of the whole machine so far, idle time aside [s].
machine() {
    awk '/^cpu / { printf "%.2f", ($2 + $3 + $4 + $7 + $8) / 100 }' /proc/stat
}

measure() {
    local name=$1 count=$2 before after times
    local place=(--bind-to core)
    shift 2
    # A rank that wanders between processors loses a tenth; more ranks than processors cannot be bound.
    [[ $count -le $(nproc) ]] || place=(--oversubscribe)
    before=$(machine)
    TIMEFORMAT='%R %U %S'
    times=$({ time "${MPIRUN:-mpirun}" "${place[@]}" -n "$count" "$PROGRAM" run "$@" --threads 1 >/dev/null 2>"$work/said"; } 2>&1)
    after=$(machine)
    awk -v times_file="$work/times" -v name="$name" -v count="$count" -v times="$times" -v all="$(awk "BEGIN { print $after - $before }")" \
        -v said="$(grep -o 'exchange.*' "$work/said" || tail -n 1 "$work/said")" 'BEGIN {
        split(times, t, " "); own = t[2] + t[3]
        printf "%s %d %.2f\n", name, count, t[1] >> times_file
        printf "%-7s %d ranks  wall %7.1f s  processor %7.1f s  busy %4.1f  %s\n", name, count, t[1], own, (all - own) / t[1], said
    }'
}

for _ in $(seq "${REPEATS:-1}"); do
    for count in "${ranks[@]}"; do
        measure strong "$count" programme_full --sample 0.1
    done
    for count in "${ranks[@]}"; do
        measure weak "$count" programme_full --sample 0.1 --set "places.villages_per_county=$((20 * count))"
    done
done

# Medians, and what they mean: strong scaling in times the speed of the fewest ranks, weak scaling in its efficiency (1 is: as long for more work).
echo
sort -k1,1 -k2,2n -k3,3n "$work/times" | awk '
    function told(    middle, ratio) {
        middle = seconds[int((repeats + 1) / 2)]
        if (series != first_series) { first = middle; first_series = series }
        ratio = first / middle
        printf "%-7s %d ranks  median %7.1f s  %s %.2f\n", series, ranks, middle, series == "strong" ? "speed" : "efficiency", ratio
    }
    $1 " " $2 != group { if (repeats) told(); group = $1 " " $2; repeats = 0; series = $1; ranks = $2 }
    { seconds[++repeats] = $3 }
    END { told() }'
