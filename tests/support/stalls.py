#!/usr/bin/env python3
"""stalls.py SEED COMMAND …: runs COMMAND while whatever it started is stopped for a moment now and then, as happens on a
machine with too much to do: some processes, or all. So are the servers whose ids its environment names
(SEALWRIGHT_…_PID). Neither what the program does nor what a test says of it may depend on that. Ends with COMMAND's
status."""
import os
import random
import signal
import subprocess
import sys
import time

PAUSES = [0.05, 0.2, 0.5, 1.0]           # seconds in between
STALLS = [0.1, 0.3, 0.7, 1.2, 1.8, 2.4]  # seconds: less than anything waits for another in earnest


def processes():
    """Of every process here that runs: (its parent's id, when it was started). An id is used again some day."""
    found = {}
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{entry}/stat", encoding="utf-8", errors="replace") as stat:
                facts = stat.read().rpartition(")")[2].split()  # from the third on: proc(5)
        except OSError:
            continue  # it has ended
        if facts[0] not in "ZTtX":
            found[int(entry)] = int(facts[1]), facts[19]
    return found


def below(roots, there):
    """All that the roots started, and what those did."""
    children = {}
    for process, (parent, _) in there.items():
        children.setdefault(parent, []).append(process)
    found, left = [], list(roots)
    while left:
        some = children.get(left.pop(), [])
        found += some
        left += some
    return found


def tell(some, what):
    for process in some:
        try:
            os.kill(process, what)
        except ProcessLookupError:
            pass


def main():
    dice = random.Random(int(sys.argv[1]))
    there = processes()
    named = [int(value) for name, value in os.environ.items()
             if name.startswith("SEALWRIGHT_") and name.endswith("_PID") and value.isdigit()]
    servers = {server: there[server][1] for server in named if server in there}
    command = subprocess.Popen(sys.argv[2:])
    # Who ends this ends the command; whatever is stopped at that moment goes on first.
    signal.signal(signal.SIGTERM, lambda *_: command.terminate())
    signal.signal(signal.SIGINT, lambda *_: command.send_signal(signal.SIGINT))
    while command.poll() is None:
        time.sleep(dice.choice(PAUSES))
        there = processes()
        same = [one for one, started in servers.items() if one in there and there[one][1] == started]
        some = same + below([command.pid] + same, there)
        if dice.random() > 0.25:
            some = dice.sample(some, min(len(some), dice.choice([1, 1, 2, 3])))
        tell(some, signal.SIGSTOP)
        time.sleep(dice.choice(STALLS))
        tell(some, signal.SIGCONT)
    return command.returncode if command.returncode >= 0 else 128 - command.returncode


if __name__ == "__main__":
    sys.exit(main())
