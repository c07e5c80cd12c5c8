"""What the actions about pictures of the plot do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QWidget

from lrdesigner.gui.controller import Controller
from lrdesigner.gui.dialogs.messages import ask_replace, sentence, show_error
from lrdesigner.gui.keeper import DocumentKeeper
from lrdesigner.gui.picture_options import PictureOptions
from lrdesigner.gui.settings import Settings
from lrdesigner.gui.theme import Theme
from lrdesigner.i18n import tr

if TYPE_CHECKING:
    from lrdesigner.gui.actions import ActionSet
    from lrdesigner.gui.canvas import CanvasPanel
    from lrdesigner.gui.code import CodePanel
    from lrdesigner.gui.picture import Content
    from lrdesigner.gui.picture.taking import PictureTaker
    from lrdesigner.gui.sheet import Sheet

# The window is there earlier if what makes pictures is loaded when the first one is wanted.

_MENU = ("copy_picture", "export_picture", "", "linear", "log", "", "zoom_fit")


class PictureAnswers(QObject):
    """Saves, copies and prints what the canvas shows.

    Signals:
        told: Something to say in passing.

    Args:
        controller: Document and curves.
        canvas: What it shows.
        code: The exported code, for pages.
        keeper: Knows what the document's files are called.
        settings: What people chose last time.
        theme: Colours on screen.
        window: Parent of the dialogs.
    """

    told = Signal(str)

    def __init__(
        self,
        controller: Controller,
        canvas: CanvasPanel,
        code: CodePanel,
        keeper: DocumentKeeper,
        settings: Settings,
        theme: Theme,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._controller = controller
        self._canvas = canvas
        self._code = code
        self._keeper = keeper
        self._settings = settings
        self._theme = theme
        self._window = window
        self._taker: PictureTaker | None = None
        self._printer: object = None
        self._actions: ActionSet | None = None
        canvas.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        canvas.customContextMenuRequested.connect(self._on_menu)

    def use(self, actions: ActionSet) -> None:
        """What the canvas' menu is made of."""
        self._actions = actions

    def shut_down(self) -> None:
        """Stop what still goes on."""
        if self._taker is not None:
            self._taker.close()

    @Slot()
    def do_export_picture(self) -> None:
        """Choose how the picture is to be, then save or copy it."""
        from lrdesigner.gui.dialogs.picture_dialog import PictureDialog

        self._controller.settle()
        name = self._keeper.suggested_name("")
        dialog = PictureDialog(
            self._content,
            self._settings.picture,
            self._controller.title,
            self._folder() / name,
            self._theme,
            self._window,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.told.connect(self.told)
        dialog.options_chosen.connect(self._on_options)
        dialog.folder_chosen.connect(self._on_folder)
        # The exact curve may come while people choose.
        self._controller.curve_changed.connect(dialog.refresh)
        self._controller.overlays.changed.connect(dialog.refresh)
        dialog.open()

    @Slot()
    def do_copy_picture(self) -> None:
        """Copy a picture like the last one."""
        self._controller.settle()
        options = self._settings.picture
        self.told.emit(tr("The picture is being made…"))
        self._ready_taker().copy(self._content(options, None), options)

    @Slot()
    def do_export_page(self) -> None:
        """Save the document as pages: curve, phases, groups, notes, code."""
        from lrdesigner.gui.sheet import sheet_pdf

        self._controller.settle()
        offered = self._folder() / self._keeper.suggested_name(".pdf")
        title = tr("Save page")
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, str(offered), "PDF (*.pdf)")
        if not chosen:
            return
        path = Path(chosen)
        if path.suffix.lower() != ".pdf":
            path = path.with_name(f"{path.name}.pdf")
            if path.exists() and not ask_replace(self._window, path.name):
                return
        sheet = self._sheet()
        self._settings.picture_folder = str(path.parent)
        self._ready_taker().save(lambda: sheet_pdf(sheet), path)

    @Slot()
    def do_print(self) -> None:
        """Print the document with the system's own dialog."""
        try:
            from PySide6.QtPrintSupport import QPrintDialog, QPrinter
        except ImportError as error:
            why = tr("Qt's printing cannot be loaded: {why}. Save the page as PDF.", why=error)
            show_error(self._window, tr("Printing is not possible here"), why)
            return
        from lrdesigner.gui.sheet import page_layout

        self._controller.settle()
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(page_layout("system"))
        printer.setDocName(self._controller.title)
        dialog = QPrintDialog(printer, self._window)
        dialog.setObjectName("print_dialog")
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._on_print)
        self._printer = printer  # the dialog does not keep it
        QDialog.open(dialog)  # its own `open` takes a receiver

    @Slot(object)
    def _on_print(self, printer: object) -> None:
        from PySide6.QtPrintSupport import QPrinter

        from lrdesigner.gui.sheet import PageError, print_sheet

        self._printer = None
        if not isinstance(printer, QPrinter):
            return
        pages = None
        if printer.printRange() == QPrinter.PrintRange.PageRange and printer.fromPage():
            pages = range(printer.fromPage(), printer.toPage() + 1)
        try:
            print_sheet(printer, self._sheet(), pages)
        except PageError as error:
            show_error(self._window, tr("Nothing was printed"), sentence(str(error)))
            return
        self.told.emit(tr("Sent to the printer"))

    def _sheet(self) -> Sheet:
        from lrdesigner.gui.sheet import Sheet

        code = self._code.text() if self._code.is_current() else ""
        return Sheet(
            self._controller.title,
            self._content(PictureOptions(), None),
            self._controller.schedule,
            self._controller.curve,
            code,
            self._code.reason(),
        )

    def _ready_taker(self) -> PictureTaker:
        if self._taker is None:
            from lrdesigner.gui.picture.taking import PictureTaker

            self._taker = PictureTaker(self)
            self._taker.copied.connect(self._on_copied)
            self._taker.saved.connect(self._on_saved)
            self._taker.failed.connect(self._on_failed)
        return self._taker

    def _content(self, options: PictureOptions, title: str | None) -> Content:
        from lrdesigner.gui.picture.on_screen import on_screen

        return on_screen(self._controller, self._canvas, self._theme.tokens, options, title)

    def _folder(self) -> Path:
        """The folder of the last picture, else the document's, else the user's."""
        remembered = Path(self._settings.picture_folder)
        if self._settings.picture_folder and remembered.is_dir():
            return remembered
        path = self._controller.path
        return path.parent if path is not None else Path.home()

    @Slot(object)
    def _on_options(self, options: PictureOptions) -> None:
        self._settings.picture = options

    @Slot(str)
    def _on_folder(self, folder: str) -> None:
        self._settings.picture_folder = folder

    @Slot()
    def _on_copied(self) -> None:
        self.told.emit(tr("The picture is on the clipboard"))

    @Slot(object)
    def _on_saved(self, path: Path) -> None:
        self.told.emit(tr("Saved {file}", file=str(path)))

    @Slot(str)
    def _on_failed(self, why: str) -> None:
        show_error(self._window, tr("The picture was not made"), sentence(why))

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        """The menu of the canvas, unless the mouse is busy with a drag."""
        if self._actions is None or QApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            return
        menu = QMenu(self._canvas)
        menu.setObjectName("canvas_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in _MENU:
            if name:
                menu.addAction(self._actions[name])
            else:
                menu.addSeparator()
        menu.popup(self._canvas.mapToGlobal(place))
