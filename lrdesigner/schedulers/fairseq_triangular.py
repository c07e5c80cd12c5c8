"""fairseq_triangular: triangles that shrink from cycle to cycle, as in fairseq.

lr(t) = low + (high − low) · max(0, 1 − |t / h − 2 c − 1|) with h = ⌊lr_period_updates / 2⌋, c =
⌊t / 2 h⌋, high = max_lr · lr_shrink^c, and low = base, or base · lr_shrink^c with shrink_min.
torch's CyclicLR knows the factors 1 and ½ only.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import time
from lrdesigner.params import BoolParam, FloatParam
from lrdesigner.schedulers._family import absolute, formula_spec, number, span
from lrdesigner.schedulers._sources import FAIRSEQ_TRIANGULAR


def text(args: Args) -> str:
    """lr(t) = low + (high − low) · max(0, 1 − |t / h − 2 c − 1|)."""
    half = args["lr_period_updates"] // 2
    shape = f"max(0, 1 - abs(t % {2 * half} / {half} - 1))"
    high, shrink = absolute(args["max_lr"]), f"{number(args['lr_shrink'])} ** (t // {2 * half})"
    if args["lr_shrink"] == 1:
        return f"1 + ({high} - 1) * {shape}"
    if args["shrink_min"]:
        return f"{shrink} * (1 + ({high} - 1) * {shape})"
    return f"1 + ({high} * {shrink} - 1) * {shape}"


def _top(args: Args, group: int) -> float:
    """The first peak."""
    return float(args["lr_period_updates"] // 2)


SPEC = formula_spec(
    key="fairseq_triangular",
    title="CLR fairseq",
    category=Category.CYCLIC,
    order=162,
    summary="Triangles up from the base LR whose height shrinks by a factor from cycle to cycle.",
    formula="lr(t) = l + (H − l) · max(0, 1 − |t / h − 2c − 1|), H = max_lr · z^c, l = base, "
    "with shrink_min base · z^c, c = ⌊t / 2h⌋, h = lr_period_updates / 2, z = "
    "lr_shrink",
    source="fairseq, optim/lr_scheduler/triangular_lr_scheduler.py; Smith 2017, arXiv:1506.01186",
    latex=(
        r"\mathrm{lr}(t)=l+(H-l)\cdot x",
        r"x=\max(0,\ 1-|t/h-2c-1|)",
        (
            r"l=\begin{cases}"
            r"\mathrm{base}\cdot z^c&\mathit{shrink\_min}\\"
            r"\mathrm{base}&\text{otherwise}"
            r"\end{cases}"
        ),
        r"H=\mathit{max\_lr}\cdot z^c",
        r"c=\lfloor t/(2h)\rfloor",
        r"h=\lfloor\mathit{lr\_period\_updates}/2\rfloor",
        r"z=\mathit{lr\_shrink}",
    ),
    use="Cycles that fade out by a factor of your choice, where torch's CyclicLR knows 1 "
    "and ½ only.",
    traps=(
        Trap("lr_shrink is 0.1 unless given: the second peak is a tenth of the first."),
        Trap("Once max_lr · lr_shrink^c is below the base LR the triangles point downwards."),
        Trap("max_lr is absolute: all groups rise to the same LR, each from its own."),
        Trap("An odd lr_period_updates counts as the even number below it.", "info"),
    ),
    links={"fairseq, optim/lr_scheduler/triangular_lr_scheduler.py": FAIRSEQ_TRIANGULAR},
    keywords=("triangular", "cyclic", "clr", "lr_shrink", "shrink_min", "triangle", "exp_range"),
    params=(
        FloatParam(
            name="max_lr",
            minimum=0,
            unit="lr",
            help="LR at the top of the first cycle, absolute and the same for every group.",
        ),
        span("lr_period_updates", "Steps of a whole cycle, up and down.", default=5000, minimum=2),
        FloatParam(
            name="lr_shrink",
            default=0.1,
            minimum=0,
            maximum=1,
            unit="×",
            help="Factor on max_lr from one cycle to the next; 1: none.",
        ),
        BoolParam(
            name="shrink_min",
            default=False,
            help="Shrink the LR at the bottom by lr_shrink as well.",
        ),
    ),
    starter={"lr_shrink": 0.6},
    starter_for=lambda length, base: {
        "max_lr": base * 10,
        "lr_period_updates": max(2, length // 4),
    },
    text=text,
    grips=(time(_top, "lr_period_updates", "max_lr"),),
)
