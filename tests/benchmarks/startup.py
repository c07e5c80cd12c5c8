"""Measure seconds from the command to the first curve on screen, and to the exact one.

    python tests/benchmarks/startup.py [RUNS]

Needs a display (on a server: ``xvfb-run -a`` in front).
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

CHILD = """
import sys, time
began = float(sys.argv[1])
import tempfile
from pathlib import Path
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QGraphicsView
from lrdesigner.gui.app import create_window

class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and not seen:
            seen.append(time.time() - began)
        return False

seen = []
app = QApplication([])
window = create_window(settings_path=Path(tempfile.mkdtemp()) / "settings.json")
watch = Painted()
window.canvas.findChild(QGraphicsView).viewport().installEventFilter(watch)
window.controller.run_changed.connect(
    lambda run: run.kind == "exact" and (print(seen[0], time.time() - began), app.quit())
)
window.show()
app.exec()
torch_here = "torch" in sys.modules
window.shut_down()
print(torch_here)
"""


def main(runs: int) -> None:
    """Run the program a few times and print medians."""
    curves, exacts = [], []
    for _ in range(runs):
        done = subprocess.run(
            [sys.executable, "-c", CHILD, str(time.time())],
            capture_output=True,
            text=True,
            check=True,
        )
        figures, torch_here = done.stdout.strip().splitlines()
        curve, exact = map(float, figures.split())
        curves.append(curve)
        exacts.append(exact)
        print(f"curve {curve:.2f} s, exact {exact:.2f} s, torch beside the window: {torch_here}")
    middle = statistics.median
    print(f"median: curve {middle(curves):.2f} s, exact {middle(exacts):.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
