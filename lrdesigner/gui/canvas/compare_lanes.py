"""The lanes of the comparison: differences against a reference, and slopes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from lrdesigner.compare.views import Piece
from lrdesigner.gui.canvas.lane_content import LaneLine, LaneMarks, LaneRule, value_text
from lrdesigner.gui.canvas.lanes import LaneStack
from lrdesigner.gui.canvas.series import CROWD_WIDTH, OVERLAY_CROWD, OVERLAY_WIDTH
from lrdesigner.gui.compare_button import CompareButton
from lrdesigner.gui.compare_menus import Choice
from lrdesigner.gui.compare_run import LaneKind, LaneView, ViewLine
from lrdesigner.gui.controller import Controller
from lrdesigner.gui.group_look import group_colors
from lrdesigner.gui.overlay_look import Dashes, overlay_dashes, overlay_group_color
from lrdesigner.gui.theme import Theme, icon
from lrdesigner.i18n import mark, tr, trn

if TYPE_CHECKING:
    from lrdesigner.gui.canvas.lane import Lane

_ORDERS: dict[LaneKind, int] = {"difference": -10, "slope": -8}
_HEIGHT = 92

_DIFFERENCES = {
    "absolute": (mark("Difference"), mark("LR less that of {name}")),
    "ratio": (mark("Ratio"), mark("LR in parts of that of {name}")),
    "absolute_shares": (mark("Difference"), mark("share of the peak, less that of {name}")),
    "ratio_shares": (mark("Ratio"), mark("share of the peak, in parts of that of {name}")),
}
_SLOPES = {
    "step": mark("LR a step later, less the LR"),
    "epoch": mark("LR an epoch later, less the LR"),
    "step_of_peak": mark("in a step, in parts of the peak"),
    "epoch_of_peak": mark("in an epoch, in parts of the peak"),
    "step_share": mark("% by which the LR differs a step later"),
    "epoch_share": mark("% by which the LR differs an epoch later"),
}
_MOST_PERCENT = 100.0


class LaneTools(QWidget):
    """In the lane's header: another kind, and the way to close it.

    Args:
        choice: The field of the comparison that the lane belongs to.
        controller: Has the comparison.
        theme: Icons.
        parent: The lane's header.
    """

    def __init__(
        self, choice: Choice, controller: Controller, theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._choice = choice
        self._controller = controller
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        kind = CompareButton(choice, controller, self, named=False)
        kind.setObjectName(f"{choice}_kind")
        close = QToolButton(self)
        close.setObjectName(f"{choice}_close")
        close.setIcon(icon("close", theme, "hint"))
        close.setIconSize(QSize(14, 14))
        close.setFixedSize(22, 22)
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        close.setToolTip(tr("Close the lane"))
        close.setAccessibleName(tr("Close the lane"))
        close.clicked.connect(self._on_close)
        for button in (kind, close):
            row.addWidget(button)

    @Slot()
    def _on_close(self) -> None:
        self._controller.comparison.change(**{self._choice: "off"})


class CompareLane(QObject):
    """One of the lanes.

    Args:
        kind: Which; also the lane's key.
        controller: Has what it shows.
        lanes: Where it is shown.
        theme: Its colours.
    """

    def __init__(
        self, kind: LaneKind, controller: Controller, lanes: LaneStack, theme: Theme
    ) -> None:
        super().__init__(lanes)
        self._kind: LaneKind = kind
        self._controller = controller
        self._lanes = lanes
        self._theme = theme
        self._shown: Lane | None = None
        self._kept: dict[int, tuple[Piece, LaneLine]] = {}
        controller.compared.changed.connect(self._on_changed)
        self.refresh()

    @Slot(str)
    def _on_changed(self, kind: str) -> None:
        if kind == self._kind:
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show it as it is now."""
        view = self._controller.compared.view(self._kind)
        if view is None:
            self._lanes.remove(self._kind)
            self._shown = None
            return
        title, unit = self._titles(view)
        before, self._kept = self._kept, {}
        count = len(view.lines)
        lines = [line for each in view.lines for line in self._lines(each, count, before)]
        lane = self._lanes.set(
            self._kind,
            title,
            lines,
            unit=unit,
            marks=self._marks(view),
            log=self._log(view),
            most=self._most(view),
            note=self._note(view),
            description=self._words(view),
            keep_scale=self._controller.in_gesture,
            order=_ORDERS[self._kind],
            height=_HEIGHT,
        )
        if lane is not self._shown:
            self._shown = lane
            lane.header.add_tools(LaneTools(self._kind, self._controller, self._theme, lane.header))

    # -- what it shows -------------------------------------------------------------------------

    def _titles(self, view: LaneView) -> tuple[str, str]:
        if view.reference is None:
            shares = "_of_peak" if view.own_peak and not view.what.endswith("share") else ""
            return tr("Slope"), tr(_SLOPES[f"{view.what}{shares}"])
        shares = "_shares" if view.own_peak else ""
        title, unit = _DIFFERENCES[f"{view.what}{shares}"]
        return tr(title), tr(unit, name=view.reference.name)

    def _log(self, view: LaneView) -> bool:
        """A ratio is looked at as the curves are: in a picture of powers of ten, in such."""
        return view.what == "ratio" and self._controller.view.log

    @staticmethod
    def _most(view: LaneView) -> float | None:
        """Up from next to nothing an LR grows by thousands of percent, and would hide the rest."""
        return _MOST_PERCENT if view.what.endswith("share") else None

    def _marks(self, view: LaneView) -> LaneMarks:
        """The line on which nothing differs."""
        level = 1.0 if view.what == "ratio" else 0.0
        return LaneMarks(rules=(LaneRule(self._theme.tokens.faint, value=level),))

    def _lines(
        self, line: ViewLine, count: int, before: dict[int, tuple[Piece, LaneLine]]
    ) -> Iterator[LaneLine]:
        """The pieces of a line; those that were there before are not made anew."""
        tokens, overlay = self._theme.tokens, line.of.overlay
        name = line.of.line_name(line.group)
        if overlay is None:
            color = group_colors(tokens, line.of.groups)[line.group]
            width: float | None = None
            dashes: Dashes = ()
        else:
            color = overlay_group_color(overlay, tokens, line.group, len(line.of.groups))
            crowd = count > OVERLAY_CROWD
            width = CROWD_WIDTH if crowd else OVERLAY_WIDTH
            dashes = overlay_dashes(overlay, 0 if crowd else line.group)
        for piece in line.plotted.pieces:
            found = before.get(id(piece), (None, None))
            made = found[1] if found[0] is piece else None
            if made is None or (made.name, made.color, made.width, made.dashes) != (
                name,
                color,
                width,
                dashes,
            ):
                made = LaneLine(
                    name,
                    color,
                    piece.values,
                    piece.steps,
                    piece.every,
                    piece.offset,
                    dashed=bool(dashes),
                    digest=piece.digest,
                    end=piece.end,
                    dashes=dashes,
                    width=width,
                )
            self._kept[id(piece)] = (piece, made)
            yield made

    def _note(self, view: LaneView) -> str:
        """What has to be known to read it."""
        return " \N{MIDDLE DOT} ".join(self._notes(view))

    def _notes(self, view: LaneView) -> Iterator[str]:
        if not view.lines:
            if view.reference is None or view.pairings:
                yield tr("there is nothing to show yet")
            else:
                yield tr("open an overlay, or keep a ghost, to compare with")
            return
        highest = max(
            (p.digest.high for line in view.lines for p in line.plotted.pieces), default=0
        )
        if self._most(view) is not None and highest > _MOST_PERCENT:
            yield tr("up to {value:+,.3g} %, beyond the picture", value=highest)
        unknown = max(line.plotted.unknown for line in view.lines)
        if unknown and self._kind == "difference":
            yield trn(
                "no ratio at {count:,} step, where the LR of {name} is 0",
                "no ratio at {count:,} steps, where the LR of {name} is 0",
                unknown,
                name=view.reference.name if view.reference is not None else "",
            )
        elif unknown:
            yield trn(
                "{count:,} step at LR 0 has no share",
                "{count:,} steps at LR 0 have no share",
                unknown,
            )
        if any(found.how == "place" and len(found.indices) > 1 for _, found in view.pairings):
            yield tr("groups are compared in their order, as their names differ")
        alone = sum(len(found.alone) for _, found in view.pairings)
        if alone:
            yield trn("{count} group has no partner", "{count} groups have no partner", alone)

    def _words(self, view: LaneView) -> str:
        """The lane for people who cannot see it."""
        parts = [self._note(view)] if self._note(view) else []
        for line in view.lines:
            if line.plotted.pieces:
                low = min(piece.digest.low for piece in line.plotted.pieces)
                high = max(piece.digest.high for piece in line.plotted.pieces)
                parts.append(
                    tr(
                        "{name}: between {low} and {high}.",
                        name=line.of.line_name(line.group),
                        low=value_text(low),
                        high=value_text(high),
                    )
                )
        return " ".join(parts)
