"""cosine_envelope: half a cosine times a straight line.

lr(t) = floor + (base − floor) · (1 − p) · ½ (1 + cos(π p)), p = t / total_steps.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.schedulers._family import (
    FLOOR_LATEX,
    FLOOR_TRAP,
    above_floor,
    duration,
    floor_errors,
    floor_params,
    formula_spec,
    progress,
)
from lrdesigner.schedulers._shapes import COSINE
from lrdesigner.schedulers._sources import OLMO


def text(args: Args) -> str:
    """lr(t) = floor + (base − floor) · (1 − p) · ½ (1 + cos(π p)), p = t / total_steps."""
    p = progress(args)
    return above_floor(args, f"(1 - {p}) * {COSINE.format(p)}")


SPEC = formula_spec(
    key="cosine_envelope",
    title="Cosine × line",
    category=Category.DECAY,
    order=156,
    summary="Half a cosine times a straight line: falls earlier than either; for annealing.",
    formula="lr(t) = floor + (base − floor) · (1 − p) · ½ (1 + cos(π p)), p = min(1, t / "
    "total_steps), floor = min_lr or min_lr_ratio · base",
    source="OLMo, olmo/optim.py CosLinearEnvelope",
    latex=(
        r"\mathrm{lr}(t)=\mathrm{floor}+(\mathrm{base}-\mathrm{floor})\cdot x",
        r"x=(1-p)\cdot\frac{1+\cos\pi p}{2}",
        r"p=\min(1,\ t/\mathit{total\_steps})",
        FLOOR_LATEX,
    ),
    use="A short annealing of a pre-trained model on good data, where the LR shall fall early.",
    traps=(
        Trap(
            "Half way through only a quarter of the height above the floor is left, "
            "where a cosine or a line has half.",
            "info",
        ),
        FLOOR_TRAP,
    ),
    links={"OLMo, olmo/optim.py": OLMO},
    keywords=(
        "cosine under a line",
        "olmo",
        "coslinearenvelope",
        "linear envelope",
        "annealing",
        "alpha_f",
    ),
    params=(duration(), *floor_params()),
    errors=floor_errors,
    text=text,
)
