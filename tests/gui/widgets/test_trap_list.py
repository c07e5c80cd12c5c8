"""Traps as they are seen and read aloud, and texts with links."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from lrdesigner.catalog import Trap, schedulers
from lrdesigner.gui.widgets import LinkLabel, TrapList
from lrdesigner.gui.widgets.labels import IconLabel
from lrdesigner.schedule.problems import rules
from lrdesigner.sources import Piece, pieces

TRAPS = (
    Trap("It is good to know this.", "info"),
    Trap("It climbs back.", rule="cosine-climbs-back"),
    Trap("It stops.", "error"),
)


@pytest.fixture
def host(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    QVBoxLayout(host)
    host.resize(300, 2000)
    return host


@pytest.fixture
def traps(qtbot, theme, host):
    traps = TrapList(theme, host)
    host.layout().addWidget(traps)
    host.layout().addStretch(1)
    host.show()
    qtbot.waitExposed(host)
    return traps


def rows(traps):
    return [row for row in traps.findChildren(QWidget, "trap") if row.isVisible()]


def texts(row):
    return [label.text() for label in row.findChildren(QLabel) if label.isVisible()]


def test_the_gravest_come_first_and_each_says_its_kind_in_a_word(traps):
    traps.set_traps(TRAPS)
    assert [texts(row)[0] for row in rows(traps)] == ["Error", "Warning", "Note"]
    assert all(row.findChild(IconLabel) for row in rows(traps))
    spoken = [row.accessibleName() for row in rows(traps)]
    assert spoken[0] == "Error. It stops"
    assert spoken[1].startswith("Warning. It climbs back. Checked: ")


def test_a_rule_is_named_in_its_own_words(traps):
    title = rules()["cosine-climbs-back"].title
    traps.set_traps(TRAPS)
    assert texts(rows(traps)[1])[-1] == f"Checked: {title}"
    traps.set_traps(TRAPS, {"cosine-climbs-back", "something-else"})
    assert texts(rows(traps)[1])[-1] == f"Found here: {title}"


def test_rows_are_kept_and_change(traps):
    traps.set_traps(TRAPS)
    before = rows(traps)
    traps.set_traps(TRAPS[:1])
    assert rows(traps) == before[:1]
    assert texts(before[0]) == ["Note", "It is good to know this."]
    assert before[0].accessibleName() == "Note. It is good to know this"
    traps.set_traps(TRAPS)
    assert rows(traps) == before
    assert texts(before[0]) == ["Error", "It stops."]


def test_rows_are_as_high_as_their_words(traps):
    for spec in schedulers():
        traps.set_traps(spec.traps)
        for _ in range(4):  # layouts within layouts
            QApplication.processEvents()
        for row in rows(traps):
            assert row.height() == row.heightForWidth(row.width())


def test_links_lead_where_the_pieces_say_and_have_the_accents_colour(qtbot, theme, host):
    label = LinkLabel(theme, "help", host)
    label.set_pieces((Piece("A & B 2020, "), Piece("arXiv:1", "https://arxiv.org/abs/1")))
    assert label.plain_text() == "A & B 2020, arXiv:1"
    assert label.accessibleName() == "Source: A & B 2020, arXiv:1"
    assert "A &amp; B" in label.text()
    assert '<a href="https://arxiv.org/abs/1"' in label.text()
    assert theme.tokens.accent_text in label.text()
    dark = label.text()
    theme.set_scheme("light")
    assert theme.tokens.accent_text in label.text()
    assert label.text() != dark
    assert label.openExternalLinks()


def test_every_source_can_be_clicked(theme, host):
    label = LinkLabel(theme, "help", host)
    for spec in schedulers():
        label.set_pieces(pieces(spec))
        assert label.text().count("<a ") == sum(bool(piece.url) for piece in pieces(spec)) > 0
