"""Take the README's screenshots of the real window.

    .venv/bin/python packaging/screenshots.py [FOLDER]

Needs a display (on a server: ``xvfb-run -a -s "-screen 0 1600x1000x24"`` in front). Writes
``window-dark.png`` and ``window-light.png``, 1440 × 900, into ``docs/images`` or FOLDER.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from lrdesigner.gui.main_window import MainWindow

ROOT = Path(__file__).resolve().parent.parent
SIZE = (1440, 900)
WAIT_SECONDS = 60


def settle(app: QApplication, window: MainWindow) -> None:
    """Wait until every curve is exact and everything is painted."""
    end = time.monotonic() + WAIT_SECONDS

    def done() -> bool:
        overlays = window.controller.overlays.overlays
        return window.controller.run.kind == "exact" and all(o.curve is not None for o in overlays)

    while time.monotonic() < end and not done():
        app.processEvents()
        time.sleep(0.01)
    if not done():
        raise SystemExit("the exact run did not finish")
    for _ in range(20):
        app.processEvents()
        time.sleep(0.02)


def main(folder: Path) -> None:
    """Open the program on its first example with an overlay, and take both pictures."""
    from PySide6.QtWidgets import QApplication

    from lrdesigner.examples import default_schedule
    from lrdesigner.gui.app import create_window
    from lrdesigner.gui.state import Selection
    from lrdesigner.schedule import edits

    app = QApplication(sys.argv[:1])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        baseline = Path(place) / "cosine-baseline.json"
        shown = default_schedule()
        plain = edits.set_name(edits.remove_phase(shown, 1), "cosine baseline")
        plain.save(baseline)
        window = create_window(settings_path=Path(place) / "settings.json")
        window.resize(*SIZE)
        window.open_overlays([baseline])
        window.controller.select(Selection(len(shown.phases) - 1))
        window.show()
        for scheme in ("dark", "light"):
            window.theme.set_scheme(scheme)
            settle(app, window)
            path = folder / f"window-{scheme}.png"
            window.grab().save(str(path))
            print(path)
        window.shut_down()
        window.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images")
