"""The script that takes the README's pictures: what it takes, and what it says it cannot."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "packaging" / "screenshots.py"


def run(*arguments: str) -> str:
    paths = os.pathsep.join([str(ROOT), *(path for path in sys.path if path)])
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": paths}
    done = subprocess.run(
        [sys.executable, str(SCRIPT), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    return done.stdout


def test_scenes_have_names():
    scenes = run("--list").split()
    assert {"window", "gallery", "picture", "sweep", "tracks", "commands"} <= set(scenes)


@pytest.mark.parametrize("scale", [1, 2])
def test_a_scene_is_taken_in_both_themes_at_every_scale(tmp_path, scale):
    run(str(tmp_path), "--scene", "empty", "--scale", str(scale), "--size", "1280x800")
    beside = "" if scale == 1 else f"-{scale}x"
    pictures = [
        QImage(str(tmp_path / f"empty-1280x800{beside}-{t}.png")) for t in ("dark", "light")
    ]
    sizes = {picture.size().toTuple() for picture in pictures}
    assert sizes == {(1280 * scale, 800 * scale)}
    dark, light = (picture.pixelColor(5, 5 * scale).lightness() for picture in pictures)
    assert dark < 60 < 200 < light


def test_a_language_without_a_catalogue_is_skipped_in_words(tmp_path):
    said = run(str(tmp_path), "--scene", "empty", "--language", "tlh")
    assert "tlh is skipped: there is no catalogue" in said
    assert not list(tmp_path.glob("*.png"))


def test_what_this_version_lacks_is_skipped_in_words(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPT.parent))
    import screenshot_scenes

    with pytest.raises(screenshot_scenes.MissingError, match="no action 'teleport'"):
        screenshot_scenes.Stage.trigger(type("Stage", (), {"window": Window})(), "teleport")


class Window:
    """A window without any action."""

    actions_: tuple[str, ...] = ()
