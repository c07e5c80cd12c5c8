"""Overlays come back with the document that they were compared with."""

from __future__ import annotations

import json

import pytest

from lrdesigner.compare.frames import Anchor
from lrdesigner.gui.settings import Settings
from lrdesigner.schedule import edits


@pytest.fixture
def files(schedule, tmp_path):
    paths = {}
    for name in ("design", "first", "second"):
        paths[name] = tmp_path / f"{name}.json"
        edits.set_name(schedule, name).save(paths[name])
    return paths


def close(window) -> None:
    window.shut_down()
    window.close()


def settled(window, qtbot) -> tuple:
    overlays = window.controller.overlays
    qtbot.waitUntil(lambda: all(o.curve is not None for o in overlays.overlays))
    return overlays.overlays


def test_overlays_come_back_as_they_were(make_window, files, qtbot):
    window = make_window([files["design"], files["first"], files["second"]])
    store = window.controller.overlays
    store.set_name(0, "baseline")
    store.set_color(1, "#123456")
    store.set_visible(1, False)
    store.set_style(1, "ghost")
    store.set_anchor(1, Anchor("peak"))
    store.move(1, 0)
    window.controller.comparison.change(
        reference=0, align=Anchor("boundary", 2), difference="ratio", own_length=True
    )
    close(window)
    again = make_window([files["design"]])
    second, first = settled(again, qtbot)
    assert (first.name, first.given, first.visible) == ("baseline", "baseline", True)
    assert (second.name, second.color, second.visible) == ("second", "#123456", False)
    assert (second.style, second.anchor) == ("ghost", Anchor("peak"))
    state = again.controller.comparison.state
    assert (state.reference, state.align) == (first.id, Anchor("boundary", 2))
    assert (state.difference, state.own_length, state.own_peak) == ("ratio", True, False)


def test_a_ghost_comes_back_with_the_document_it_is_of(make_window, files, qtbot):
    window = make_window([files["design"]])
    qtbot.waitUntil(lambda: window.controller.curve is not None)
    window.controller.keep_ghost()
    kept = window.controller.overlays.overlays[0].curve.lr
    close(window)
    again = make_window([files["design"]])
    (ghost,) = settled(again, qtbot)
    assert (ghost.name, ghost.path, ghost.ghost) == ("Ghost 1 of design", None, True)
    assert (ghost.curve.lr == kept).all()
    again.controller.keep_ghost()
    assert again.controller.overlays.overlays[1].name == "Ghost 2 of design"


def test_files_that_are_named_are_what_is_wanted(make_window, files, qtbot):
    close(make_window([files["design"], files["first"]]))
    again = make_window([files["design"], files["second"]])
    assert [o.name for o in settled(again, qtbot)] == ["second"]


def test_overlays_that_are_open_stay_when_another_document_comes(make_window, files, qtbot):
    window = make_window([files["design"], files["first"]])
    window.open_files([files["second"]])
    assert [o.name for o in settled(window, qtbot)] == ["first"]
    window.controller.overlays.remove_all()
    window.open_files([files["design"]])
    assert [o.name for o in settled(window, qtbot)] == ["first"]  # the document brings its own


def test_what_was_closed_stays_closed(make_window, files, qtbot):
    window = make_window([files["design"], files["first"]])
    window.controller.overlays.remove_all()
    close(window)
    assert make_window([files["design"]]).controller.overlays.overlays == ()


def test_files_that_are_gone_are_told_of_and_the_others_come(make_window, files, qtbot):
    close(make_window([files["design"], files["first"], files["second"]]))
    files["first"].unlink()
    again = make_window()
    told = []
    again.controller.told.connect(told.append)
    again.open_files([files["design"]])
    assert [o.name for o in settled(again, qtbot)] == ["second"]
    assert told == ["1 overlay of last time is not there any more"]


def test_a_document_without_a_file_has_nothing_to_remember_by(make_window, files, tmp_path):
    window = make_window()
    window.open_overlays([files["first"]])
    close(window)
    assert Settings.read(tmp_path / "settings" / "settings.json").overlays == {}


def test_settings_that_make_no_sense_are_no_harm(make_window, files, tmp_path):
    place = tmp_path / "settings" / "settings.json"
    place.parent.mkdir()
    bad = {"overlays": [{"path": str(files["first"]), "color": "red; evil", "style": "ghost"}]}
    place.write_text(json.dumps({"overlays": {str(files["design"]): bad}, "log_axis": False}))
    window = make_window([files["design"]])
    (overlay,) = window.controller.overlays.overlays
    assert (overlay.color, overlay.style) == ("", "ghost")
    close(window)
    place.write_text(json.dumps({"overlays": {"x": 7}, "log_axis": False}))
    assert Settings.read(place).overlays == {}
    assert Settings.read(place).log_axis is False


def test_the_lane_of_slopes_comes_back_with_any_document(make_window, files, qtbot):
    window = make_window([files["design"], files["first"]])
    window.controller.comparison.change(slope="epoch_share")
    close(window)
    again = make_window()
    assert again.controller.comparison.state.slope == "epoch_share"
    qtbot.waitUntil(lambda: again.canvas.lanes.lane("slope") is not None)
    again.open_files([files["design"]])
    assert again.controller.comparison.state.slope == "epoch_share"
