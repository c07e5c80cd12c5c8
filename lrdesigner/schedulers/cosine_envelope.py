"""cosine_envelope: half a cosine times a straight line.

lr(t) = floor + (base − floor) · (1 − p) · ½ (1 + cos(π p)), p = t / total_steps.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category
from lrdesigner.schedulers._family import (
    above_floor,
    duration,
    floor_errors,
    floor_params,
    formula_spec,
    progress,
)
from lrdesigner.schedulers._shapes import COSINE


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
    formula="lr(t) = floor + (base − floor) · (1 − p) · ½ (1 + cos(π p)), p = t / total_steps",
    source="OLMo, olmo/optim.py CosLinearEnvelope",
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
