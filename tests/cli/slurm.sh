#!/usr/bin/env bash
# The script for Slurm, submitted to a private controller and node of our own: an array of shards of which one is
# killed and comes back from the queue, then the merge that waited for it. The same table as one run.
source "$(dirname "$0")/lib.sh"
sweep=$source/tests/cli/many.yaml
skip() { echo "skipped: $*"; exit 77; }
PATH=$PATH:/usr/sbin
for tool in munged slurmctld slurmd sbatch srun scontrol squeue sinfo; do
  type -P $tool >/dev/null || skip "$tool is not installed"
done
[ "$(id -u)" = 0 ] || skip "a private Slurm needs root"

host=$(hostname -s)
slurm=$scratch/slurm
port=$((20000 + $$ % 10000 * 2)) # two tests at once must not meet
stop_daemons() {
  for daemon in slurmd slurmctld munge; do
    local file=$slurm/$daemon.pid pid
    [ -s "$file" ] || continue
    pid=$(cat "$file")
    kill "$pid" 2>/dev/null
    for _ in $(seq 50); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    kill -9 "$pid" 2>/dev/null
  done
}
trap 'stop_daemons; rm -rf "$scratch"' EXIT

mkdir -p "$slurm"/{state,spool,log,munge}
chmod 755 "$scratch" "$slurm" && chmod 700 "$slurm/munge"
dd if=/dev/urandom of="$slurm/munge/key" bs=1024 count=1 status=none && chmod 400 "$slurm/munge/key"
munged --force --key-file="$slurm/munge/key" --socket="$slurm/munge.sock" --pid-file="$slurm/munge.pid" \
  --log-file="$slurm/log/munge" --seed-file="$slurm/munge/seed" --num-threads=2 2>/dev/null || skip "munged does not start"
cat >"$slurm/slurm.conf" <<C
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmdPort=$((port + 1))
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$slurm/munge.sock,cred_expire=6
StateSaveLocation=$slurm/state
SlurmdSpoolDir=$slurm/spool
SlurmctldPidFile=$slurm/slurmctld.pid
SlurmdPidFile=$slurm/slurmd.pid
SlurmctldLogFile=$slurm/log/slurmctld
SlurmdLogFile=$slurm/log/slurmd
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_min_interval=0,sched_interval=1,bf_interval=1
MinJobAge=300
KillWait=5
NodeName=$host NodeAddr=127.0.0.1 CPUs=2 Boards=1 SocketsPerBoard=1 CoresPerSocket=2 ThreadsPerCore=1 RealMemory=1000
PartitionName=main Nodes=$host Default=YES MaxTime=INFINITE State=UP OverSubscribe=NO
C
echo "CgroupPlugin=cgroup/v1" >"$slurm/cgroup.conf" # or slurmd wants a cgroup file system, and uses none
export SLURM_CONF=$slurm/slurm.conf
{ slurmctld -f "$SLURM_CONF" && slurmd -f "$SLURM_CONF" -N "$host"; } 2>/dev/null || skip "Slurm does not start"
for _ in $(seq 100); do sinfo -h -o %T 2>/dev/null | grep -q idle && break; sleep 0.1; done
sinfo -h -o %T 2>/dev/null | grep -q idle || skip "the node does not come up: $(tail -n 2 "$slurm"/log/*)"

expect 0 "96 of 96" "$program" --threads 1 sweep run "$sweep" --fidelity fast -o whole
expect 0 "" "$program" sweep script "$sweep" --fidelity fast --engine slurm --shards 3 -o "it's cut" --to job.sh
expect 0 "shards: job" bash job.sh

# kill -9 the first shard's process once it has begun; the task puts itself back into the queue.
victim=
for _ in $(seq 2000); do
  [ -s "it's cut/results-1-of-3.sqlite" ] && victim=$(pgrep -f "^$program .*--shard 1/3 --resume\$" | head -n 1)
  [ -n "$victim" ] && break
  sleep 0.01
done
if [ -n "$victim" ]; then kill -9 "$victim"; else fail "shard 1 was never seen running"; fi

for _ in $(seq 300); do [ -z "$(squeue -h)" ] && break; sleep 0.2; done
[ -z "$(squeue -h)" ] || fail "jobs are still in the queue: $(squeue -h)"
logs=$(cat "it's cut"/log/*.txt)
[[ $logs == *"from 3 stores"* ]] || fail "the merge did not run: $logs"
[ "$(scontrol show job -o 2>/dev/null | grep -c 'Restarts=1 ')" -eq 1 ] || fail "no task came back: $(scontrol show job -o)"
cmp whole/results.csv "it's cut/results.csv" || fail "the job array gives another results.csv than one run"
finish
