"""The panel as a whole: its name, its size, and that it goes when it is closed."""

from __future__ import annotations

import gc
import weakref

from documents import NAMES, THREE_GROUPS, document, phase
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from lrdesigner.gui.state import Selection
from lrdesigner.gui.widgets import CollapsibleSection


def test_its_name_is_what_scripts_look_for(bench):
    assert bench.panel.objectName() == "inspector"
    assert bench.panel.accessibleName()
    assert bench.panel.sizeHint().width() == 316


def test_nothing_is_wider_than_the_panel(bench):
    for name in NAMES:
        bench.open_one(name, groups=THREE_GROUPS)
        for section in bench.panel.findChildren(CollapsibleSection):
            section.set_expanded(True)
        QApplication.processEvents()
        right = bench.panel.viewport().width()
        for widget in bench.panel.widget().findChildren(QWidget):
            if widget.isVisible():
                edge = widget.mapTo(bench.panel.viewport(), widget.rect().topRight()).x()
                assert edge < right, f"{name}: {widget} ends at {edge} of {right}"


def test_wrapped_sentences_have_the_height_they_need(bench):
    bench.open_one("CyclicLR", {"base_lr": 0.5, "max_lr": 0.1, "step_size_up": 3})
    for label in bench.panel.findChildren(QLabel):
        if label.isVisible() and label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()), label.text()


def test_fields_keep_their_width_when_the_scroll_bar_comes(bench):
    bench.open_one("StepLR")
    bench.panel.resize(316, 900)
    QApplication.processEvents()
    wide = bench.field("param_gamma").width()
    bench.panel.resize(316, 300)
    QApplication.processEvents()
    assert bench.panel.verticalScrollBar().isVisible()
    assert bench.field("param_gamma").width() == wide


def test_a_closed_panel_is_gone(make_panel, controller, qtbot):
    panel = make_panel()
    panel.show()
    controller.select(Selection(0))
    controller.select(Selection(1))
    reference = weakref.ref(panel)
    panel.hide()
    with qtbot.waitSignal(panel.destroyed):
        panel.deleteLater()
    del panel
    gc.collect()
    assert reference() is None
    controller.select(Selection(2))


def test_documents_of_all_kinds_show_without_an_edit(bench):
    for name in NAMES:
        data = document(phase(name), groups=THREE_GROUPS)
        bench.open_data(data)
        assert bench.steps == 0
        bench.panel.setFocus(Qt.FocusReason.TabFocusReason)
        assert bench.steps == 0
