"""inverse_floor: one over a straight line that meets the floor at the end.

lr(t) = base / ((base / floor − 1) · p + 1) with p = max(t, 1) / decay_steps, and the floor from
decay_steps on: levanter's ``inv``, where the second step repeats the first.
"""

from __future__ import annotations

from collections.abc import Iterator

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.i18n import tr
from lrdesigner.schedulers._family import (
    FLOOR_LATEX,
    FLOOR_TRAP,
    duration,
    floor,
    floor_errors,
    floor_params,
    formula_spec,
    steps,
)
from lrdesigner.schedulers._sources import LEVANTER


def text(args: Args) -> str:
    """lr(t) = base / ((base / floor − 1) · max(t, 1) / decay_steps + 1)."""
    total, low = steps(args, "decay_steps"), floor(args)
    return f"1 / ((1 / ({low}) - 1) * min(max(t, 1), {total}) / {total} + 1)"


def errors(args: Args) -> Iterator[str]:
    """No floor, or two of them."""
    if floor(args) == "0":
        yield (
            tr(
                "min_lr_ratio must be above 0 (or min_lr), as the curve is made to meet "
                "the floor; give min_lr_ratio, such as 0.1"
            )
        )
    yield from floor_errors(args)


SPEC = formula_spec(
    key="inverse_floor",
    title="1/t + floor",
    category=Category.DECAY,
    order=136,
    summary="Falls quickly at first and reaches its floor exactly at the end.",
    formula="lr(t) = base / ((base / floor − 1) · p + 1), p = min(1, max(t, 1) / "
    "decay_steps), floor = min_lr or min_lr_ratio · base",
    source="levanter, optim/config.py InvLrSchedule",
    latex=(
        r"\mathrm{lr}(t)=\frac{\mathrm{base}}{(\mathrm{base}/\mathrm{floor}-1)\cdot p+1}",
        r"p=\min(1,\ \max(t,\ 1)/\mathit{decay\_steps})",
        FLOOR_LATEX,
    ),
    use="A quick fall in the beginning and a long, slow end that meets a floor exactly; "
    "levanter's inv.",
    traps=(
        Trap(
            "It needs a floor above 0, since the curve is made to meet it.",
            "error",
            rule="parameter-refused",
        ),
        Trap(
            "The second step has the LR of the first one, and the first one is a little "
            "below the base LR already.",
            "info",
        ),
        FLOOR_TRAP,
    ),
    links={"levanter, optim/config.py": LEVANTER},
    keywords=("inverse to a floor", "levanter", "inv", "hyperbolic", "inverse"),
    params=(
        duration("decay_steps", "Steps until the floor is reached; empty: the phase's length."),
        *floor_params(),
    ),
    starter={"min_lr_ratio": 0.05},
    errors=errors,
    text=text,
)
