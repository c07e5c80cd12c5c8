"""The colours of the two themes, each with the role it plays. No Qt.

Which roles may carry text: ``text``, ``dim``, ``hint`` and the derived ``*_text`` colours reach
4.5 : 1 on ``window``, ``panel`` and ``raised``. ``faint``, ``line`` and ``line_strong`` are for
decoration (hair lines, disabled marks, grips) and never for words people must read; quiet words
(units, placeholders, axis numbers) use ``hint``. Colours with a meaning (``accent``, the
categories, ``ok``, ``warning``, ``error``) reach 3 : 1, which is enough for lines and marks; to
write *in* such a colour use ``readable(color)``, which moves it just far enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lrdesigner.gui.theme.color import contrast, mix

Scheme = Literal["dark", "light"]
CATEGORIES = ("warm-up", "hold", "decay", "cyclic", "adaptive", "custom")

TEXT_CONTRAST = 4.5
LINE_CONTRAST = 3.0
BAND_TINT = 0.05
BLOCK_TINT = 0.20


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme: every colour by its role, as ``#rrggbb``."""

    scheme: Scheme

    window: str
    """Ground of the canvas and of the space between panels."""
    panel: str
    """Ground of panels, tool bar, status bar, dialogs."""
    raised: str
    """Fields, cards, read-outs, tool tips, the track of segmented controls."""
    hover: str
    """A raised thing, or a row, under the pointer."""
    pressed: str
    selection: str
    """Ground of selected rows and of selected text."""
    line: str
    line_strong: str
    """Scroll bar handles, grips."""
    grid: str

    text: str
    dim: str
    hint: str
    """The quietest colour that may carry words."""
    faint: str
    """Decoration only: too weak for words."""

    accent: str
    accent_hover: str
    on_accent: str
    """Words on a ground of accent."""

    warm_up: str
    hold: str
    decay: str
    cyclic: str
    adaptive: str
    custom: str
    ok: str
    warning: str
    error: str

    groups: tuple[str, ...]
    """Lines of the parameter groups, the accent first.

    Chosen to stay apart for people who see reds and greens alike: they differ in lightness too.
    """
    overlays: tuple[str, ...]
    """Lines of overlays: calmer than the groups'."""

    def category_color(self, category: str) -> str:
        """The colour of a category, by name or key; an unknown one counts as custom."""
        name = category.replace("-", "_")
        known = name.replace("_", "-") in CATEGORIES
        return str(getattr(self, name)) if known else self.custom

    def band_fill(self, category: str) -> str:
        """Ground of a phase's band on the canvas."""
        return mix(self.window, self.category_color(category), BAND_TINT)

    def block_fill(self, category: str) -> str:
        """Ground of a phase's block on the timeline."""
        return mix(self.panel, self.category_color(category), BLOCK_TINT)

    def block_line(self, category: str) -> str:
        """Outline of a phase's block on the timeline."""
        return mix(self.panel, self.category_color(category), 0.45)

    def block_dim(self, category: str) -> str:
        """Second line of text on a phase's block."""
        return self.readable(self.dim, self.block_fill(category))

    def group_colors(self, count: int) -> tuple[str, ...]:
        """Colours for the lines of ``count`` groups.

        Beyond the palette's own colours they repeat, moved towards the text colour; whoever draws
        that many lines should tell them apart by more than colour.
        """
        return _cycle(self.groups, count, self.text)

    def overlay_colors(self, count: int) -> tuple[str, ...]:
        """Colours for the lines of ``count`` overlays."""
        return _cycle(self.overlays, count, self.text)

    def readable(self, color: str, ground: str | None = None) -> str:
        """``color`` moved towards the text colour until it can carry words on ``ground``.

        Without a ground it is safe on ``window``, ``panel`` and ``raised``.
        """
        grounds = (ground,) if ground else (self.window, self.panel, self.raised)
        for percent in range(0, 101, 4):
            candidate = mix(color, self.text, percent / 100)
            if all(contrast(candidate, each) >= TEXT_CONTRAST for each in grounds):
                return candidate
        return self.text

    @property
    def accent_text(self) -> str:
        """The accent for words: links, "+ Add group"."""
        return self.readable(self.accent)

    @property
    def ok_text(self) -> str:
        """The colour of good news for words."""
        return self.readable(self.ok)

    @property
    def warning_text(self) -> str:
        """The colour of warnings for words."""
        return self.readable(self.warning)

    @property
    def error_text(self) -> str:
        """The colour of errors for words."""
        return self.readable(self.error)

    def syntax_colors(self) -> dict[str, str]:
        """Colours of code, by kind: keyword, string, number, comment, name, text."""
        return {
            "keyword": self.readable(self.cyclic),
            "string": self.ok_text,
            "number": self.warning_text,
            "comment": self.hint,
            "name": self.accent_text,
            "text": self.text,
        }


def _cycle(colors: tuple[str, ...], count: int, towards: str) -> tuple[str, ...]:
    rounds = (divmod(index, len(colors)) for index in range(count))
    return tuple(mix(colors[place], towards, min(0.3 * lap, 0.6)) for lap, place in rounds)


DARK = Tokens(
    scheme="dark",
    window="#16181d",
    panel="#1d2026",
    raised="#262a32",
    hover="#2d323b",
    pressed="#343a44",
    selection="#25344a",
    line="#2f343d",
    line_strong="#434a56",
    grid="#252932",
    text="#e7eaf0",
    dim="#98a1b0",
    hint="#8a93a2",
    faint="#626b7a",
    accent="#5aa2ff",
    accent_hover="#78b3ff",
    on_accent="#0d1728",
    warm_up="#f2a33a",
    hold="#8f9bb0",
    decay="#5aa2ff",
    cyclic="#b58cff",
    adaptive="#3fc79a",
    custom="#ee82dc",
    ok="#3fc79a",
    warning="#f2a33a",
    error="#ff7f8f",
    groups=("#5aa2ff", "#3fc79a", "#d9822b", "#dbc6f7", "#e8c83a", "#c9f9d5"),
    overlays=("#e0788a", "#98a1b0", "#e3b87a", "#7fc3d6", "#8f86c9"),
)

LIGHT = Tokens(
    scheme="light",
    window="#f5f6f8",
    panel="#ffffff",
    raised="#f0f2f5",
    hover="#e6e9ee",
    pressed="#dce0e7",
    selection="#dbe8fd",
    line="#dfe3e8",
    line_strong="#c3cad4",
    grid="#eceff3",
    text="#1b1f27",
    dim="#5c6675",
    hint="#656e7c",
    faint="#98a1ad",
    accent="#1f6feb",
    accent_hover="#1a60d0",
    on_accent="#ffffff",
    warm_up="#c26d00",
    hold="#68758a",
    decay="#1f6feb",
    cyclic="#7a4de0",
    adaptive="#0c8a63",
    custom="#b02aa0",
    ok="#0c8a63",
    warning="#c26d00",
    error="#c8374c",
    groups=("#1f6feb", "#0c8a63", "#cd4805", "#853275", "#412db5", "#81300f"),
    overlays=("#c4506a", "#68758a", "#7a3b1c", "#27498f", "#7d6414"),
)


def tokens_for(scheme: Scheme) -> Tokens:
    """The tokens of a scheme."""
    return DARK if scheme == "dark" else LIGHT
