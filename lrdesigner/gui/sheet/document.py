"""A sheet as a text document, which Qt breaks into pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEventLoop, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QPainter,
    QPyTextObject,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextOption,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)

from lrdesigner.gui.code.tokens import spans
from lrdesigner.gui.picture.content import PAPER
from lrdesigner.gui.picture.painter_surface import PainterSurface
from lrdesigner.gui.picture.painting import paint
from lrdesigner.gui.picture_options import PictureOptions
from lrdesigner.gui.sheet.content import (
    PhaseRow,
    PhaseTable,
    Sheet,
    group_rows,
    metric_line,
    optimizer_line,
    phase_tables,
    run_line,
)
from lrdesigner.gui.theme.fonts import font
from lrdesigner.i18n import tr

FINE = 8
"""Laid out in eighths of pixels: in whole ones letters would stand unevenly on paper."""

OBJECT = QTextFormat.ObjectTypes.UserObject + 1
PLAIN, SMALL, TITLE, HEADING, CODE = 12, 11, 20, 14, 10
_PICTURE = PictureOptions(title=False, details=False, text=0.9)
_RATIO, _LANE_RATIO = 0.46, 0.12
_MARKER = "\N{BLACK SQUARE}\N{NO-BREAK SPACE}"


class _PictureObject(QPyTextObject):
    """Paints the curve where the text has a place for it: as lines, not as pixels."""

    def __init__(self, sheet: Sheet, width: float, parent: QTextDocument) -> None:
        super().__init__(parent)
        lanes = len([lane for lane in sheet.picture.lanes if lane.lines])
        self._size = QSizeF(FINE * width, FINE * width * (_RATIO + _LANE_RATIO * min(lanes, 4)))
        self._content = replace(sheet.picture, title="", details="")

    def intrinsicSize(self, _doc: QTextDocument, _place: int, _format: QTextFormat) -> QSizeF:
        """How much room it takes."""
        return self._size

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        _doc: QTextDocument,
        _place: int,
        _format: QTextFormat,
    ) -> None:
        """Paint it."""
        scale = FINE * _PICTURE.scale
        painter.save()
        painter.translate(QRectF(rect).topLeft())
        painter.scale(scale, scale)
        size = rect.width() / scale, rect.height() / scale
        paint(PainterSurface(painter), size, self._content, _PICTURE)
        painter.restore()


class SheetDocument:
    """The text document of a sheet.

    Attributes:
        document: It, laid out for pages of that size.

    Args:
        sheet: What stands on it.
        width: Pixels of the text, 96 to the inch.
        height: Pixels of a page's text.
    """

    def __init__(self, sheet: Sheet, width: float, height: float) -> None:
        # Qt's layout starts timers, which need this in a thread that has no loop of its own.
        self._loop = QEventLoop()
        self.document = QTextDocument()
        self.document.setUndoRedoEnabled(False)
        self.document.setDocumentMargin(0)
        self.document.setUseDesignMetrics(True)
        option = QTextOption()
        # Long lines of code go on in the next one, wherever that has to be: nothing is cut.
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document.setDefaultTextOption(option)
        self.document.setDefaultFont(_font(PLAIN))
        self._object = _PictureObject(sheet, width, self.document)
        self.document.documentLayout().registerHandler(OBJECT, self._object)
        self._headings: list[int] = []
        self._cursor = QTextCursor(self.document)
        self._fill(sheet)
        self.document.setPageSize(QSizeF(FINE * width, FINE * height))
        self._keep_headings()

    def _fill(self, sheet: Sheet) -> None:
        self._line(sheet.title, _format(PAPER.text, TITLE, strong=True), below=2)
        self._line(sheet.picture.details, _format(PAPER.dim, PLAIN), below=10)
        for paragraph in sheet.schedule.notes.splitlines():
            self._line(paragraph, _format(PAPER.text, PLAIN), below=2)
        self._picture()
        for table in phase_tables(sheet):
            name = tr("Phases: {track}", track=table.title) if table.title else tr("Phases")
            self._heading(name)
            self._phases(table)
        self._heading(tr("Run and optimizer"))
        self._run(sheet)
        self._heading(tr("Code"))
        if sheet.code:
            self._code(sheet.code)
        else:
            self._line(sheet.no_code or tr("There is no code."), _format(PAPER.dim, PLAIN))

    def _keep_headings(self) -> None:
        """A heading at the foot of a page moves to the next one, where what it heads is."""
        layout, height = self.document.documentLayout(), self.document.pageSize().height()
        for place in self._headings:
            block = self.document.findBlock(place)
            following = block.next()
            pages = [layout.blockBoundingRect(b).top() // height for b in (block, following)]
            if following.isValid() and pages[0] != pages[1]:
                look = block.blockFormat()
                look.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
                QTextCursor(block).setBlockFormat(look)
                # By itself Qt lays out what follows only in part, and forgets pages.
                self.document.markContentsDirty(0, self.document.characterCount())

    # -- pieces --------------------------------------------------------------------------------

    def _line(
        self, text: str, look: QTextCharFormat, *, above: float = 0.0, below: float = 0.0
    ) -> None:
        block = QTextBlockFormat()
        block.setTopMargin(FINE * above)
        block.setBottomMargin(FINE * below)
        self._block(block, look)
        self._cursor.insertText(text, look)

    def _block(self, block: QTextBlockFormat, look: QTextCharFormat) -> None:
        """Begin a paragraph; the document's first one is there already."""
        if self._cursor.position() == 0:
            self._cursor.setBlockFormat(block)
            self._cursor.setBlockCharFormat(look)
        else:
            self._cursor.insertBlock(block, look)

    def _heading(self, text: str) -> None:
        self._line(text, _format(PAPER.text, HEADING, strong=True), above=16, below=5)
        self._headings.append(self._cursor.block().position())

    def _picture(self) -> None:
        block = QTextBlockFormat()
        block.setTopMargin(FINE * 8)
        self._block(block, QTextCharFormat())
        place = QTextCharFormat()
        place.setObjectType(OBJECT)
        self._cursor.insertText("\N{OBJECT REPLACEMENT CHARACTER}", place)

    def _phases(self, table: PhaseTable) -> None:
        named = any(row.values for row in table.rows)
        heads = ["", tr("Phase"), tr("Scheduler"), tr("Length"), tr("Steps")]
        shares = [3, 16, 28, 14, 16]
        if named:
            heads.append(table.word)
            shares.append(23)
        grid = self._table(len(table.rows), heads, shares)
        for place, row in enumerate(table.rows, 1):
            self._phase(grid, place, row, named=named)
        self._leave()

    def _phase(self, grid: QTextTable, place: int, row: PhaseRow, *, named: bool) -> None:
        plain, dim = _format(PAPER.text, SMALL), _format(PAPER.dim, SMALL)
        self._cell(grid, place, 0, [(row.number, dim)])
        marker = _format(PAPER.category_color(row.category), SMALL)
        self._cell(grid, place, 1, [(_MARKER, marker), (row.title, plain)])
        name, *others = row.scheduler
        texts = [(name, plain), *((f"\n{text}", dim) for text in others)]
        self._cell(grid, place, 2, texts)
        self._cell(grid, place, 3, [(row.length, plain)])
        self._cell(grid, place, 4, [(row.steps, plain)])
        if named:
            self._cell(grid, place, 5, [("\n".join(row.values), plain)])

    def _run(self, sheet: Sheet) -> None:
        plain, dim = _format(PAPER.text, SMALL), _format(PAPER.dim, SMALL)
        rows = [
            (tr("Run"), run_line(sheet.schedule)),
            (tr("Optimizer"), optimizer_line(sheet.schedule)),
        ]
        metric = metric_line(sheet.schedule)
        rows += [(tr("Metric"), metric)] if metric else []
        for name, text in rows:
            self._line(f"{name}  ", dim, below=2)
            self._cursor.insertText(text, plain)
        groups = group_rows(sheet.schedule)
        heads = [tr("Group"), tr("LR")]
        more = any(extra for _, _, extra in groups)
        heads += [tr("Its own arguments")] if more else []
        grid = self._table(len(groups), heads, [40, 20, 40] if more else [50, 50])
        for place, (name, lr, extra) in enumerate(groups, 1):
            for column, text in enumerate((name, lr, extra)[: len(heads)]):
                self._cell(grid, place, column, [(text, plain)])
        self._leave()

    def _code(self, code: str) -> None:
        colors = {kind: _format(color, CODE, code=True) for kind, color in _syntax().items()}
        plain = colors["text"]
        block = QTextBlockFormat()
        block.setLineHeight(122.0, int(QTextBlockFormat.LineHeightTypes.ProportionalHeight.value))
        for line, found in zip(code.rstrip().split("\n"), spans(code.rstrip(), "python"),
                               strict=True):  # fmt: skip
            self._cursor.insertBlock(block, plain)
            done = 0
            units = line.encode("utf-16-le", "surrogatepass")  # spans count as Qt does
            for span in found:
                self._cursor.insertText(_cut(units, done, span.start), plain)
                end = span.start + span.length
                self._cursor.insertText(_cut(units, span.start, end), colors[span.kind])
                done = end
            self._cursor.insertText(_cut(units, done, None), plain)

    # -- tables --------------------------------------------------------------------------------

    def _table(self, rows: int, heads: Sequence[str], shares: Sequence[int]) -> QTextTable:
        look = QTextTableFormat()
        look.setBorder(0)
        look.setCellSpacing(0)
        look.setCellPadding(0)
        look.setHeaderRowCount(1)
        look.setTopMargin(FINE * 3)
        look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        total = sum(shares)
        look.setColumnWidthConstraints(
            [QTextLength(QTextLength.Type.PercentageLength, 100 * s / total) for s in shares]
        )
        look.setBorderCollapse(True)
        grid = self._cursor.insertTable(rows + 1, len(heads), look)
        head = _format(PAPER.dim, SMALL)
        for column, text in enumerate(heads):
            self._cell(grid, 0, column, [(text, head)], line=PAPER.line_strong)
        return grid

    def _cell(
        self,
        grid: QTextTable,
        row: int,
        column: int,
        texts: Sequence[tuple[str, QTextCharFormat]],
        line: str = PAPER.line,
    ) -> None:
        cell = grid.cellAt(row, column)
        look = QTextTableCellFormat()
        look.setTopPadding(FINE * 4)
        look.setBottomPadding(FINE * 4)
        look.setRightPadding(FINE * 8)
        look.setBottomBorder(FINE * 0.75)
        look.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        look.setBottomBorderBrush(QBrush(QColor(line)))
        cell.setFormat(look)
        cursor = cell.firstCursorPosition()
        for text, form in texts:
            cursor.insertText(text.replace("\n", "\N{LINE SEPARATOR}"), form)

    def _leave(self) -> None:
        """Go on below a table."""
        self._cursor.movePosition(QTextCursor.MoveOperation.End)


def _syntax() -> dict[str, str]:
    return PAPER.syntax_colors()


def _cut(units: bytes, start: int, end: int | None) -> str:
    part = units[2 * start : None if end is None else 2 * end]
    return part.decode("utf-16-le", "surrogatepass")


def _font(size: int, *, strong: bool = False, code: bool = False) -> QFont:
    found = font("code" if code else "strong" if strong else "ui")
    found.setPixelSize(FINE * size)
    found.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return found


def _format(color: str, size: int, *, strong: bool = False, code: bool = False) -> QTextCharFormat:
    found = QTextCharFormat()
    found.setFont(_font(size, strong=strong, code=code))
    found.setForeground(QBrush(QColor(color), Qt.BrushStyle.SolidPattern))
    return found
