#!/usr/bin/python3
"""How long after its quiet time a dropped file is committed: drop.py VANTHU OFFICE FILE...

The line works on an office without quiet time. Files are moved into its inbox one by one; the clock stops at the
line that the program prints once the dossier is committed and the file is filed away. Beside it: how long the same
disk takes to make 4 KiB durable, which a commit needs several times.
"""
import os
import subprocess
import sys
import tempfile
import time


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] * 1000


def sync_time(file):
    file.write(b"x" * 4096)
    file.flush()
    start = time.perf_counter()
    os.fsync(file.fileno())
    return time.perf_counter() - start


def wait_for(stream, word):
    for line in stream:
        if line.startswith("event=" + word):
            return
    sys.exit("the line ended before event=" + word)


def main():
    vanthu, office, files = sys.argv[1], sys.argv[2], sys.argv[3:]
    line = subprocess.Popen([vanthu, "run", "--office", office], stdout=subprocess.PIPE, text=True)
    wait_for(line.stdout, "started")
    times, syncs = [], []
    beside = tempfile.TemporaryFile(dir=office)
    for path in files:
        start = time.perf_counter()
        os.rename(path, os.path.join(office, "inbox", os.path.basename(path)))
        wait_for(line.stdout, "taken")
        times.append(time.perf_counter() - start)
        time.sleep(0.1)  # what follows the commit (a draft, the list of the day) is done by then
        syncs.append(sync_time(beside))
    line.terminate()
    line.wait()
    print("drop to committed, %d files one by one: p50 %.1f ms, p90 %.1f ms, p99 %.1f ms; one fsync of 4 KiB: p50 %.2f ms, p99 %.2f ms"
          % (len(times), percentile(times, 0.5), percentile(times, 0.9), percentile(times, 0.99),
             percentile(syncs, 0.5), percentile(syncs, 0.99)))


main()
