"""The picture as it will be, small enough for the dialog."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Slot
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from lrdesigner.gui.latest import Cancelled, LatestWorker
from lrdesigner.gui.picture.content import Content
from lrdesigner.gui.picture.render import image
from lrdesigner.gui.picture_options import PictureOptions
from lrdesigner.gui.theme import Theme, mix
from lrdesigner.i18n import tr
from lrdesigner.sentences import ended, joined

_INSET = 20.0
_CHECK = 8
_LARGEST = 2.0  # times its own size


class PicturePreview(QWidget):
    """Paints the very picture, at the size there is room for.

    Args:
        theme: Colours of what is around it.
        parent: The dialog.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("picture_preview")
        self.setAccessibleName(tr("Preview of the picture"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(220, 160)
        self._theme = theme
        self._shown: tuple[Content, PictureOptions] | None = None
        self._wanted: object = None
        self._image: QImage | None = None
        self._worker = LatestWorker(self)
        self._worker.done.connect(self._on_made)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(640, 480)

    def show_picture(self, content: Content, options: PictureOptions) -> None:
        """Show this picture."""
        self._shown = (content, options)
        self._wanted = None
        self.setAccessibleDescription(joined(ended(content.title), content.details))
        self.update()

    @property
    def place(self) -> QRectF:
        """Where the picture is painted."""
        if self._shown is None:
            return QRectF()
        width, height = self._shown[1].size.pixels
        room = QRectF(self.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET)
        share = min(room.width() / width, room.height() / height, _LARGEST)
        # Whole pixels of the screen, so that it is not smoothed once more.
        ratio = self.devicePixelRatioF()
        found = QRectF(
            0, 0, round(width * share * ratio) / ratio, round(height * share * ratio) / ratio
        )
        corner = room.center() - QPointF(found.width() / 2, found.height() / 2)
        found.moveTopLeft(QPointF(round(corner.x()), round(corner.y())))
        return found

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = self._theme.tokens
        painter.fillRect(self.rect(), QColor(tokens.window))
        place = self.place
        if self._shown is None or place.isEmpty():
            return
        if self._shown[1].transparent:
            self._checker(painter, place)
        self._make(place)
        if self._image is not None:  # until the new one is there, the one before stands in
            painter.drawImage(place, self._image)
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawRect(place.adjusted(-0.5, -0.5, 0.5, 0.5))

    def _make(self, place: QRectF) -> None:
        """Have the picture made for that place, if it is not: beside the window."""
        assert self._shown is not None
        content, options = self._shown
        ratio = self.devicePixelRatioF()
        pixels = max(1, round(place.width() * ratio)), max(1, round(place.height() * ratio))
        if self._wanted == pixels:
            return
        self._wanted = pixels
        per_pixel = pixels[0] / options.size.pixels[0]

        def work(_cancelled: Cancelled) -> object:
            return image(content, options, pixels, per_pixel, (2.0, 1.0))

        self._worker.submit(work)

    def close_down(self) -> None:
        """What is being made is wanted no longer."""
        self._worker.forget()

    @Slot(object)
    def _on_made(self, made: object) -> None:
        if isinstance(made, QImage):
            self._image = made
            self.update()

    def _checker(self, painter: QPainter, place: QRectF) -> None:
        """What programs show where there is nothing; in the lightness of the picture's page."""
        assert self._shown is not None
        page = self._shown[0].tokens
        painter.fillRect(place, QColor(page.window))
        painter.save()
        painter.setClipRect(place)
        brush = QBrush(QColor(mix(page.window, page.text, 0.06)))
        rows, columns = int(place.height() / _CHECK) + 1, int(place.width() / _CHECK) + 1
        for row in range(rows):
            for column in range(row % 2, columns, 2):
                corner = place.topLeft() + QPointF(column * _CHECK, row * _CHECK)
                painter.fillRect(QRectF(corner, QPointF(corner.x() + _CHECK, corner.y() + _CHECK)),
                                 brush)  # fmt: skip
        painter.restore()
