"""Making pictures beside the window: as files, and for the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QMimeData, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage

from lrdesigner._files import write_atomically
from lrdesigner.gui.latest import Cancelled, LatestWorker
from lrdesigner.gui.picture.content import Content
from lrdesigner.gui.picture.render import PictureError, format_of, image, picture_bytes, svg
from lrdesigner.gui.picture_options import CSS_RESOLUTION, PictureOptions
from lrdesigner.i18n import tr

SVG_MIME = "image/svg+xml"


@dataclass(frozen=True, eq=False)
class _Copied:
    picture: QImage
    vector: bytes


class PictureTaker(QObject):
    """Saves and copies pictures; large ones take seconds, in which the window goes on.

    Signals:
        saved: The file that was written.
        copied: A picture is on the clipboard.
        failed: Why there is none.
    """

    saved = Signal(object)
    copied = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = LatestWorker(self)
        self._worker.done.connect(self._on_done)

    def save(self, make: Callable[[], bytes], path: Path) -> None:
        """Write what `make` gives, atomically; it runs beside the window."""

        def work(cancelled: Cancelled) -> object:
            try:
                data = make()
                if not cancelled():
                    write_atomically(path, data)
            except PictureError as error:
                return str(error)
            except OSError as error:
                return f"{path}: {error.strerror or error}"
            except MemoryError:
                return tr("there is not enough memory for so many pixels")
            return path

        self._worker.submit(work)

    def save_picture(self, content: Content, options: PictureOptions, path: Path) -> None:
        """Write a picture, in the format that the file's name asks for."""
        kind = format_of(path)
        self.save(lambda: picture_bytes(content, kind, options), path)

    def copy(self, content: Content, options: PictureOptions) -> None:
        """Put a picture on the clipboard: as pixels, and as SVG for programs that take it."""

        def work(_cancelled: Cancelled) -> object:
            why = options.problem()
            if why:
                return why
            try:
                per_pixel = options.dpi / CSS_RESOLUTION
                pixels = image(content, options, options.pixels, per_pixel)
                return _Copied(pixels, svg(content, options))
            except (PictureError, MemoryError) as error:
                return str(error) or tr("there is not enough memory for so many pixels")

        self._worker.submit(work)

    def abandon(self) -> None:
        """What is being made no longer counts."""
        self._worker.forget()

    def close(self) -> None:
        """Stop for good."""
        self._worker.close()

    @Slot(object)
    def _on_done(self, result: object) -> None:
        if isinstance(result, Path):
            self.saved.emit(result)
        elif isinstance(result, _Copied):
            data = QMimeData()
            data.setImageData(result.picture)
            data.setData(SVG_MIME, QByteArray(result.vector))
            QGuiApplication.clipboard().setMimeData(data)
            self.copied.emit()
        else:
            self.failed.emit(str(result))
