"""log_interpolation: from one LR to another by the same factor at every step: an LR range test.

lr(t) = min_lr · q^t with q = (max_lr / min_lr)^(1 / (num_steps − 1)), and max_lr from the last of
the num_steps steps on. Both LRs are absolute; the base LR is ignored. axolotl's
``InterpolatingLogScheduler`` has the same values one step later.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import end_of, level, start, time
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import absolute, duration, formula_spec, number, tidy
from lrdesigner.schedulers._sources import AXOLOTL, LR_FINDER


def text(args: Args) -> str:
    """lr(t) = min_lr · (max_lr / min_lr)^(t / (num_steps − 1))."""
    low, last = absolute(args["min_lr"]), args["num_steps"] - 1
    if last == 0:
        return low
    ratio = f"({number(args['max_lr'])} / {number(args['min_lr'])})"
    return f"{ratio} ** (min(t, {last}) / {last}) * {low}"


SPEC = formula_spec(
    key="log_interpolation",
    title="LR finder",
    category=Category.WARM_UP,
    order=210,
    summary="Rises from a tiny LR to a great one by the same factor a step, to find the best one.",
    formula="lr(t) = a · (b / a)^p, p = min(t, n − 1) / max(1, n − 1), a = min_lr, b = "
    "max_lr, n = num_steps",
    source="Smith 2017, arXiv:1506.01186; axolotl InterpolatingLogScheduler, torch-lr-finder",
    latex=(
        r"\mathrm{lr}(t)=a\cdot(b/a)^p",
        r"p=\min(t,\ n-1)/\max(1,\ n-1)",
        r"a=\mathit{min\_lr}",
        r"b=\mathit{max\_lr}",
        r"n=\mathit{num\_steps}",
    ),
    use="The LR range test: one short run that shows where the loss falls fastest and "
    "where it blows up.",
    traps=(
        Trap(
            "Both LRs are absolute: the optimizer's LRs are ignored, and all groups get the same."
        ),
        Trap(
            "The run ends at the highest LR, with spoiled weights: go back to the ones "
            "from before for the real training."
        ),
    ),
    links={"axolotl InterpolatingLogScheduler": AXOLOTL, "torch-lr-finder": LR_FINDER},
    keywords=(
        "lr finder",
        "range test",
        "lr_find",
        "axolotl",
        "log_sweep",
        "fastai",
        "logarithmic",
        "exponential",
    ),
    params=(
        FloatParam(
            name="min_lr",
            above=0,
            unit="lr",
            help="LR at the first step, absolute and the same for every group.",
        ),
        FloatParam(
            name="max_lr",
            above=0,
            unit="lr",
            help="LR at the last step, absolute and the same for every group.",
        ),
        duration("num_steps", "Steps from the first LR to the last; empty: the phase's length."),
    ),
    starter_for=lambda length, base: {
        "min_lr": tidy(base / 1000) or 1e-7,
        "max_lr": tidy(base * 10) or 1.0,
    },
    text=text,
    grips=(level(start, "min_lr"), time(end_of("num_steps"), "num_steps", "max_lr")),
)
