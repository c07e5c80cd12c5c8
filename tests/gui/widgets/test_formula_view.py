"""Formulas as they are seen, copied and read aloud."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QAccessible, QColor, QContextMenuEvent, QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget

from lrdesigner import typeset as typesetting
from lrdesigner.catalog import schedulers
from lrdesigner.gui.widgets import FormulaView, formula_view

LATEX = (r"\mathrm{lr}(t)=\mathrm{base}\cdot(1-p)", r"p=\min(1,\ t/n)", r"n=\mathit{steps}")
PLAIN = "lr(t) = base · (1 − p), p = min(1, t / n), n = steps"
NARROW = 248


@pytest.fixture
def view(qtbot, theme):
    host = QWidget()
    qtbot.addWidget(host)
    view = FormulaView(theme, 14, host)
    column = QVBoxLayout(host)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(view)
    column.addStretch(1)
    host.resize(NARROW, 400)
    host.show()
    qtbot.waitExposed(host)
    yield view
    view.close_worker()


def show(qtbot, view, latex=LATEX, plain=PLAIN):
    view.set_formula(latex, plain)
    qtbot.waitUntil(view.is_drawn)
    QApplication.processEvents()


def picture(view, scale=1) -> QImage:
    image = QImage(view.size() * scale, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(scale)
    image.fill(0)
    painter = QPainter(image)
    view.render(painter, QPoint(), renderFlags=QWidget.RenderFlag.IgnoreMask)
    painter.end()
    return image


def colors(image: QImage) -> set[str]:
    """The colours of what is drawn with full strength."""
    found = set()
    for y in range(image.height()):
        for x in range(image.width()):
            color = image.pixelColor(x, y)
            if color.alpha() > 250:
                found.add(color.name())
    return found


def test_it_is_drawn_beside_the_window_and_at_once_the_next_time(qtbot, view, monkeypatch):
    monkeypatch.setattr(typesetting, "_drawn", {})
    view.set_formula(LATEX, PLAIN)
    assert not view.is_drawn()
    qtbot.waitUntil(view.is_drawn)
    view.set_formula(LATEX[:1], PLAIN)
    assert view.is_drawn()


def test_nothing_is_drawn_for_what_is_hidden(qtbot, view, monkeypatch):
    monkeypatch.setattr(typesetting, "_drawn", {})
    view.hide()
    view.set_formula(LATEX, PLAIN)
    qtbot.wait(50)
    assert typesetting.drawn(LATEX[0]) is None
    view.show()
    qtbot.waitUntil(view.is_drawn)


def test_the_plain_formula_is_read_aloud(qtbot, view):
    show(qtbot, view)
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface.text(QAccessible.Text.Name) == f"Formula: {PLAIN}"
    assert view.text() == PLAIN


def test_text_stands_there_where_drawing_fails(qtbot, view, monkeypatch):
    def fail(line):
        raise typesetting.TypesetError("no")

    show(qtbot, view)
    height = view.height()
    monkeypatch.setattr(formula_view, "typeset", fail)
    with qtbot.waitSignal(view.settled):
        view.set_formula(("a + never + drawn",), "a + never + drawn")
    assert not view.is_drawn()
    QApplication.processEvents()
    assert view.height() != height
    assert len(colors(picture(view))) >= 1, "the text is painted"


def test_it_has_the_themes_colours_and_follows_it(qtbot, view, theme):
    show(qtbot, view)
    for scheme in ("light", "dark"):
        theme.set_scheme(scheme)
        seen = colors(picture(view))
        assert {theme.tokens.text, theme.tokens.dim} & seen
        assert QColor("black").name() not in seen


def test_it_is_crisp_on_any_screen(qtbot, view):
    """Drawn in lines, not enlarged from a picture."""
    show(qtbot, view)
    once, twice = picture(view), picture(view, 2)
    enlarged = once.scaled(twice.size())
    enlarged.setDevicePixelRatio(1)
    twice.setDevicePixelRatio(1)
    assert twice.size() == QSize(2 * view.width(), 2 * view.height())
    assert twice != enlarged
    # Edges are as thin as before, so that twice the pixels have less than four times as many.
    assert _edges(twice) < 3 * _edges(once)


def _edges(image: QImage) -> int:
    """Pixels that are neither drawn on nor left out."""
    return sum(
        5 < image.pixelColor(x, y).alpha() < 250
        for y in range(image.height())
        for x in range(image.width())
    )


def test_every_formula_fits_into_the_narrowest_inspector(qtbot, view):
    for spec in schedulers():
        show(qtbot, view, spec.latex, spec.formula)
        assert view.width() == NARROW
        assert view.height() == view.heightForWidth(NARROW)
        places = view._places(NARROW)
        assert len(places) == len(spec.latex)
        assert all(placed.rect.right() <= NARROW + 0.5 for placed in places), spec.key
        assert all(placed.rect.bottom() <= view.height() for placed in places), spec.key
        for one, other in itertools.pairwise(places):
            assert not one.rect.intersects(other.rect.adjusted(1, 1, -1, -1)), spec.key


def test_definitions_stand_beside_each_other_where_there_is_room(qtbot, view):
    show(qtbot, view)
    narrow = len({placed.rect.bottom() for placed in view._places(120)})
    wide = [placed.rect.top() for placed in view._places(600)]
    assert narrow == 3
    assert wide[0] < wide[1]
    assert abs(wide[1] - wide[2]) < 14


def test_it_can_be_copied_as_text_and_as_latex(qtbot, view):
    show(qtbot, view)
    for place, expected in enumerate((PLAIN, " \\\\\n".join(LATEX))):
        reason = QContextMenuEvent.Reason.Mouse
        event = QContextMenuEvent(reason, QPoint(5, 5), view.mapToGlobal(QPoint(5, 5)))
        QApplication.sendEvent(view, event)
        (menu,) = [m for m in view.findChildren(QMenu, "formula_menu") if m.isVisible()]
        menu.actions()[place].trigger()
        menu.close()
        assert QGuiApplication.clipboard().text() == expected


def test_a_known_formula_is_as_tall_as_it_needs_to_be_where_it_is_shown_first(qtbot, theme, view):
    """Its height was that of the width it had before it was laid out: the last line was cut."""
    spec = schedulers()["CosineAnnealingLR"]
    show(qtbot, view, spec.latex, spec.formula)
    host = QWidget()
    qtbot.addWidget(host)
    column = QVBoxLayout(host)
    again = FormulaView(theme, 14, host)
    again.set_formula(spec.latex, spec.formula)
    assert again.is_drawn()
    column.addWidget(again)
    column.addStretch(1)
    host.resize(NARROW, 400)
    host.show()
    qtbot.waitExposed(host)
    assert again.width() > 200
    assert again.height() == again.heightForWidth(again.width())
    again.close_worker()
