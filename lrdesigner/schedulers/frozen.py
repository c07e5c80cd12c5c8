"""frozen: LR 0, for parameters that wait while others train.

lr(t) = 0
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.schedulers._family import formula_spec


def text(args: Args) -> str:
    """lr(t) = 0, written as a factor of the base LR."""
    return "0"


SPEC = formula_spec(
    key="frozen",
    title="Frozen",
    category=Category.HOLD,
    order=105,
    summary="LR 0: the groups wait. Let the phase after it start from the group's own LR.",
    formula="lr(t) = 0",
    source="Howard and Ruder 2018, arXiv:1801.06146, section 3.3 (gradual unfreezing)",
    latex=(r"\mathrm{lr}(t)=0",),
    use="Gradual unfreezing: a group waits while others train, then warms up on its own.",
    traps=(
        Trap(
            "The next phase continues from 0 unless it starts from the group's own LR; "
            "what only multiplies stays at 0.",
            rule="stuck-at-zero",
        ),
        Trap(
            "Gradients are still computed, and Adam's averages go on: an LR of 0 keeps "
            "the weights still but saves no time. requires_grad = False does.",
            "info",
        ),
    ),
    keywords=("freeze", "unfreeze", "zero", "wait"),
    params=(),
    text=text,
)
