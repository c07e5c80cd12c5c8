"""A document on paper: everything is on it, nothing is cut, the curve is made of lines."""

from __future__ import annotations

import json

import pytest
from documents import phase
from picture_files import Pdf
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from tracked_documents import COSINE, FOUR, RISE, WARM_UP, track, tracked

import lrdesigner as lrd
from lrdesigner.gui.picture import PAPER, bands_of, compose, lanes_of
from lrdesigner.gui.sheet import Sheet, print_sheet, sheet_pdf
from lrdesigner.gui.sheet.content import phase_tables
from lrdesigner.gui.sheet.document import FINE, HEADING, SheetDocument

pytestmark = pytest.mark.usefixtures("qapp")

WIDTH, HEIGHT = 658.0, 961.0
STACK = phase("StepLR", {"step_size": 3}, **{"with": [phase("ExponentialLR", {"gamma": 0.9})]})
FULL = {
    **tracked(
        {**WARM_UP, "start": "base"},
        {**STACK, "interval": "epoch"},
        tracks=[track(RISE, on="weight_decay"), track(COSINE, groups=["head"])],
        groups=FOUR,
    ),
    "notes": "First line.\n\nSecond <b>line</b> & more.",
    "name": "Full & <odd>",
}


def sheet_of(data, **changes) -> Sheet:
    schedule = lrd.loads(json.dumps(data))
    curve = lrd.simulate(schedule)
    content = compose(
        [("x", curve)],
        title=schedule.name,
        unit="epochs",
        bands=bands_of(schedule),
        lanes=lanes_of(schedule, curve, PAPER),
        horizon=schedule.horizon,
    )
    fields = {
        "title": schedule.name,
        "picture": content,
        "schedule": schedule,
        "curve": curve,
        "code": lrd.export(schedule, "torch"),
    }
    return Sheet(**{**fields, **changes})


@pytest.fixture(scope="module")
def sheet(qapp) -> Sheet:
    return sheet_of(FULL)


def text_of(sheet: Sheet) -> str:
    return SheetDocument(sheet, WIDTH, HEIGHT).document.toPlainText().replace("\u2028", "\n")


def test_everything_is_on_it(sheet):
    text = text_of(sheet)
    for wanted in (
        "Full & <odd>", "Second <b>line</b> & more.", "StepLR", "step_size=3",
        "× ExponentialLR(gamma=0.9)", "starts from each group's own value", "steps once an epoch",
        "AdamW(weight_decay=0.04)", "no decay", "Phases: LR of head", "computed by torch",
    ):  # fmt: skip
        assert wanted in text
    for line in sheet.code.splitlines():
        assert line in text


def test_phases_say_from_where_to_where(sheet):
    own, decay, head = phase_tables(sheet)
    assert [row.title for row in own.rows] == ["Linear", "StepLR"]
    assert own.rows[0].steps == "0–4"
    assert own.rows[0].length == "5 steps"
    assert own.rows[0].values[0].startswith("backbone: ")
    assert len(own.rows[0].values) == 3  # the head has phases of its own
    assert decay.word == "weight decay"
    assert head.rows[0].values[0].startswith("1e−2")


def test_no_line_is_cut_by_the_edge_of_a_page(sheet):
    long = "x" * 700
    document = SheetDocument(
        sheet_of(FULL, code=sheet.code * 4 + f"\n# {long}\n"), WIDTH, HEIGHT
    ).document
    assert document.pageCount() > 4
    height = FINE * HEIGHT
    layout = document.documentLayout()
    block = document.begin()
    lines, pages = 0, set()
    while block.isValid():
        top = layout.blockBoundingRect(block).top()
        for index in range(block.layout().lineCount()):
            line = block.layout().lineAt(index)
            first = top + line.y()
            assert int(first // height) == int((first + line.height() - 1) // height)
            assert line.naturalTextWidth() <= FINE * WIDTH
            lines += 1
            pages.add(int(first // height))
        block = block.next()
    assert lines > 200
    assert pages == set(range(document.pageCount()))  # none is empty
    assert long in document.toPlainText()


@pytest.mark.parametrize("height", [300, 420, 555, 610, 700, 820, 900])
def test_a_heading_stays_with_what_it_heads(sheet, height):
    document = SheetDocument(sheet, WIDTH, float(height)).document
    layout = document.documentLayout()
    block, found = document.begin(), 0
    while block.isValid():
        if block.charFormat().font().pixelSize() == FINE * HEADING and block.text():
            pages = [
                int(layout.blockBoundingRect(b).top() // (FINE * height))
                for b in (block, block.next())
            ]
            assert pages[0] == pages[1], block.text()
            found += 1
        block = block.next()
    assert found == 5


def test_the_heads_of_a_table_return_on_every_page(sheet):
    document = SheetDocument(sheet, WIDTH, HEIGHT).document
    first = document.rootFrame().childFrames()[0]
    assert first.format().toTableFormat().headerRowCount() == 1


@pytest.mark.parametrize(("paper", "points"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_a_pdf_has_pages_of_lines_and_letters(sheet, paper, points):
    pdf = Pdf(sheet_pdf(sheet, paper))
    assert pdf.pages >= 3
    assert pdf.size == pytest.approx(points, abs=1)
    assert not pdf.has_images
    assert pdf.fonts >= 2  # that of the window and that of code
    assert len(pdf.data) < 300_000


def test_a_document_that_cannot_run_says_why(sheet):
    text = text_of(sheet_of(FULL, curve=None, code="", no_code="Phase 2 cannot run."))
    assert "Phase 2 cannot run." in text
    assert "StepLR" in text


def test_odd_texts_do_no_harm(sheet):
    odd = "\x00 \x07 <table> 学习率 " + "w" * 300
    data = {**FULL, "notes": odd, "name": odd}
    assert Pdf(sheet_pdf(sheet_of(data), "a4")).pages >= 3


# -- in the window ---------------------------------------------------------------------------------


@pytest.fixture
def window(make_window, qtbot, tmp_path):
    file = tmp_path / "full.json"
    file.write_text(json.dumps(FULL))
    window = make_window([file])
    qtbot.waitUntil(lambda: window.controller.curve is not None)
    return window


def test_the_page_is_saved_as_pdf(window, qtbot, monkeypatch, tmp_path):
    asked = []

    def get(parent, title, offered, filters):
        asked.append(offered)
        return str(tmp_path / "page"), filters

    monkeypatch.setattr(QFileDialog, "getSaveFileName", get)
    window.actions_["export_page"].trigger()
    qtbot.waitUntil(lambda: (tmp_path / "page.pdf").is_file())
    assert asked == [str(tmp_path / "full.pdf")]
    assert Pdf((tmp_path / "page.pdf").read_bytes()).pages >= 3
    qtbot.waitUntil(lambda: "page.pdf" in window.statusBar().currentMessage())


def print_dialog(window, qtbot) -> QPrintDialog:
    both = Qt.KeyboardModifier.ControlModifier
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_P, both)
    dialog = window.findChild(QPrintDialog, "print_dialog")
    assert dialog is not None
    return dialog


def test_printing_goes_through_the_systems_dialog(window, qtbot, tmp_path):
    dialog = print_dialog(window, qtbot)
    printer = dialog.printer()
    assert printer.docName() == window.controller.title
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    dialog.accepted.emit(printer)
    dialog.close()
    pdf = Pdf((tmp_path / "printed.pdf").read_bytes())
    assert pdf.pages >= 3
    assert not pdf.has_images
    assert "printer" in window.statusBar().currentMessage()


def test_some_pages_only(sheet, tmp_path):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "two.pdf"))
    assert print_sheet(printer, sheet, range(2, 4)) >= 3
    assert Pdf((tmp_path / "two.pdf").read_bytes()).pages == 2


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_does_not_begin_is_told_of(window, qtbot, tmp_path):
    dialog = print_dialog(window, qtbot)
    printer = dialog.printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "no" / "such" / "folder.pdf"))
    dialog.accepted.emit(printer)
    dialog.close()
    box = window.findChild(QMessageBox, "error_message")
    assert box is not None
    assert "printer" in box.informativeText()
    box.close()


def test_cancelling_prints_nothing(window, qtbot, tmp_path):
    dialog = print_dialog(window, qtbot)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not list(tmp_path.glob("*.pdf"))
