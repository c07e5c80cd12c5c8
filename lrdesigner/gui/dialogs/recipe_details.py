"""What the gallery says of the entry that is chosen."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from lrdesigner import numerals
from lrdesigner.axes import MINUS
from lrdesigner.catalog import schedulers
from lrdesigner.gui.dialogs.recipe_cards import paint_curve
from lrdesigner.gui.dialogs.recipes import Recipe, Thumbnail
from lrdesigner.gui.theme import Theme
from lrdesigner.gui.time_text import run_amount
from lrdesigner.gui.widgets import FramedPicture
from lrdesigner.i18n import mark, tr, trn
from lrdesigner.schedule.model import Schedule
from lrdesigner.schedule.tracks import quantity_title

WIDTH = 316
PICTURE_HEIGHT = 132
FACTS = (
    mark("Peak LR"),
    mark("Warm-up"),
    mark("End LR"),
    mark("Length"),
    mark("Optimizer"),
    mark("Groups"),
    mark("Schedulers"),
    mark("Also scheduled"),
)
BREAK = "/\u200b"  # an address may be broken after each slash


class CurvePicture(FramedPicture):
    """A curve on the ground of the canvas."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, PICTURE_HEIGHT, parent)
        self._shape: Thumbnail | None = None
        self.setAccessibleName(tr("Curve"))

    def set_shape(self, shape: Thumbnail | None) -> None:
        """Draw another curve, or none."""
        self._shape = shape
        self.update()

    def paint_inside(self, painter: QPainter, area: QRectF) -> None:
        if self._shape is not None:
            colors = self.theme.tokens.group_colors(len(self._shape.y))
            paint_curve(painter, area.adjusted(12, 12, -12, -12), self._shape, colors)


class RecipeDetails(QScrollArea):
    """Curve, numbers and source of one entry."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("gallery_details")
        self.setAccessibleName(tr("Details"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(WIDTH)
        self._theme = theme
        self._url = ("", "")
        content = self._content = QWidget(self)
        self.picture = CurvePicture(theme, content)
        self.title = self._label(content, "title", "gallery_title")
        self.summary = self._label(content, "", "gallery_summary")
        self.steps = self._label(content, "help", "gallery_steps")
        self.source = self._label(content, "help", "gallery_source")
        self.source.setTextFormat(Qt.TextFormat.RichText)
        self.source.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.source.setOpenExternalLinks(True)
        self._facts: dict[str, tuple[QLabel, QLabel]] = {}
        column = self._rows = QVBoxLayout(content)
        # Beside a scroll bar or without, lines break at the same places.
        content.setMaximumWidth(WIDTH - self.verticalScrollBar().sizeHint().width())
        column.setContentsMargins(16, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.picture)
        column.addWidget(self.title)
        column.addWidget(self.summary)
        column.addLayout(self._make_facts(content))
        column.addWidget(self.steps)
        column.addWidget(self.source)
        column.addStretch(1)
        self.setWidget(content)
        theme.changed.connect(self._show_source)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # What grew as it was about to be shown is not laid out again by itself.
        self._rows.setGeometry(self._content.rect())

    def show_recipe(
        self, recipe: Recipe | None, schedule: Schedule | None, shape: Thumbnail | None
    ) -> None:
        """Show an entry; None: nothing is chosen."""
        self._content.setVisible(recipe is not None)
        if recipe is None:
            return
        preset = recipe.preset
        self.picture.set_shape(shape)
        self.title.setText(recipe.title)
        self.summary.setText(recipe.summary)
        self._set_facts(facts(recipe, schedule, shape) if schedule and shape else {})
        self.steps.setText(tr(preset.steps) if preset else "")
        self.steps.setVisible(preset is not None)
        self._url = (preset.source, preset.url) if preset else ("", "")
        self._show_source()
        self.verticalScrollBar().setValue(0)

    def _label(self, parent: QWidget, role: str, name: str) -> QLabel:
        label = QLabel(parent)
        label.setObjectName(name)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            label.setProperty("role", role)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _make_facts(self, parent: QWidget) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, name in enumerate(FACTS):
            left = self._label(parent, "dim", "")
            left.setText(tr(name))
            left.setWordWrap(False)
            right = self._label(parent, "", f"fact_{name.lower().replace(' ', '_')}")
            grid.addWidget(left, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(right, row, 1)
            self._facts[name] = (left, right)
        return grid

    def _set_facts(self, found: dict[str, str]) -> None:
        for name, (left, right) in self._facts.items():
            left.setVisible(name in found)
            right.setVisible(name in found)
            right.setText(found.get(name, ""))
            right.setAccessibleName(tr("{place}: {text}", place=tr(name), text=found.get(name, "")))

    @Slot()
    def _show_source(self) -> None:
        source, url = self._url
        self.source.setVisible(bool(url))
        color = self._theme.tokens.accent_text
        self.source.setText(
            f'{escape(source)}<br><a href="{escape(url)}" style="color: {color}">'
            f"{escape(url.removeprefix('https://').replace('/', BREAK))}</a>"
        )
        self.source.setAccessibleName(tr("Source: {source}, {url}", source=source, url=url))


def facts(recipe: Recipe, schedule: Schedule, shape: Thumbnail) -> dict[str, str]:
    """The numbers people compare recipes by: some of `FACTS`."""
    horizon, optimizer = schedule.horizon, schedule.optimizer
    preset = recipe.preset
    found = {"Peak LR": number(preset.peak if preset else shape.top)}
    if preset is not None:
        steps = preset.warmup_steps
        found["Warm-up"] = trn("{count:,} step", "{count:,} steps", steps) if steps else tr("none")
        found["End LR"] = number(preset.end)
    else:
        found["End LR"] = " · ".join(number(value) for value in dict.fromkeys(shape.last))
    found["Length"] = trn("{count:,} step", "{count:,} steps", schedule.steps)
    if horizon.epochs > 1:
        made = tr(
            "{epochs:,} epochs × {steps:,}", epochs=horizon.epochs, steps=horizon.steps_per_epoch
        )
        found["Length"] += f"\n{made}"
    amount = run_amount(horizon)
    if amount:
        found["Length"] += f"\n{amount}"
    found["Optimizer"] = optimizer.type
    found["Groups"] = ", ".join(group.name for group in optimizer.groups)
    used = [phase.scheduler for phase in schedule.phases]
    names = [tr(spec.title) if (spec := schedulers().get(key)) else key for key in used]
    found["Schedulers"] = " · ".join(dict.fromkeys(names))
    lanes = {track.quantity for track in schedule.tracks} - {"lr"}
    if lanes:
        titles = (tr(quantity_title(optimizer, quantity)) for quantity in sorted(lanes))
        found["Also scheduled"] = ", ".join(titles)
    return found


def number(value: float) -> str:
    """A number as people write it, in three digits: ``0.128``, ``3e−5``."""
    mantissa, sign, exponent = numerals.localised(f"{value:.3g}").partition("e")
    return f"{mantissa}{sign}{int(exponent) if sign else ''}".replace("-", MINUS)
