"""Settings: what is read, what is kept when something is wrong."""

from __future__ import annotations

import json
import logging
from pathlib import Path

from lrdesigner.gui.settings import MAX_RECENT, Settings, decode, encode


def test_round_trip_writes_only_what_differs(tmp_path: Path):
    path = tmp_path / "deep" / "settings.json"
    settings = Settings(theme="light", recent=("/a.json",))
    settings.write(path)
    assert json.loads(path.read_text(encoding="utf-8")) == {
        "theme": "light",
        "recent": ["/a.json"],
    }
    assert Settings.read(path) == settings


def test_one_bad_value_never_loses_the_rest(tmp_path: Path, caplog):
    path = tmp_path / "settings.json"
    path.write_text('{"theme": "pink", "unit": "steps", "future": 1}', encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        assert Settings.read(path) == Settings(unit="steps")
    assert "theme" in caplog.text


def test_a_broken_file_gives_defaults(tmp_path: Path):
    path = tmp_path / "settings.json"
    for text in ("", "[1]", "{", "[" * 100_000):
        path.write_text(text, encoding="utf-8")
        assert Settings.read(path) == Settings()
    assert Settings.read(tmp_path / "absent.json") == Settings()


def test_a_folder_that_cannot_be_written_is_no_reason_to_fail(tmp_path: Path, caplog):
    (tmp_path / "file").write_text("", encoding="utf-8")
    Settings(theme="dark").write(tmp_path / "file" / "settings.json")
    assert "not written" in caplog.text


def test_recent_files_are_unique_bounded_and_newest_first(tmp_path: Path):
    settings = Settings()
    for number in range(MAX_RECENT + 3):
        settings.add_recent(tmp_path / f"{number}.json")
    settings.add_recent(tmp_path / "5.json")
    assert len(settings.recent) == MAX_RECENT
    assert settings.recent[0] == str(tmp_path / "5.json")
    assert len(set(settings.recent)) == MAX_RECENT


def test_window_state_survives_as_text():
    assert decode(encode(b"\x00\xff state")) == b"\x00\xff state"
    assert decode("not base64!") == b""
