"""Export of the plot as a picture, with a preview that follows every choice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from lrdesigner import numerals
from lrdesigner.gui.dialogs.messages import ask_replace, sentence, show_error
from lrdesigner.gui.dialogs.picture_form import PictureForm
from lrdesigner.gui.dialogs.picture_preview import PicturePreview
from lrdesigner.gui.dialogs.room import open_size
from lrdesigner.gui.picture.content import Content
from lrdesigner.gui.picture.render import SUFFIXES
from lrdesigner.gui.picture.taking import PictureTaker
from lrdesigner.gui.picture_options import PictureOptions
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.widgets import ElidedLabel
from lrdesigner.i18n import tr

_SIZE = QSize(1080, 700)
_FORM = 344

Source = Callable[[PictureOptions, str | None], Content]


class PictureDialog(QDialog):
    """Choose how the picture is to be, see it, save or copy it.

    Signals:
        told: What has been done.
        options_chosen: The `PictureOptions` to remember.
        folder_chosen: The folder that a picture was saved in.

    Args:
        source: Gives the content for options and a title.
        options: What was chosen last time.
        name: The document's name.
        file: A file name without suffix, in the folder to offer.
        theme: Colours of the dialog.
        parent: The window.
    """

    told = Signal(str)
    options_chosen = Signal(object)
    folder_chosen = Signal(str)

    def __init__(
        self,
        source: Source,
        options: PictureOptions,
        name: str,
        file: Path,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("picture_dialog")
        self.setWindowTitle(tr("Export picture"))
        self._source = source
        self._file = file
        self._busy = False
        self.form = PictureForm(options, name, self)
        self.preview = PicturePreview(theme, self)
        self._facts = ElidedLabel("", parent=self)
        self._facts.setObjectName("picture_facts")
        self._facts.setProperty("role", "help")
        self._note = QLabel(self)
        self._note.setObjectName("picture_note")
        self._note.setProperty("role", "error")
        self._note.setWordWrap(True)
        self._copy = QPushButton(tr("Cop&y"), self)
        self._copy.setObjectName("picture_copy")
        self._copy.setToolTip(tr("Put the picture on the clipboard, as pixels and as SVG"))
        self._copy.setAutoDefault(False)
        self._cancel = QPushButton(tr("Cancel"), self)
        self._cancel.setObjectName("picture_cancel")
        self._cancel.setAutoDefault(False)
        self._save = QPushButton(tr("&Save…"), self)
        self._save.setObjectName("picture_save")
        self._save.setProperty("variant", "primary")
        self._save.setDefault(True)
        self._taker = PictureTaker(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._lay_out()
        self._connect()
        self.refresh()
        self.form.preset.setFocus()

    def _lay_out(self) -> None:
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget(scroll)
        column = QVBoxLayout(inner)
        column.setContentsMargins(20, 16, 20, 12)
        column.setSpacing(8)
        column.addWidget(self.form)
        scroll.setWidget(inner)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(20, 0, 20, 16)
        buttons.setSpacing(8)
        buttons.addWidget(self._copy)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._save)
        note = QHBoxLayout()
        note.setContentsMargins(20, 0, 20, 8)
        note.addWidget(self._note)
        side = QVBoxLayout()
        side.setSpacing(0)
        side.addWidget(scroll, 1)
        side.addLayout(note)
        side.addLayout(buttons)
        facts = QHBoxLayout()
        facts.setContentsMargins(20, 8, 20, 12)
        facts.addWidget(self._facts)
        shown = QVBoxLayout()
        shown.setSpacing(0)
        shown.addWidget(self.preview, 1)
        shown.addLayout(facts)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(shown, 1)
        holder = QWidget(self)
        holder.setLayout(side)
        holder.setFixedWidth(_FORM + 40)
        layout.addWidget(holder)
        self.resize(open_size(self, _SIZE, least=QSize(760, 480)))

    def _connect(self) -> None:
        self.form.changed.connect(self._soon.start)
        self._soon.timeout.connect(self.refresh)
        self._copy.clicked.connect(self._on_copy)
        self._cancel.clicked.connect(self.reject)
        self._save.clicked.connect(self._on_save)
        self._taker.saved.connect(self._on_saved)
        self._taker.copied.connect(self._on_copied)
        self._taker.failed.connect(self._on_failed)

    # -- what is shown -------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Show the picture as it is chosen and as the document is now."""
        options = self.form.options
        why = options.problem()
        self._note.setVisible(bool(why))
        self._note.setText(sentence(why) if why else "")
        for button in (self._copy, self._save):
            button.setEnabled(not why and not self._busy)
        if why:
            return
        content = self._source(options, self.form.title_text)
        overlays = any(line.group is None for line in content.lines)
        self.form.offer("overlays", overlays, tr("There are no overlays in sight"))
        self.form.offer("lanes", bool(content.lanes), tr("There are no lanes in sight"))
        self.form.offer("fan", content.fan is not None, tr("No sweep is open"))
        self.preview.show_picture(content, options)
        self._facts.set_text(_facts(options))

    @property
    def _content(self) -> Content:
        return self._source(self.form.options, self.form.title_text)

    # -- what is done --------------------------------------------------------------------------

    @Slot()
    def _on_copy(self) -> None:
        self._set_busy(True)
        self._taker.copy(self._content, self.form.options)

    @Slot()
    def _on_save(self) -> None:
        kind = self.form.options.format
        offered = self._file.with_name(f"{self._file.name}.{kind}")
        names = [f"{key.upper()} (*{suffix})" for suffix, key in SUFFIXES.items()]
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            tr("Save picture"),
            str(offered),
            ";;".join(names),
            names[list(SUFFIXES.values()).index(kind)],
        )
        if not chosen:
            return
        path = Path(chosen)
        if path.suffix.lower() not in SUFFIXES:
            path = path.with_name(f"{path.name}.{kind}")
            # The file dialog has asked about another name.
            if path.exists() and not ask_replace(self, path.name):
                return
        options = replace(self.form.options, format=SUFFIXES[path.suffix.lower()])
        self._set_busy(True)
        self._taker.save_picture(self._content, options, path)

    @Slot(object)
    def _on_saved(self, path: Path) -> None:
        self._set_busy(False)
        self.options_chosen.emit(self.form.options)
        self.folder_chosen.emit(str(path.parent))
        self.told.emit(tr("Saved {file}", file=str(path)))
        self.accept()

    @Slot()
    def _on_copied(self) -> None:
        self._set_busy(False)
        self.options_chosen.emit(self.form.options)
        self._facts.set_text(tr("The picture is on the clipboard."))

    @Slot(str)
    def _on_failed(self, why: str) -> None:
        self._set_busy(False)
        show_error(self, tr("The picture was not made"), sentence(why))

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        for button in (self._copy, self._save):
            button.setEnabled(not busy)
        if busy:
            self._facts.set_text(tr("The picture is being made…"))
        else:
            self._facts.set_text(_facts(self.form.options))

    def done(self, result: int) -> None:
        """Whatever is still being made no longer counts."""
        self._taker.abandon()
        self.preview.close_down()
        super().done(result)


def _facts(options: PictureOptions) -> str:
    """How large the picture is."""
    size = options.size
    parts = [size.text()]
    if options.format == "png":
        width, height = options.pixels
        pixels = tr(
            "{width} × {height} pixels",
            width=numerals.grouped(width),
            height=numerals.grouped(height),
        )
        parts = [pixels, tr("{dpi} dpi", dpi=options.dpi), *parts]
    else:
        points = [numerals.grouped(round(value)) for value in size.points]
        parts.append(tr("{width} × {height} pt", width=points[0], height=points[1]))
    return " · ".join(parts)
