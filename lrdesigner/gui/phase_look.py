"""What a phase is called and which category's colour it has, everywhere the same. No Qt."""

from __future__ import annotations

import re

from lrdesigner.catalog import schedulers
from lrdesigner.i18n import tr
from lrdesigner.schedule.model import Phase
from lrdesigner.schedule.tracks import in_words_of

UNKNOWN = "custom"
_NEUTRAL = (
    (r"\bLRs\b", "values"),
    (r"\bdown to\b", "to"),
    (r"\b(?:climbs|jumps?|goes) back up\b", "goes back"),
    (r"\b(?:Falls|Rises)\b", "Moves"),
    (r"\b(?:falls|rises)\b", "moves"),
    ("重新上升|回升", "变回去"),
    ("(?<!时)(?:下降|上升|降低|升高)", "变化"),
    ("[升降](?=[到至])", "变"),
)
_LR_SIGN = re.compile(r"(?<![\w\\])lr(?!\w)")  # not that of min_lr
_LONGEST = 200  # a longer text is a problem of the document, told of at its field


def scheduler_title(key: str) -> str:
    """The palette's name of a scheduler; an unknown one is called by its key."""
    spec = schedulers().get(key)
    return tr(spec.title) if spec else key


def phase_title(phase: Phase) -> str:
    """What a phase is called: the title it was given, else its scheduler's name."""
    spec = schedulers().get(phase.scheduler)
    given = phase.params.get("title") if spec and spec.param("title") else None
    if isinstance(given, str) and given.strip():
        return given[:_LONGEST]
    return scheduler_title(phase.scheduler)


def phase_summary(phase: Phase, word: str = "LR") -> str:
    """What a phase does, in its author's words or its scheduler's; "" for an unknown one.

    Args:
        phase: The phase.
        word: What people call what it drives.
    """
    spec = schedulers().get(phase.scheduler)
    given = phase.params.get("summary") if spec and spec.param("summary") else None
    if isinstance(given, str) and given.strip():
        return given[:_LONGEST]
    return in_lane_words(word, tr(spec.summary)) if spec else ""


def in_lane_words(word: str, text: str) -> str:
    """What a scheduler's description says of an LR, said of what a lane drives.

    An LR comes down from its base; of another quantity nobody can say which way is down.

    >>> in_lane_words("beta2", "Half a cosine from the base LR down to eta_min.")
    'Half a cosine from the base beta2 to eta_min.'
    """
    if word == "LR":
        return text
    for pattern, neutral in _NEUTRAL:
        text = re.sub(pattern, neutral, text)
    return in_words_of(word, text)


def in_lane_symbols(word: str, formula: str) -> str:
    """A formula for an LR, as plain text or LaTeX, with the sign of what a lane drives.

    >>> in_lane_symbols("weight decay", "lr(t) = base · gamma^t")
    'weight_decay(t) = base · gamma^t'
    """
    if word == "LR":
        return formula
    name = word.replace(" ", "_")
    drawn = rf"\mathit{{{name.replace('_', chr(92) + '_')}}}"
    return _LR_SIGN.sub(name, formula.replace(r"\mathrm{lr}", drawn))


def phase_category(phase: Phase) -> str:
    """The category of a phase's colour: the one it was given, else its scheduler's."""
    spec = schedulers().get(phase.scheduler)
    declared = spec.param("category") if spec else None
    given = phase.params.get("category")
    if declared is not None and given is not None and declared.error(given) is None:
        return str(given).replace("_", "-")
    return scheduler_category(phase.scheduler)


def scheduler_category(key: str) -> str:
    """The category by the name the theme's tokens use."""
    spec = schedulers().get(key)
    return spec.category.value.replace("_", "-") if spec else UNKNOWN
