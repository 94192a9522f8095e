#!/usr/bin/env bash
# A sweep of forty tasks on a real Slurm: submitted, partly killed, submitted again, gathered, and compared byte for byte
# with the same sweep on one machine.
#
#   tests/clusters/slurm.sh
#
# Needs Slurm and munge (on Debian: apt-get install slurm-wlm munge) and root, for Slurm's daemons: a cluster of one node is
# started on loopback in a temporary folder, without systemd, and nothing of an installed cluster is touched. Without them it
# says so and ends with 77, which means skipped. COUNTRYSIDE_COMMAND may name a command that is built already,
# COUNTRYSIDE_PYTHON a Python with the package, dask-jobqueue and pytest: then a sweep goes through dask-jobqueue, too.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
PATH=$PATH:/usr/sbin:/sbin

skip() {
    echo "SKIPPED: $1"
    exit 77
}
fail() {
    echo "FAILED: $1" >&2
    tail -n 20 "$place"/{slurmctld,slurmd,munged}.log "$place"/sweep/logs/*.txt 2>/dev/null >&2 || true
    exit 1
}

for program in munged slurmctld slurmd sbatch squeue scancel scontrol sinfo; do
    command -v "$program" >/dev/null || skip "$program is not installed (on Debian: apt-get install slurm-wlm munge)"
done
[[ $(id -u) -eq 0 ]] || skip 'Slurm'\''s daemons need root'

if [[ -z ${COUNTRYSIDE_COMMAND:-} ]]; then
    cargo build --quiet --locked --package countryside
    target=$(cargo metadata --locked --no-deps --format-version 1 | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
    COUNTRYSIDE_COMMAND=$target/debug/countryside
fi
countryside() { "$COUNTRYSIDE_COMMAND" "$@"; }

place=$(mktemp -d)
chmod 755 "$place"
# From here on every command of Slurm speaks to this cluster, or to none.
export SLURM_CONF=$place/etc/slurm.conf
daemons=()

# Ends only what was started here, whatever happens.
finish() {
    scancel --quiet --user=root 2>/dev/null || true
    local index
    for ((index = ${#daemons[@]} - 1; index >= 0; index--)); do
        kill "${daemons[index]}" 2>/dev/null || true
    done
    wait 2>/dev/null || true
    rm -rf "$place"
}
trap finish EXIT
trap 'exit 130' INT TERM

# Waits until a condition holds: what, seconds, command.
await() {
    local what=$1 deadline=$((SECONDS + $2))
    shift 2
    until "$@"; do
        ((SECONDS < deadline)) || fail "waited in vain: $what"
        sleep 0.2
    done
}

# A port that nobody listens at.
free_port() {
    local port
    for ((port = $1; port < $1 + 500; port++)); do
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
    done
    fail "no free port from $1 on"
}

start_cluster() {
    local host processors memory
    host=$(hostname -s) processors=$(nproc)
    memory=$(awk '/MemTotal/ { print int($2 / 1024 * 0.9) }' /proc/meminfo)
    mkdir "$place"/{etc,state,spool}
    dd if=/dev/urandom of="$place/munge.key" bs=128 count=1 status=none
    chmod 400 "$place/munge.key"
    munged --foreground --force --num-threads 2 --key-file "$place/munge.key" --socket "$place/munge.socket" \
        --pid-file "$place/munged.pid" --seed-file "$place/munge.seed" --log-file "$place/munged.log" 2>"$place/munged.err" &
    daemons+=($!)
    await 'munged' 10 test -S "$place/munge.socket"
    cat >"$place/etc/slurm.conf" <<CONF
ClusterName=loopback
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$place/munge.socket
CredType=cred/munge
SlurmctldPort=$(free_port 26817)
SlurmdPort=$(free_port 27818)
StateSaveLocation=$place/state
SlurmdSpoolDir=$place/spool
SlurmctldPidFile=$place/slurmctld.pid
SlurmdPidFile=$place/slurmd.pid
SlurmctldLogFile=$place/slurmctld.log
SlurmdLogFile=$place/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
SchedulerType=sched/builtin
SchedulerParameters=batch_sched_delay=0,sched_min_interval=100000
ReturnToService=2
KillWait=2
CompleteWait=0
MinJobAge=60
NodeName=$host NodeAddr=127.0.0.1 CPUs=$processors RealMemory=$memory State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
    printf 'CgroupPlugin=cgroup/v1\nCgroupAutomount=no\n' >"$place/etc/cgroup.conf"
    slurmctld -D -i >"$place/slurmctld.out" 2>&1 &
    daemons+=($!)
    slurmd -D >"$place/slurmd.out" 2>&1 &
    daemons+=($!)
    await 'the node' 30 node_is_idle
}

node_is_idle() { [[ $(sinfo --noheader --format=%t 2>/dev/null) == idle ]]; }
# Whether no task of a job waits or runs.
is_over() { [[ -z $(squeue --noheader --job="$1" 2>/dev/null) ]]; }
# Finished runs, by the sweep's own word.
done_runs() { countryside sweep status "$place/sweep" --json | sed -n '1,/"missing"/s/^  "done": \([0-9]*\),*$/\1/p'; }
at_least() { (($(done_runs) >= $1)); }
# Finds a process at work and its shard.
find_task() {
    task=$(pgrep --full --newest "sweep run $place/sweep --shard") || return 1
    shard=$(tr '\0' '\n' <"/proc/$task/cmdline" 2>/dev/null | sed -n 's|/40$||p')
    [[ -n $shard ]]
}
has_ended() { [[ ! -e /proc/$1 ]]; }
# Whether a shard has missing runs that nobody runs.
is_open() {
    countryside sweep status "$place/sweep" --unfinished | tr ',' '\n' |
        awk -F- -v shard="$1" '$1 <= shard && shard <= ($2 == "" ? $1 : $2) { found = 1 } END { exit !found }'
}

start=$SECONDS
start_cluster
echo "Slurm $(sinfo --version | cut -d' ' -f2) on loopback after $((SECONDS - start)) s"

countryside sweep plan tests/clusters/experiment.ron --out "$place/sweep" --shards 40 --engine slurm 2>/dev/null
total=$(countryside sweep status "$place/sweep" --json | sed -n '1,/"runs"/s/^  "runs": \([0-9]*\),*$/\1/p')
job=$(sbatch --parsable "$place/sweep/slurm.sh")

# One task dies of kill -9 in the middle of its work, one is cancelled while it runs, and later all that is left.
await 'the first runs' 60 at_least 4
killed=''
for _ in 1 2 3 4 5; do
    await 'a task at work' 30 find_task
    kill -9 "$task" 2>/dev/null || continue
    await "the end of task $shard" 10 has_ended "$task"
    ! is_open "$shard" || { killed=$shard && break; }
done
[[ -n $killed ]] || fail 'kill -9 hit no task before its end'
await 'another task at work' 30 find_task
cancelled=$shard
scancel "${job}_$cancelled"
await 'a third of the runs' 90 at_least $((total / 3))
scancel "$job"
await 'the end of the first job' 30 is_over "$job"
before=$(done_runs)
open=$(countryside sweep status "$place/sweep" --unfinished)
echo "task $killed died of kill -9, task $cancelled was cancelled, then all that was left; $before of $total runs are finished, shards $open are not"
((before < total)) || fail 'nothing was left to make up'
is_open "$killed" || fail "the runs of task $killed are not missing"
if countryside sweep gather "$place/sweep" >"$place/early.txt" 2>&1; then
    fail 'it gathered although runs are missing'
fi

countryside sweep retry "$place/sweep" >/dev/null
job=$(sbatch --parsable --array="$open" "$place/sweep/slurm.sh")
await 'the second job' 120 is_over "$job"
[[ $(done_runs) == "$total" ]] || fail "$(done_runs) of $total runs are finished"
countryside sweep gather "$place/sweep"
echo "the array took $((SECONDS - start)) s with its killing and making up"

countryside sweep tests/clusters/experiment.ron --out "$place/local" --quiet
for file in runs.parquet series.parquet failures.csv outcomes.csv columns.csv; do
    cmp "$place/sweep/$file" "$place/local/$file" || fail "$file is not that of the local sweep"
done
# A folder whose name Slurm, bash or GNU parallel would take for something of their own if they got to read it.
odd=$place/'x{= system("touch seized") =}y %A_%a $(touch seized) "it'\''s"'
countryside sweep plan tests/clusters/experiment.ron --out "$odd" --shards 2 --engine slurm >/dev/null 2>&1
job=$(cd "$place" && sbatch --parsable "$odd/slurm.sh")
await 'the job in a folder with an odd name' 120 is_over "$job"
[[ -z $(countryside sweep status "$odd" --unfinished) ]] || fail 'the job in a folder with an odd name left runs'
[[ -e $odd/logs/${job}_2.txt && ! -e $place/seized && ! -e $odd/seized ]] || fail 'a name of a folder was taken for more than a name'
countryside sweep gather "$odd" >/dev/null
cmp "$odd/runs.parquet" "$place/local/runs.parquet" || fail 'the tables of the folder with an odd name differ'

echo "$total runs in 40 tasks: every table is, byte for byte, that of the local sweep; $((SECONDS - start)) s in all"

if [[ -n ${COUNTRYSIDE_PYTHON:-} ]]; then
    cd "$place" # dask-jobqueue leaves what its jobs say here
    "$COUNTRYSIDE_PYTHON" -m pytest -q -p no:cacheprovider --rootdir "$OLDPWD/sim-python" "$OLDPWD/sim-python/tests/test_clusters.py" -k on_slurm
fi
