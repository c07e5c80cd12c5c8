"""The exact run behind the window, the command line, and memory, each with what is promised.

    PYTHONPATH=tests python tests/benchmarks/behind.py [--rounds N]

* How soon the worker starts on the last edit, and how soon a run of 10,000,000 steps makes way for
  the next one: real worker process, real runner, times seen from the window's event loop.
* ``lrdesigner simulate`` to CSV beside the naive loop with ``csv.writer``, both as processes.
* The greatest memory of the window's process with 10,000,000 steps in it, and of its worker.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import duration, machine, middle, ratio, seconds, table
from shapes import make
from training import read

from lrdesigner.schedule import codec

STEPS = 1_000_000
LONG = 10_000_000
HEAD = ("", "median", "least … greatest", "promised")
NAIVE = """
import csv, sys, torch
from torch.optim.lr_scheduler import CosineAnnealingLR, LinearLR, SequentialLR
steps, warmup = int(sys.argv[1]), int(sys.argv[1]) // 10
optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.1)
scheduler = SequentialLR(optimizer, [LinearLR(optimizer, total_iters=warmup),
    CosineAnnealingLR(optimizer, T_max=steps - warmup)], [warmup])
with open(sys.argv[2], "w", newline="") as file:
    writer = csv.writer(file)
    writer.writerow(["step", "epoch", "lr/group0"])
    for step in range(steps):
        writer.writerow([step, step / steps, optimizer.param_groups[0]["lr"]])
        optimizer.step()
        scheduler.step()
"""


def spread(values):
    """Least and greatest."""
    return f"{duration(min(values))} … {duration(max(values))}"


def latencies(rounds):
    """Seconds until a run starts after an edit, and until a long one has made way for another."""
    from PySide6.QtCore import QCoreApplication

    from lrdesigner.gui.exact_run import ExactRun
    from lrdesigner.gui.process_runner import ProcessRunner

    app = QCoreApplication.instance() or QCoreApplication([])
    runner = ProcessRunner()
    run = ExactRun(runner, runner)
    sent, done = [], []
    submit = runner.submit
    runner.submit = lambda *args: (sent.append(time.perf_counter()), submit(*args))[1]
    run.curve_found.connect(lambda curve: done.append(time.perf_counter()))

    def wait(found, count):
        until = time.perf_counter() + 120
        while len(found) < count:
            app.processEvents()
            if time.perf_counter() > until:
                raise SystemExit("the worker does not answer")
            time.sleep(0.0002)

    def short(turn):
        return read(make("warm-up, cosine", 1000 + turn))

    # A family's formula is the slowest there is, so that there is a long run to be stopped.
    def long(turn):
        return read(make("noam", LONG + turn))

    starts, alone, after = [], [], []
    try:
        run.start(short(0))
        wait(done, 1)
        for turn in range(1, rounds + 1):
            count = len(sent)
            began = time.perf_counter()
            run.start_soon(short(10 * turn))
            wait(sent, count + 1)
            starts.append(sent[-1] - began)
            wait(done, len(done) + 1)
            # The same small run from an idle worker and from a busy one: the difference is what
            # the long run took to make way.
            for times, busy in ((alone, False), (after, True)):
                if busy:
                    run.start(long(turn))
                    until = time.perf_counter() + 0.3
                    while time.perf_counter() < until:
                        app.processEvents()
                count = len(done)
                began = time.perf_counter()
                run.start(short(10 * turn + (1 if busy else 2)))
                wait(done, count + 1)
                times.append(done[-1] - began)
    finally:
        runner.close()
    return starts, [max(0.0, late - early) for early, late in zip(alone, after, strict=True)]


def csv_times(rounds, folder):
    """Seconds of the command line and of the naive script."""
    path = folder / "schedule.json"
    codec.save(read(make("warm-up, cosine", STEPS)), path)
    ours_out, naive_out = folder / "ours.csv", folder / "naive.csv"
    command = [sys.executable, "-m", "lrdesigner", "simulate", str(path), "-o", str(ours_out)]
    script = [sys.executable, "-c", NAIVE, str(STEPS), str(naive_out)]
    mine, naive = [], []
    for _ in range(rounds):
        mine.append(seconds(lambda: subprocess.run(command, check=True))[0])
        naive.append(seconds(lambda: subprocess.run(script, check=True))[0])
    return mine, naive


CHILD = """
import json, sys, tempfile, time
from pathlib import Path
from PySide6.QtWidgets import QApplication
from lrdesigner.gui.app import create_window
app = QApplication([])
window = create_window([sys.argv[1]], settings_path=Path(tempfile.mkdtemp()) / "settings.json")
window.show()
until = time.monotonic() + 300
while window.controller.run.kind != "exact":
    app.processEvents()
    time.sleep(0.01)
    assert time.monotonic() < until
    assert window.controller.run.kind != "failed", window.controller.run.message
for _ in range(50):
    app.processEvents()
    time.sleep(0.01)

def peak(pid):
    for line in open(f"/proc/{pid}/status"):
        if line.startswith("VmHWM"):
            return int(line.split()[1]) * 1024

worker = window._runners[0]._process.pid
print(json.dumps([peak("self"), peak(worker)]))
window.shut_down()
import os
sys.stdout.flush()
os._exit(0)
"""


def memory(folder):
    """Greatest bytes of the window's process and of its worker."""
    path = folder / "long.json"
    codec.save(read(make("warm-up, cosine", LONG)), path)
    line = [sys.executable, "-c", CHILD, str(path)]
    return json.loads(subprocess.run(line, check=True, capture_output=True, text=True).stdout)


def rows(rounds):
    """All rows of the table."""
    starts, cancels = latencies(4 * rounds)
    found = [
        ["from the last edit of a drag to the run's start", duration(middle(starts)),
         spread(starts), "30 ms"],
        ["a run of 10,000,000 steps makes way for the next", duration(middle(cancels)),
         spread(cancels), "20 ms"],
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as name:
        mine, naive = csv_times(rounds, Path(name))
        pairs = [slow / fast for slow, fast in zip(naive, mine, strict=True)]
        label = f"`lrdesigner simulate` to CSV, {STEPS:,} steps"
        found.append([label, duration(middle(mine)), spread(mine), ""])
        label = "the naive loop with `csv.writer`"
        found.append([label, duration(middle(naive)), spread(naive), f"5 times; is {ratio(pairs)}"])
        if sys.platform == "linux":
            window, worker = memory(Path(name))
            label = f"memory of the window with {LONG:,} steps (of its worker)"
            found.append([label, f"{window / 1e6:.0f} MB ({worker / 1e6:.0f} MB)", "", "1 GB"])
    return found


def main():
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    print(f"{machine()}\n")
    print(table(HEAD, rows(options.rounds)))


if __name__ == "__main__":
    main()
