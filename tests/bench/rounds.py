"""What the benchmarks share: commands run in turns, and what they took.

The commands of a round run one after the other, so that what else the machine
does falls on all of them; the least of the rounds counts."""

import os
import shutil
import subprocess
import sys
import time


def measure(command, cores, env=None):
    """Seconds of wall clock and of processor, and peak memory in MB, of a
    shell command on that many cores (0: all)."""
    if cores and shutil.which("taskset"):
        allowed = sorted(os.sched_getaffinity(0))[:cores]
        command = ["taskset", "-c", ",".join(map(str, allowed)), "sh", "-c", command]
    else:
        command = ["sh", "-c", command]
    start = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=env)
    _, status, usage = os.wait4(child.pid, 0)
    took = time.monotonic() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        sys.exit(f"{command}: exit {child.returncode}")
    return took, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def in_turns(commands, cores, rounds):
    """The least wall and processor time, and the most memory, of each."""
    best = {name: (float("inf"), float("inf"), 0) for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            wall, cpu, memory = measure(command, cores)
            b = best[name]
            best[name] = (min(b[0], wall), min(b[1], cpu), max(b[2], memory))
    return best


def table(best, base, records, size):
    print(f"  {'':14} {'wall':>8} {'cpu':>8} {'of ' + base:>12} {'records/s':>10} {'MB/s':>7} {'peak MB':>8}")
    for name, (wall, cpu, memory) in best.items():
        print(f"  {name:14} {wall:7.2f}s {cpu:7.2f}s {wall / best[base][0]:11.2f}x "
              f"{records / wall:10,.0f} {size / wall / 1e6:7.1f} {memory:8.1f}")
