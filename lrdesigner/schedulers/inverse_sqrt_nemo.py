"""inverse_sqrt_nemo: inverse square root as NeMo defines it.

lr(t) = base · (t + 1) / (W + 1) while t < W = warmup_steps, then base / √((t + 1) / (W + 1)).
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.schedulers._family import branches, formula_spec, span
from lrdesigner.schedulers._sources import NEMO


def text(args: Args) -> str:
    """lr(t) = base · (t + 1) / (W + 1) while t < W, then base / √((t + 1) / (W + 1))."""
    warmup = args["warmup_steps"]
    decay = f"1 / sqrt((t + 1) / {warmup + 1})"
    return branches([warmup], [f"(t + 1) / {warmup + 1}", decay]) if warmup else decay


SPEC = formula_spec(
    key="inverse_sqrt_nemo",
    title="1/√t NeMo",
    category=Category.DECAY,
    order=226,
    summary="Linear warm-up that starts above 0, then 1 / √t, both counted from the first step.",
    formula="lr(t) = base · (t + 1) / (W + 1) for t < W, then base · √((W + 1) / (t + 1)), W "
    "= warmup_steps",
    source="NeMo, core/optim/lr_scheduler.py InverseSquareRootAnnealing",
    latex=(
        (
            r"\mathrm{lr}(t)=\mathrm{base}\cdot\begin{cases}"
            r"\frac{t+1}{W+1}&t<W\\"
            r"\sqrt{\frac{W+1}{t+1}}&\text{otherwise}"
            r"\end{cases}"
        ),
        r"W=\mathit{warmup\_steps}",
    ),
    use="NeMo runs with InverseSquareRootAnnealing; the first step trains already.",
    traps=(
        Trap(
            "Without a warm-up half of the LR is gone after 3 steps: the warm-up sets "
            "the pace of the decay."
        ),
        Trap("NeMo's min_lr is not part of it: the LR falls on and on.", "info"),
    ),
    links={"NeMo, core/optim/lr_scheduler.py": NEMO},
    keywords=("nvidia", "rsqrt", "inversesquarerootannealing", "warm-up"),
    params=(
        span("warmup_steps", "Steps of the warm-up, which also set the pace of the fall; 0: none."),
    ),
    starter_for=lambda length, base: {"warmup_steps": length // 10},
    text=text,
)
