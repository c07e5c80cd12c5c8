"""Versions and licence."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

import lrdesigner
from lrdesigner.gui.theme import Theme, app_icon
from lrdesigner.i18n import tr

PACKAGES = ("torch", "numpy", "PySide6-Essentials", "pyqtgraph", "pydantic")


def versions() -> str:
    """What is installed, a line each; asks the installer's records, so nothing is imported."""
    lines = [f"lrdesigner {lrdesigner.__version__}", f"Python {platform.python_version()}"]
    for name in PACKAGES:
        try:
            lines.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return "\n".join([*lines, platform.platform()])


class AboutDialog(QDialog):
    """What this is, which versions run, under which licence."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("about")
        self.setWindowTitle(tr("About lrdesigner"))
        picture = QLabel(self)
        picture.setPixmap(app_icon().pixmap(64, 64))
        title = QLabel("lrdesigner", self)
        title.setProperty("role", "title")
        text = QLabel(
            tr(
                "Design a learning-rate schedule by hand, see the exact curve, take it away as "
                "code."
            ),
            self,
        )
        text.setWordWrap(True)
        self.versions = QLabel(versions(), self)
        self.versions.setProperty("role", "help")
        self.versions.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.versions.setAccessibleName(tr("Installed versions"))
        licence = QLabel(tr("MIT licence. Qt for Python is used under the LGPL."), self)
        licence.setProperty("role", "help")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        copy = buttons.addButton(tr("Copy versions"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.setObjectName("copy_versions")
        copy.setAutoDefault(False)
        copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)

        column = QVBoxLayout()
        column.setSpacing(8)
        for label in (title, text, self.versions, licence):
            column.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(16)
        layout.addLayout(row)
        layout.addWidget(buttons)
        self.setFixedWidth(440)

    @Slot()
    def _copy(self) -> None:
        QApplication.clipboard().setText(self.versions.text())
