"""Seconds from the command to the window, to its first curve, and to the exact one.

    python tests/benchmarks/startup.py [RUNS]

Measured as people start it: with compiled modules, which a first run that does not count makes in
a folder of its own. Processor seconds stand beside the time on the clock, as they hardly depend on
what else the machine does; the worker process and torch are not in them. The naive way to see a
schedule has to import torch before anything else, so that is measured too, in turn.

Needs a display (on a server: ``xvfb-run -a`` in front, or ``QT_QPA_PLATFORM=offscreen``).
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

CHILD = """
import json, resource, sys, time
began = float(sys.argv[1])

def now():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return time.time() - began, used.ru_utime + used.ru_stime

import tempfile
from pathlib import Path
import lrdesigner.cli
from lrdesigner.gui.app import create_window
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

class Painted(QObject):
    # What was painted counts once Qt has gone through all of it and is back in its loop.
    def __init__(self, name, widget):
        super().__init__()
        self.name = name
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and self.name not in seen:
            seen[self.name] = None
            QTimer.singleShot(0, self.note)
        return False

    def note(self):
        seen[self.name] = now()
        if "exact" in seen:
            app.quit()

seen = {}
app = QApplication([])
window = create_window(settings_path=Path(tempfile.mkdtemp()) / "settings.json")
viewport = window.canvas.view.viewport()
watches = [Painted("window", window), Painted("curve", viewport)]

def on_run(run):
    if run.kind == "exact":
        watches.append(Painted("exact", viewport))
        viewport.update()

window.controller.run_changed.connect(on_run)
window.show()
app.exec()
torch_here = "torch" in sys.modules
window.shut_down()
print(json.dumps({"torch": torch_here, **seen}))
"""
EVENTS = {"window": "window on screen", "curve": "live curve", "exact": "exact curve"}


def start(environment: dict[str, str]) -> dict[str, tuple[float, float]]:
    """Start the program once: seconds on the clock and of the processor, until each event."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(time.time())],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout.strip().splitlines()[-1])
    if found.pop("torch"):
        raise SystemExit("the window has imported torch")
    return {name: tuple(times) for name, times in found.items()}


def naive(environment: dict[str, str]) -> float:
    """Seconds until a script could begin with its first step."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import torch.optim"], env=environment, check=True)
    return time.perf_counter() - began


def line(label: str, values: list[float], cpu: list[float] | None = None) -> str:
    """One row of the table."""
    text = f"{label:24} {statistics.median(values):6.2f} s"
    text += f"  ({min(values):.2f} to {max(values):.2f})"
    return text + (f"   {statistics.median(cpu):5.2f} s of the processor" if cpu else "")


def main(runs: int) -> None:
    """Run the program a few times and print medians, least and greatest."""
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": cache}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        start(environment)
        naive(environment)
        found = [(start(environment), naive(environment)) for _ in range(runs)]
    for name, label in EVENTS.items():
        times = [times[name] for times, _ in found]
        print(line(label, [wall for wall, _ in times], [cpu for _, cpu in times]))
    print(line("import torch, alone", [alone for _, alone in found]))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
