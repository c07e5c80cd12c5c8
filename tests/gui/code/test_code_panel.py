"""The code panel: what it shows as current is the current document's, and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton

import lrdesigner
from lrdesigner.engine.simulate import simulate
from lrdesigner.gui.code import CodePanel
from lrdesigner.gui.code.editor import CodeView
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.overlay_store import OverlayStore
from lrdesigner.gui.runner import Runner
from lrdesigner.schedule import edits
from lrdesigner.schedule.errors import ScheduleError

OLD = "from before"


class SlowRunner(Runner):
    """Runs when it is told to."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.token = 0

    def submit(self, schedule, device="cpu") -> int:
        self.token += 1
        self.schedule = schedule
        return self.token

    def finish(self) -> None:
        try:
            self.finished.emit(self.token, simulate(self.schedule))
        except ScheduleError as error:
            self.failed.emit(self.token, str(error))


@pytest.fixture
def runner(qapp):
    runner = SlowRunner()
    yield runner
    runner.deleteLater()


@pytest.fixture
def controller(runner, schedule):
    return Controller(schedule, runner, OverlayStore(SlowRunner(runner), runner), runner)


@pytest.fixture
def panel(qtbot, controller, theme, runner):
    panel = shown(qtbot, CodePanel(controller, theme, "torch"))
    runner.finish()
    return panel


@pytest.fixture
def json_panel(qtbot, controller, theme):
    return shown(qtbot, CodePanel(controller, theme, "json"))


def shown(qtbot, panel):
    qtbot.addWidget(panel)
    panel.resize(800, 200)
    panel.show()
    qtbot.waitExposed(panel)
    QApplication.clipboard().setText(OLD)
    return panel


def view(panel) -> CodeView:
    return panel.findChild(CodeView, "code_text")


def note(panel) -> str:
    label = panel.findChild(QLabel, "code_note")
    return label.text() if label.isVisible() else ""


def message(panel) -> str:
    page = panel.findChild(QObject, "code_message")
    return page.text() if page.isVisible() else ""


def clipboard() -> str:
    return QApplication.clipboard().text()


def refused(schedule):
    return edits.set_param(schedule, 0, "start_factor", 0.0)


def gamma(schedule, value=1e-6):
    return edits.set_param(schedule, 2, "eta_min", value)


# -- the text ------------------------------------------------------------------------------------


def test_the_code_is_the_exporters(panel, controller):
    assert panel.is_current()
    assert panel.text() == lrdesigner.export(controller.schedule, "torch")
    assert view(panel).toPlainText() == panel.text()
    assert view(panel).isReadOnly()
    compile(panel.text(), "code", "exec")


def test_the_code_follows_the_document(panel, controller, runner):
    controller.edit("x", gamma(controller.schedule, 2e-6))
    runner.finish()
    assert "eta_min=2e-06" in panel.text()
    assert view(panel).toPlainText() == lrdesigner.export(controller.schedule, "torch")
    controller.undo_stack.undo()
    runner.finish()
    assert "eta_min=1e-05" in panel.text()


def test_json_follows_at_once(json_panel, controller):
    controller.edit("x", edits.set_name(controller.schedule, "ünïcode 🚀 name"))
    assert json_panel.is_current()
    assert view(json_panel).toPlainText() == lrdesigner.dumps(controller.schedule)
    controller.gesture("drag", edits.set_phase(controller.schedule, 0, length="3 epochs"))
    assert json.loads(json_panel.text())["phases"][0]["length"] == "3 epochs"
    controller.cancel_gesture()
    assert json.loads(json_panel.text())["phases"][0]["length"] == "2 epochs"
    controller.edit("x", refused(controller.schedule))  # it is a document all the same
    assert json_panel.is_available()
    assert json.loads(json_panel.text())["phases"][0]["params"]["start_factor"] == 0.0


def test_torch_is_not_needed_to_show_code(tmp_path, schedule):
    """The window's process stays free of torch: half a second and 200 MB."""
    path = tmp_path / "schedule.json"
    schedule.save(path)
    bases = dict(simulate(schedule).bases)
    script = f"""
import sys
import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from lrdesigner.engine.curve import Curve
from lrdesigner.gui.code import CodePanel
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.overlay_store import OverlayStore
from lrdesigner.gui.runner import Runner
from lrdesigner.gui.theme import Theme
import lrdesigner

class Fake(Runner):
    def submit(self, schedule, device="cpu"):
        return 1

app = QApplication([])
owner = QObject()
runner = Fake(owner)
document = lrdesigner.load({str(path)!r})
controller = Controller(document, runner, OverlayStore(Fake(owner), owner), owner)
panel = CodePanel(controller, Theme("dark", owner), "torch")
curve = Curve(("a", "b"), np.zeros((2, document.steps)), None, 100, {bases!r})
runner.finished.emit(1, curve)
assert "CosineAnnealingLR(" in panel.text()
assert "torch" not in sys.modules
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_hidden_panel_does_no_work_until_it_is_looked_at(
    qtbot, controller, runner, theme, monkeypatch
):
    asked = []
    render = CodePanel._render
    monkeypatch.setattr(CodePanel, "_render", lambda self: asked.append(1) or render(self))
    panel = CodePanel(controller, theme, "torch")
    qtbot.addWidget(panel)
    runner.finish()
    controller.edit("x", gamma(controller.schedule))
    runner.finish()
    assert not asked
    assert "eta_min=1e-06" in panel.text()
    assert len(asked) == 1
    controller.edit("x", gamma(controller.schedule, 3e-6))
    runner.finish()
    panel.show()
    assert "eta_min=3e-06" in view(panel).toPlainText()


# -- while the exact run goes on -----------------------------------------------------------------


def test_while_a_run_goes_on_the_old_text_stays_but_is_not_current(panel, controller, qtbot):
    before = panel.text()
    controller.edit("x", gamma(controller.schedule))
    assert not panel.is_current()
    assert view(panel).toPlainText() == before
    assert not view(panel).is_dimmed()  # a quick run must not flicker
    with qtbot.waitSignal(panel.available_changed) as signal:
        pass
    assert signal.args == [False]
    assert view(panel).is_dimmed()
    assert note(panel) == "Running torch…"


def test_the_text_comes_back_when_the_run_is_done(panel, controller, runner, qtbot):
    controller.edit("x", gamma(controller.schedule))
    qtbot.waitUntil(lambda: view(panel).is_dimmed())
    runner.finish()
    assert not view(panel).is_dimmed()
    assert panel.is_available()
    assert note(panel) == ""


def test_a_dimmed_text_is_seen_to_be_dimmed(panel, controller, qtbot):
    def brightest() -> float:
        image = view(panel).grab().toImage()
        xs, ys = range(0, image.width() - 120, 1), range(20, 60)
        return max(image.pixelColor(x, y).lightnessF() for x in xs for y in ys)

    before = brightest()
    controller.edit("x", gamma(controller.schedule))
    qtbot.waitUntil(lambda: view(panel).is_dimmed())
    assert brightest() < before - 0.2


# -- copy and save -------------------------------------------------------------------------------


def test_copy(panel, qtbot):
    assert panel.copy()
    assert clipboard() == panel.text()
    assert note(panel) == "Copied"
    qtbot.waitUntil(lambda: note(panel) == "", timeout=4000)


def test_a_copy_during_a_run_gets_the_new_code(panel, controller, runner):
    controller.edit("x", gamma(controller.schedule))
    assert not panel.copy()
    assert clipboard() == OLD
    runner.finish()
    assert "eta_min=1e-06" in clipboard()
    QApplication.clipboard().setText(OLD)
    controller.edit("x", gamma(controller.schedule, 2e-6))
    runner.finish()
    assert clipboard() == OLD  # one wish, one copy


def test_save_to(panel, tmp_path):
    path = tmp_path / "code.py"
    path.write_text("old")
    panel.save_to(path)
    assert path.read_text() == panel.text()
    assert note(panel) == "Saved"
    assert [p.name for p in tmp_path.iterdir()] == ["code.py"]
    with pytest.raises(OSError, match="No such"):
        panel.save_to(tmp_path / "gone" / "code.py")


def test_save_as_asks_for_a_file(panel, tmp_path, monkeypatch):
    path = tmp_path / "chosen.py"
    asked = []
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *args: asked.append(args) or (str(path), "")
    )
    panel.save_as()
    assert path.read_text() == panel.text()
    assert asked[0][2].endswith("schedule.py")


# -- documents that cannot run -------------------------------------------------------------------


def test_a_document_with_errors_has_no_code_but_a_reason(panel, controller, tmp_path):
    controller.edit("x", refused(controller.schedule))
    assert "start_factor must be" in message(panel)
    assert message(panel).splitlines()[1].startswith("Phase 1 (Linear): ")
    assert not view(panel).isVisible()
    assert not panel.is_available()
    assert panel.reason() == message(panel)
    assert not panel.copy()
    assert clipboard() == OLD
    with pytest.raises(ScheduleError, match="start_factor"):
        panel.save_to(tmp_path / "code.py")
    assert not (tmp_path / "code.py").exists()


def test_a_copy_wished_for_an_unrunnable_document_is_forgotten(panel, controller, runner):
    controller.edit("x", refused(controller.schedule))
    panel.copy()
    controller.undo_stack.undo()
    runner.finish()
    assert clipboard() == OLD


def test_a_copy_wished_for_before_the_document_broke_is_forgotten(panel, controller, runner):
    controller.edit("x", gamma(controller.schedule))
    panel.copy()
    controller.edit("x", refused(controller.schedule))
    controller.undo_stack.undo()
    runner.finish()
    assert clipboard() == OLD


def test_mending_the_document_brings_the_code_back(panel, controller, runner):
    controller.edit("x", refused(controller.schedule))
    runner.finish()
    assert message(panel)
    controller.undo_stack.undo()
    runner.finish()
    assert message(panel) == ""
    assert panel.is_available()
    assert view(panel).isVisible()


def test_a_failure_nobody_foresaw_is_told(panel, controller, runner):
    controller.edit("x", gamma(controller.schedule))
    runner.failed.emit(runner.token, "the worker ended")
    assert "the worker ended" in message(panel)
    assert not panel.is_available()


def test_a_stopped_run_can_be_started_from_here(panel, controller, runner, qtbot):
    controller.edit("x", gamma(controller.schedule))
    controller.cancel_run()
    assert "stopped" in message(panel)
    button = next(b for b in panel.findChildren(QPushButton) if b.isVisible())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    runner.finish()
    assert "eta_min=1e-06" in view(panel).toPlainText()


# -- place, selection, colours -------------------------------------------------------------------


def test_the_first_look_is_at_the_code_itself(panel):
    first = view(panel).firstVisibleBlock().text()
    assert first.startswith(("import ", "from "))


def test_an_opened_document_is_shown_from_the_beginning(panel, controller, runner):
    edit = view(panel)
    first = edit.firstVisibleBlock().text()
    for other in (gamma(controller.schedule), controller.schedule):  # another text, and the same
        edit.verticalScrollBar().setValue(edit.verticalScrollBar().maximum())
        assert edit.firstVisibleBlock().text() != first
        controller.open_document(other, None)
        runner.finish()
        assert edit.firstVisibleBlock().text() == first


def test_place_and_selection_survive_an_edit(panel, controller, runner):
    edit = view(panel)
    edit.verticalScrollBar().setValue(5)
    cursor = edit.document().find("build_scheduler(optimizer:")
    edit.setTextCursor(cursor)
    top = edit.firstVisibleBlock().text()
    controller.edit("x", gamma(controller.schedule))
    runner.finish()
    assert edit.textCursor().selectedText() == "build_scheduler(optimizer:"
    assert edit.firstVisibleBlock().text() == top


def test_the_place_survives_lines_added_above(panel, controller, runner):
    edit = view(panel)
    top = edit.firstVisibleBlock().text()
    controller.edit("x", edits.set_notes(controller.schedule, "one\n\ntwo\n\nthree"))
    runner.finish()
    assert "three" in panel.text()
    assert edit.firstVisibleBlock().text() == top


def color_of(panel, text: str) -> str:
    cursor: QTextCursor = view(panel).document().find(text)
    assert not cursor.isNull(), text
    block = cursor.block()
    place = cursor.selectionStart() - block.position()
    for part in block.layout().formats():
        if part.start <= place < part.start + part.length:
            return part.format.foreground().color().name()
    return ""


def test_code_has_the_themes_colours(panel, controller, runner, theme):
    for scheme in ("dark", "light"):
        theme.set_scheme(scheme)
        colors = theme.tokens.syntax_colors()
        assert color_of(panel, "def ") == colors["keyword"]
        assert color_of(panel, "0.01, total_iters") == colors["number"]
        assert color_of(panel, "Training loop") == colors["comment"]
        assert color_of(panel, "build_scheduler(optimizer: ") == ""
    controller.edit("x", gamma(controller.schedule))
    runner.finish()
    assert color_of(panel, "1e-06") == theme.tokens.syntax_colors()["number"]


def test_a_very_long_text_is_shown_plain(json_panel, controller, theme):
    values = tuple(float(i) for i in range(20_000))
    metric = controller.schedule.model_validate(
        {**json.loads(lrdesigner.dumps(controller.schedule)), "metric": {"values": values}}
    )
    controller.edit("x", metric)
    assert '"name"' in view(json_panel).toPlainText()
    assert color_of(json_panel, '"name"') == ""
    controller.undo_stack.undo()
    assert color_of(json_panel, '"name"') == theme.tokens.syntax_colors()["name"]
